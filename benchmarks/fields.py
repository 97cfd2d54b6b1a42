"""Measure every metadata field on annotated sets of pages.

    python -m benchmarks.fields [SET ...] [--vs] [--worst N] [--field NAME] [--speed]

Sets are folders with `pages.jsonl` and `html/<id>.html.gz`, looked for in the directory that the environment variable
SCRAPER_BENCHMARK names (../shared/benchmark/sets without it). `--vs` measures trafilatura and newspaper4k on the same
pages, `--worst` prints the pages that miss, `--speed` prints the CPU time of each group of fields.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import importlib.util
import json
import os
import pathlib
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

SETS = ("fundus-dev", "news-dev", "articles-dev", "english-dev", "wcxb-dev", "fields-dev", "dates-dev")
Page = dict[str, Any]
Record = dict[str, Any]
Predict = Callable[[str, str | None], Record]


def root() -> pathlib.Path:
    """Return the directory that holds the sets."""
    return pathlib.Path(os.environ.get("SCRAPER_BENCHMARK", "../shared/benchmark/sets"))


def pages_of(name: str) -> Iterator[tuple[Page, str]]:
    """Yield (annotation, HTML text) of a set; of wcxb, the articles."""
    folder = root() / name
    for line in (
        (folder / "pages.jsonl").read_text(encoding="utf-8").strip().split("\n")
    ):  # not splitlines: texts hold U+2028
        page = json.loads(line)
        if name.startswith("wcxb") and page.get("page_type") != "article":
            continue
        raw = gzip.decompress((folder / "html" / f"{page['id']}.html.gz").read_bytes())
        yield page, _decode(raw)


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # noqa: PLC0415  # slow to load, rarely needed

        best = from_bytes(raw).best()
        return str(best) if best else raw.decode("utf-8", "replace")


# ---- predictors -----------------------------------------------------------------------------------------------------


def predict_scraper(html: str, url: str | None) -> Record:
    """Return this package's record of a page."""
    from scraper.extraction import extract_page  # noqa: PLC0415  # peers are measured without it
    from scraper.page.page import page_of  # noqa: PLC0415
    from scraper.settings import ExtractSettings  # noqa: PLC0415

    return extract_page(page_of(html, url), ExtractSettings(keep_all=True)).article.to_dict()


def predict_trafilatura(html: str, url: str | None) -> Record:
    """Return what trafilatura says, under the names of the record."""
    import trafilatura  # noqa: PLC0415  # only for --vs

    document = trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if document is None:
        return {}
    names = [{"name": name} for name in document.author.split("; ")] if document.author else []
    return {
        "headline": document.title,
        "authors": names,
        "datePublished": document.date,
        "keywords": document.tags or [],
        "mainImage": {"url": document.image} if document.image else None,
        "inLanguage": document.language,
        "alternativeHeadline": document.description,
        "articleBody": document.text or "",
    }


def predict_newspaper(html: str, url: str | None) -> Record:
    """Return what newspaper4k says, under the names of the record."""
    import newspaper  # noqa: PLC0415  # only for --vs

    article = newspaper.Article(url or "https://example.com/a", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return {
        "headline": article.title,
        "authors": [{"name": name} for name in article.authors],
        "datePublished": article.publish_date and article.publish_date.isoformat(),
        "keywords": list(article.tags or ()) or article.meta_keywords,
        "mainImage": {"url": article.top_image} if article.top_image else None,
        "inLanguage": article.meta_lang,
        "alternativeHeadline": article.meta_description,
        "articleBody": article.text,
    }


# ---- metrics: each returns a share from 0 to 1, or None where the page has no annotation ----


def fold(text: object) -> str:
    """Return text without case and punctuation."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", str(text or "")).lower()).strip()


def f1(predicted: set[str], gold: set[str]) -> float:
    """Return F1 of two sets of folded values."""
    common = len(predicted & gold)
    return 2 * common / (len(predicted) + len(gold)) if predicted or gold else 1.0


def headline(page: Page, record: Record) -> float | None:
    """Headline as annotated."""
    return float(fold(record.get("headline")) == fold(page["title"])) if page.get("title") else None


def authors(page: Page, record: Record) -> float | None:
    """F1 of the authors' names."""
    if not page.get("authors"):
        return None
    gold = {fold(x) for a in page["authors"] for x in re.split(r"\s*(?:,| and |;|&)\s*", a) if fold(x)}
    return f1({fold(a["name"]) for a in record.get("authors") or () if fold(a["name"])}, gold)


def _instant(value: object) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def date(page: Page, record: Record) -> float | None:
    """Day of publication as written, or the same instant."""
    gold, value = page.get("date"), record.get("datePublished")
    if not gold:
        return None
    if str(value or "")[:10] == str(gold)[:10]:
        return 1.0
    a, b = _instant(value), _instant(gold)
    return float(a is not None and b is not None and abs((a - b).total_seconds()) < 60)


def minute(page: Page, record: Record) -> float | None:
    """Instant of publication to the minute, zone included."""
    gold = _instant(page.get("date")) if "crawl_date" in page else None
    if gold is None:
        return None
    value = _instant(record.get("datePublished"))
    return float(value is not None and abs((value - gold).total_seconds()) < 60)


def agency(page: Page, record: Record) -> float | None:
    """F1 of the agencies, on pages where either side names one."""
    if "agency" not in page:
        return None
    gold, value = {fold(a) for a in page["agency"]}, {fold(a) for a in record.get("agency") or ()}
    return f1(value, gold) if gold or value else None


def keywords(page: Page, record: Record) -> float | None:
    """F1 of the keywords against the annotated topics."""
    if not page.get("topics"):
        return None
    return f1({fold(k) for k in record.get("keywords") or ()}, {fold(t) for t in page["topics"]})


def _address(url: object) -> str:
    return re.sub(r"^https?://", "", str(url or "")).partition("?")[0]


def main_image(page: Page, record: Record) -> float | None:
    """Lead image is one of the annotated cover's versions, or the annotated lead image."""
    covers = {_address(u) for image in page.get("images") or () if image.get("is_cover") for u in image["urls"]}
    if page.get("lead_image_url"):
        covers = {_address(page["lead_image_url"])}
    if not covers:
        return None
    return float(_address((record.get("mainImage") or {}).get("url")) in covers)


_LABELS = frozenset(
    "photo photos photograph photographs photographer photography foto fotos fot fotograf picture pictures image "
    "images imagem imagen bild quelle source credit credits copyright "
    "courtesy by via c фото зображення 写真 撮影 사진 صورة تصوير ảnh crédits bildquelle bildnachweis titelbild "
    "beitragsbild fotocredit borítókép illustration illustrations zoom vergrößern".split()
)


def _unlabelled(text: object) -> str:
    """Return a caption without the label before its credit, which the record does not keep, and without blanks.

    Blanks depend on where markup joins two texts.
    """
    return "".join(word for word in fold(text).split() if word not in _LABELS)


def captions(page: Page, record: Record) -> float | None:
    """Share of the annotated captions that stand in `images`."""
    stated = [*(page.get("captions") or ()), *(i.get("caption") for i in page.get("images") or ())]
    gold = [text for c in stated if (text := _unlabelled(c))]
    if not gold:
        return None
    images = [*(record.get("images") or ()), record.get("mainImage") or {}]
    have = [_unlabelled(f"{i.get('caption') or ''} {i.get('credit') or ''}") for i in images]
    return sum(any(c in h or (h and len(h) > 0.7 * len(c) and h in c) for h in have) for c in gold) / len(gold)


def language(page: Page, record: Record) -> float | None:
    """Primary language as annotated."""
    if not page.get("language"):
        return None
    return float(str(record.get("inLanguage") or "").lower().split("-")[0] == page["language"].lower().split("-")[0])


def standfirst(page: Page, record: Record) -> float | None:
    """Standfirst as annotated."""
    return float(fold(record.get("alternativeHeadline")) == fold(page["dek"])) if page.get("dek") else None


METRICS = {
    m.__name__: m
    for m in (headline, authors, date, minute, agency, keywords, main_image, captions, language, standfirst)
}
SHOWN = {
    "headline": ("headline", "title"),
    "authors": ("authors", "authors"),
    "date": ("datePublished", "date"),
    "minute": ("datePublished", "date"),
    "agency": ("agency", "agency"),
    "keywords": ("keywords", "topics"),
    "main_image": ("mainImage", "lead_image_url"),
    "captions": ("images", "captions"),
    "language": ("inLanguage", "language"),
    "standfirst": ("alternativeHeadline", "dek"),
}


# ---- runs -----------------------------------------------------------------------------------------------------------


def measure(name: str, predict: Predict, worst: int = 0, only: str | None = None) -> dict[str, float]:
    """Return the mean of each metric on a set; print up to `worst` missing pages of each."""
    scores: dict[str, list[float]] = {}
    misses: dict[str, list[tuple[float, str, str]]] = {}
    failures: list[str] = []
    for page, html in pages_of(name):
        record = _predicted(predict, html, page.get("url"), failures)
        for metric, function in METRICS.items():
            value = function(page, record) if only in {None, metric} else None
            if value is None:
                continue
            scores.setdefault(metric, []).append(value)
            if value < 1 and worst:
                got, gold = SHOWN[metric]
                source = (record.get("metadata") or {}).get("sources", {}).get(got)
                line = f"{page['id']}: got {_short(record.get(got))} [{source}] wanted {_short(page.get(gold))}"
                misses.setdefault(metric, []).append((value, page["id"], line))
    for metric, lines in misses.items():
        print(f"  -- {metric}")
        for value, _, line in sorted(lines)[:worst]:
            print(f"  {value:.2f} {line}")
    if failures:
        print(f"  -- failed on {len(failures)} pages, which count as empty; first: {failures[0]}")
    return {metric: statistics.mean(values) for metric, values in scores.items()}


def _predicted(predict: Predict, html: str, url: str | None, failures: list[str]) -> Record:
    """Return a prediction; empty where a peer raises, which `failures` is told. This package must not raise."""
    try:
        return predict(html, url)
    except Exception as error:
        if predict is predict_scraper:
            raise
        failures.append(f"{type(error).__name__}: {error}".partition("\n")[0][:200])
        return {}


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:300]


def speed(name: str) -> None:
    """Print the CPU time a page of reading the clues and of each group of fields."""
    from scraper.body.find import find_story  # noqa: PLC0415
    from scraper.fields.choose import FIELDS, material_of  # noqa: PLC0415
    from scraper.metadata.clues import read_clues  # noqa: PLC0415
    from scraper.page.page import page_of  # noqa: PLC0415
    from scraper.settings import ExtractSettings  # noqa: PLC0415

    times: dict[str, list[float]] = {}
    for page, html in pages_of(name):
        opened = page_of(html, page.get("url"))
        story = find_story(opened, read_clues(opened), ExtractSettings())
        total = start = time.process_time()
        clues = read_clues(opened)
        times.setdefault("clues", []).append(time.process_time() - start)
        start = time.process_time()
        material = material_of(opened, clues, story)
        times.setdefault("material", []).append(time.process_time() - start)
        for field, find in FIELDS:
            start = time.process_time()
            find(material)
            times.setdefault(field, []).append(time.process_time() - start)
        times.setdefault("all", []).append(time.process_time() - total)
    for group, values in times.items():
        values.sort()
        median, high = 1e3 * statistics.median(values), 1e3 * values[int(len(values) * 0.99)]
        print(f"{group:22} median {median:6.3f} ms  p99 {high:7.3f} ms")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--vs", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--field", choices=sorted(METRICS))
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    predictors: dict[str, Predict] = {"scraper": predict_scraper}
    if options.vs:
        for peer in ("trafilatura", "newspaper"):
            if importlib.util.find_spec(peer) is None:
                parser.error(f"{peer} is not installed: pip install -e '.[bench]'")
        predictors |= {"trafilatura": predict_trafilatura, "newspaper4k": predict_newspaper}
    for name in options.sets or SETS:
        if options.speed:
            speed(name)
            continue
        for peer, predict in predictors.items():
            result = measure(name, predict, options.worst if peer == "scraper" else 0, options.field)
            print(f"{name:13} {peer:12}", "  ".join(f"{k} {v:.3f}" for k, v in result.items()), flush=True)


if __name__ == "__main__":
    main()
