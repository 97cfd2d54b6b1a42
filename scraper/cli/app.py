"""The program: its commands and `--version`."""

from __future__ import annotations

from typing import Annotated

from typer import Exit, Option, Typer

from scraper.cli.batch import batch
from scraper.cli.discover import discover
from scraper.cli.examples import epilog_of
from scraper.cli.extract import extract
from scraper.cli.get import get
from scraper.cli.groups import with_groups
from scraper.cli.inspect import inspect
from scraper.cli.report_html import report
from scraper.cli.rules import check_rules, try_rules
from scraper.cli.run import run
from scraper.cli.schema import schema
from scraper.cli.state import state
from scraper.compiled import accelerators
from scraper.export.output import open_output
from scraper.version import __version__

__all__ = ["make_app"]


def make_app() -> Typer:
    """Return the command line as a typer application."""
    app = Typer(
        name="scraper",
        help="Scrape news articles: the whole article and nothing but the article.",
        add_completion=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_program)
    for command in (get, extract, batch, discover, run, state, inspect, report, schema):
        app.command(epilog=epilog_of(command.__name__))(with_groups(command))
    rules = Typer(help="Check and try the site rules of a folder.", no_args_is_help=True, rich_markup_mode=None)
    rules.command("check", epilog=epilog_of("rules check"))(with_groups(check_rules))
    rules.command("test", epilog=epilog_of("rules test"))(with_groups(try_rules))
    app.add_typer(rules, name="rules")
    return app


def _print_version(value: bool) -> None:  # noqa: FBT001  # the form of a typer callback
    if value:
        with open_output(None) as output:
            output.write(f"scraper {__version__} ({_implementation()})\n")
        raise Exit


def _implementation() -> str:
    """Return which of the optional parts in C are in use."""
    names = accelerators()
    return f"compiled: {', '.join(names)}" if names else "plain Python"


def _program(
    *,
    version: Annotated[  # its callback does the work
        bool, Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Scrape news articles: the whole article and nothing but the article."""
