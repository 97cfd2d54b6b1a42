"""`scraper rules`: whether the rules of a folder are sound, and what they yield."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from scraper.api import explain
from scraper.cli.exit_codes import ExitCode
from scraper.cli.fetching import open_scraper
from scraper.cli.options import FetchOptions, ReportOptions
from scraper.cli.report import Reporter, open_reporter, say
from scraper.cli.site_options import RuleOptions
from scraper.errors import RuleError, ScraperError, SettingsError
from scraper.export.output import Output, open_output
from scraper.settings import ExtractSettings
from scraper.sites.registry import SiteRules, read_rules
from scraper.sites.rule import rules_in

if TYPE_CHECKING:
    from scraper.model.article import Article
    from scraper.model.extraction import Extraction
    from scraper.sites.rule import RuleTest, SiteRule

__all__ = ["check_rules", "try_rules"]

_SHOWN = 100
_SETTINGS = ExtractSettings(keep_all=True, explain=True, site_memory="off")


@dataclass(frozen=True, slots=True)
class PageOptions:
    """The page to try rules on, in place of those that the rules name."""

    page: Annotated[Path | None, Option("--page", help="A saved page to try the rule on; with --url.")] = None
    url: Annotated[str | None, Option("--url", help="Where the page of --page stands.")] = None
    fetch: Annotated[bool, Option("--fetch", help="Fetch the pages of tests that have no saved file.")] = False


def check_rules(rules: RuleOptions) -> int:
    """Read all rules of the folder; say what is wrong with file, line and key."""
    folder = _folder(rules)
    faults = 0
    for file in sorted(folder.rglob("*.toml")):  # each by itself, so that one run shows all that is wrong
        try:
            rules_in(file.read_text(encoding="utf-8"), str(file))
        except RuleError as error:
            say(str(error))
            faults += 1
        except (OSError, UnicodeDecodeError) as error:
            say(f"{file}: cannot be read: {error}")
            faults += 1
    if faults:
        return ExitCode.USAGE
    known = read_rules(folder)
    with open_output(None) as output:
        for rule in known.rules:
            output.write(f"{rule.name}: {_scope(rule)}: {_parts(rule)} ({rule.origin})\n")
        output.write(f"{len(known.rules)} rules, all sound\n")
    return ExitCode.OK


def try_rules(
    host: Annotated[str | None, Argument(metavar="[HOST]", help="Only the rules for this host.")] = None,
    *,
    rules: RuleOptions,
    page: PageOptions,
    fetch: FetchOptions,
    report: ReportOptions,
) -> int:
    """Run rules on their test pages, or one on the page given, and show what they yield."""
    folder = _folder(rules)
    known = read_rules(folder)
    with open_reporter(report) as reporter, open_output(None) as output:
        if page.page is not None:
            return _on_page(known, page, output)
        chosen = [rule for rule in known.rules if host is None or _is_of(rule, host)]
        if not chosen:
            raise SettingsError(f"{folder}: no rule for {host}" if host else f"{folder}: no rules")
        bad = 0
        for rule in chosen:
            if not rule.tests:
                output.write(f"{rule.name}: has no test ([[rule.test]])\n")
            for number, test in enumerate(rule.tests, 1):
                label = f"{rule.name}, test {number}"
                try:
                    found = _extraction(rule, test, known, page, (fetch, report, reporter))
                except (ScraperError, OSError) as error:
                    output.write(f"{label}: FAILED: {error}\n")
                    bad += 1
                    continue
                if found is None:
                    output.write(f"{label}: skipped: no saved file; --fetch asks {test.url}\n")
                    continue
                bad += _tell(output, label, found, _faults(rule, test, found))
                _tell_unselected(output, rule, found)
    return ExitCode.SOME_FAILED if bad else ExitCode.OK


def _folder(rules: RuleOptions) -> Path:
    if rules.rules is None:
        raise SettingsError("no folder of rules", advice="name it with --rules or SCRAPER_RULES")
    if not rules.rules.is_dir():
        raise RuleError(f"{rules.rules}: no such folder of rules")
    return rules.rules


def _scope(rule: SiteRule) -> str:
    dates = f" since {rule.since}" * bool(rule.since) + f" until {rule.until}" * bool(rule.until)
    return ", ".join(host + rule.path for host in rule.hosts) + dates


def _parts(rule: SiteRule) -> str:
    counts = ((len(rule.content), "content"), (len(rule.drop), "drop"), (len(rule.fields), "fields"))
    return ", ".join(f"{count} {name}" for count, name in counts if count)


def _is_of(rule: SiteRule, host: str) -> bool:
    host = host.lower().removeprefix("www.")
    return any(name == host or (name.startswith("*.") and host.endswith(name[1:])) for name in rule.hosts)


def _on_page(known: SiteRules, page: PageOptions, output: Output) -> int:
    if page.url is None or page.page is None:
        raise SettingsError("--page needs --url", advice="the rule is chosen by where the page stands")
    try:
        html = page.page.read_bytes()
    except OSError as error:
        raise SettingsError(f"{page.page}: cannot be read: {error.strerror}") from error
    found = explain(html, page.url, settings=_SETTINGS, rules=known)
    used = found.article.metadata.rule
    stale = [warning for warning in found.article.metadata.warnings if warning.startswith("rule_stale")]
    faults = stale or ([] if used else [f"no rule is for {page.url}"])
    return ExitCode.SOME_FAILED if _tell(output, used or str(page.page), found, faults) else ExitCode.OK


def _extraction(
    rule: SiteRule,
    test: RuleTest,
    known: SiteRules,
    page: PageOptions,
    network: tuple[FetchOptions, ReportOptions, Reporter],
) -> Extraction | None:
    """Return what comes out of a test's page; None where it would have to be fetched and may not."""
    if test.file is not None:
        saved = Path(rule.origin.rpartition(", line ")[0]).parent / test.file
        url = test.url or f"https://{rule.hosts[0].replace('*.', 'www.')}/"
        return explain(saved.read_bytes(), url, settings=_SETTINGS, rules=known)
    if not page.fetch or test.url is None:
        return None
    fetch, report, reporter = network
    with open_scraper(fetch.settings(), _SETTINGS, report, reporter, rules=known) as scraper:
        return scraper.explain(test.url)


def _faults(rule: SiteRule, test: RuleTest, found: Extraction) -> list[str]:
    """Return what is not as a test wants it."""
    article = found.article
    faults = [warning for warning in article.metadata.warnings if warning.startswith("rule_stale")]
    if not faults and article.metadata.rule != rule.name:
        other = article.metadata.rule
        faults.append(f"the rule {other} is more specific" if other else "the rule is not for this URL or date")
    body = article.article_body
    if test.starts and not body.startswith(test.starts):
        faults.append(f"starts: the body starts with {body[: len(test.starts)]!r}")
    if test.ends and not body.endswith(test.ends):
        faults.append(f"ends: the body ends with {body[-len(test.ends) :]!r}")
    faults += [f"without: the body holds {text!r}" for text in test.without if text in body]
    faults += [
        f"{field}: {_value(article, field)!r} in place of {wanted!r}"
        for field, wanted in test.fields.items()
        if _value(article, field) != wanted
    ]
    return faults


def _value(article: Article, field: str) -> str | tuple[str, ...] | None:
    names = "".join(f"_{c.lower()}" if c.isupper() else c for c in field)
    value = getattr(article, names)
    return tuple(person.name for person in value) if field == "authors" else value


def _tell_unselected(output: Output, rule: SiteRule, found: Extraction) -> None:
    """Show the fields for which a rule has selectors that select nothing here."""
    if found.article.metadata.rule != rule.name:
        return
    for field in rule.fields:
        choice = found.evidence.get(field)
        if choice is None or choice.winner is None or choice.winner.source != "rule":
            output.write(
                f"  {field}: the rule selects nothing here; taken from elsewhere: {_value(found.article, field)}\n"
            )


def _tell(output: Output, label: str, found: Extraction, faults: list[str]) -> bool:
    """Show what a page yields; return whether something is wrong."""
    article = found.article
    body = article.article_body.replace("\n", " ")
    output.write(f"{label}: {'FAILED' if faults else 'ok'}\n")
    for fault in faults:
        output.write(f"  ! {fault}\n")
    output.write(f"  body: {len(article.article_body)} characters, {article.word_count} words\n")
    output.write(f"    begins: {body[:_SHOWN]}\n    ends:   {body[-_SHOWN:]}\n")
    for field, choice in found.evidence.items():
        if choice.winner is not None and choice.winner.source == "rule":
            output.write(f"  {field}: {_value(article, field)} ({choice.winner.where})\n")
    dropped = [block.text for block in found.blocks if block.reason.startswith("dropped by the rule")]
    for text in dropped:
        output.write(f"  dropped: {text[:_SHOWN]}\n")
    return bool(faults)
