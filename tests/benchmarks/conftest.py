"""Benchmarks silence the log of the whole process: here it comes back."""

from __future__ import annotations

import logging

import pytest


@pytest.fixture(autouse=True)
def log_is_heard_again():
    yield
    logging.disable(logging.NOTSET)
