"""What crosses processes: values and errors come back as they were sent, as task queues need it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from scraper import (
    FetchSettings,
    HostSettings,
    NotAnArticle,
    ScraperError,
    WorkerSettings,
    errors,
    explain,
    extract,
    why,
)
from scraper.model.failure import failure_of
from tests.cli.pages import EMPTY, PAGE

URL = "https://news.example.com/bridge"
VALUES = {
    "article": extract(PAGE, URL, blocks=True),
    "extraction": explain(PAGE, URL),
    "failure": failure_of(ScraperError("nothing", url=URL), URL),
    "findings": why(PAGE, "bridge"),
    "fetch settings": FetchSettings(hosts={"*.example.com": HostSettings(delay_s=5)}),
    "worker settings": WorkerSettings(count=1),
}


def there_and_back(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own, just written


@pytest.mark.parametrize("name", VALUES)
def test_value_comes_back_equal(name: str) -> None:
    assert there_and_back(VALUES[name]) == VALUES[name]


@pytest.mark.parametrize("name", errors.__all__)
def test_error_comes_back_with_what_it_knew(name: str) -> None:
    sent = getattr(errors, name)("what failed", url=URL, advice="what to do", reason="why")
    back = there_and_back(sent)
    assert (type(back), str(back), back.reason, back.url) == (type(sent), str(sent), "why", URL)


def test_refusal_comes_back_with_the_kind_of_page() -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract(EMPTY)
    assert there_and_back(caught.value).page_type == caught.value.page_type
