"""Runs that are repeated: what is known of every URL, what is due, and records that go out exactly once."""
