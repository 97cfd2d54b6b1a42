from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawl.changing_site import ChangingSite, serving_site


@pytest.fixture
def site() -> Iterator[ChangingSite]:
    with serving_site() as site:
        yield site
