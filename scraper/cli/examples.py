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
    "discover": (
        "scraper discover https://example.com/news --limit 20",
        "scraper discover https://example.com/news --feed --since 2026-01-01 --json -o links.jsonl",
        "scraper discover https://example.com/news -q -o urls.txt",
    ),
    "run": (
        "scraper run jobs.toml --check",
        "scraper run jobs.toml -q --deadline 20m",
        "scraper run jobs.toml -q --log-format json --stats stats.json",
    ),
    "state": (
        "scraper state stats jobs.toml",
        "scraper state list state.db --status done --json",
        "scraper state show state.db https://example.com/news/1",
        "scraper state forget state.db https://example.com/news/1",
        "scraper state prune state.db --older-than 90d",
    ),
    "rules check": ("scraper rules check --rules site-rules/",),
    "rules test": (
        "scraper rules test --rules site-rules/",
        "scraper rules test example.com --rules site-rules/",
        "scraper rules test --rules site-rules/ --page page.html --url https://example.com/news/1",
    ),
    "inspect": (
        "scraper inspect https://example.com/news/1 -o report.html",
        "scraper inspect page.html --compare trafilatura -o report.html",
        'scraper inspect page.html --find "the paragraph that is missing"',
        "scraper inspect page.html --url https://example.com/news/1 --rules site-rules/ --site-memory sites.memory",
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
