from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.server import HostileServer, serving


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving() as running:
        yield running
