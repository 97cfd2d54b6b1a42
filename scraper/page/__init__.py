"""Bytes become a readable page; the only place that parses HTML."""
