"""Extraction in processes that can be killed: a page that hangs, crashes or eats memory costs itself only."""
