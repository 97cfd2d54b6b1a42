"""What `--help` shows below the options: lines that people copy. Each is run by a test."""

from __future__ import annotations

__all__ = ["EXAMPLES", "epilog_of"]

EXAMPLES: dict[str, tuple[str, ...]] = {
    "get": (
        "scraper get https://example.com/news/1",
        "scraper get https://example.com/news/1 -f md -o article.md",
        "scraper get https://example.com/news/1 https://example.com/news/2 --fields url,headline,datePublished",
    ),
    "extract": (
        "scraper extract page.html --url https://example.com/news/1",
        "scraper extract saved-pages/ -f json -o articles.json",
        "curl -s https://example.com/news/1 | scraper extract - --url https://example.com/news/1",
    ),
    "batch": (
        "scraper batch urls.txt -o articles.jsonl --errors failures.jsonl",
        "grep news urls.txt | scraper batch - --fields url,headline",
    ),
    "inspect": (
        "scraper inspect https://example.com/news/1 -o report.html",
        "scraper inspect page.html --compare trafilatura -o report.html",
        'scraper inspect page.html --find "the paragraph that is missing"',
    ),
    "report": (
        "scraper report articles.jsonl -o report.html",
        "scraper report articles.jsonl --errors failures.jsonl -o report.html",
    ),
    "schema": ("scraper schema", "scraper schema failure"),
}
"""Command -> examples."""


def epilog_of(command: str) -> str | None:
    r"""Return the examples of a command as typer shows them line by line ("\b" keeps them from being wrapped)."""
    lines = EXAMPLES.get(command)
    return None if lines is None else "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))
