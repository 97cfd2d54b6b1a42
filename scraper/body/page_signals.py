"""Signals of a page's kind as numbers: what the page-type model reads. None of them names a site."""

from __future__ import annotations

import re
from collections import Counter
from math import log1p
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from scraper.body.segment import TextBlock
    from scraper.metadata.clues import Clues
    from scraper.page.snapshot import Snapshot

__all__ = ["signals_of"]

_TYPES = {
    "ld_article": "Article NewsArticle BlogPosting ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle LiveBlogPosting Report",
    "ld_tech": "TechArticle APIReference",
    "ld_product": "Product Offer AggregateOffer ProductGroup",
    "ld_forum": "DiscussionForumPosting QAPage Question Comment",
    "ld_list": "CollectionPage ItemList SearchResultsPage OfferCatalog Blog",
    "ld_faq": "FAQPage",
    "ld_business": "Service LocalBusiness ProfessionalService Corporation SoftwareApplication WebApplication AboutPage ContactPage",
    "ld_other": "Recipe Event JobPosting Course VideoObject PodcastEpisode ProfilePage Book Movie",
    "ld_crumbs": "BreadcrumbList",
    "ld_webpage": "WebPage",
}
_KIND = {kind: name for name, kinds in _TYPES.items() for kind in kinds.split()}
_LD_TYPE = re.compile(r"\"@type\"\s*:\s*\[?\s*\"(?:https?://schema\.org/)?(\w+)\"")
_COUNTED = "p h1 h2 h3 h4 a li img form input button table tr pre code article time section iframe video blockquote dl label".split()
_BODY_CLASSES = {
    "body_post": r"single|postid|post-template|article|story|is-post|node-type-(?:article|news|blog|story)|blog-post|item-page",
    "body_page": r"page-template|page-id|home|front|landing|index|node-type-page|frontpage",
    "body_list": r"archive|category|tag|search|collection|listing|author|blog(?!-post)",
    "body_shop": r"product|shop|cart|woocommerce|catalog|commerce|pdp|plp",
    "body_forum": r"forum|topic|thread|discourse|phpbb|vbulletin|xenforo|question|crawler",
    "body_docs": r"docs?|documentation|wiki|sphinx|mediawiki|gitbook|docusaurus|help|api",
}
_BODY_PATTERNS = {name: re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])") for name, words in _BODY_CLASSES.items()}
_PATHS = {
    "path_news": r"news|articles?|story|stories|blogs?|posts?|magazine|opinion|insights?|learn|press|nachrichten|artikel|noticias|actualites?",
    "path_shop": r"products?|shop|store|item|itm|dp|p|collections?|category|categories|c|departments?|catalog|brands?|buy",
    "path_list": r"category|categories|tags?|topics?|archives?|search|index|issues|page|authors?|list|browse|rankings?|best-sellers",
    "path_docs": r"docs?|documentation|reference|api|manual|help|wiki|support|kb|html|tutorials?|develop(?:er)?s?|guides?|stable|latest",
    "path_forum": r"forums?|threads?|topics?|t|questions?|discussions?|community|boards?|viewtopic|showthread|r|comments",
    "path_firm": r"about|contact|services?|solutions?|pricing|features?|careers|company|products|platform|industries|locations?|home",
}
_PATH_PATTERNS = {name: re.compile(rf"(?:^|[/.?_-])(?:{words})(?:$|[/.?&=])") for name, words in _PATHS.items()}
_HOSTS = {
    "host_docs": r"^(?:docs?|developers?|help|support|wiki|learn|manual|man|api)\.",
    "host_forum": r"^(?:forums?|community|answers|discuss(?:ions?)?|boards?|talk|users|questions)\.|forum|\.?stack",
    "host_shop": r"^(?:shop|store)\.|shop|store",
    "host_news": r"^(?:blogs?|news|magazine)\.|news|times|post|blog|magazin|journal",
}
_HOST_PATTERNS = {name: re.compile(words) for name, words in _HOSTS.items()}
_YEAR = re.compile(r"/(?:19|20)\d\d(?:[/-]|\d{2,4}[/-])")
_LABELS = {
    "buy": "add to|in stock|sold out|shipping|checkout|buy now|quantity|sku|warenkorb|panier|carrito|reviews|compare|cart|wishlist",
    "price": "$|€|£|¥|₹",
    "thread": "repl|posted|joined|quote|member|messages|upvote|thread|answer|vote|solved|topic|likes|#",
    "sign": "get started|free trial|demo|contact|learn more|sign up|pricing|get a quote|schedule|talk to|for free|our |book ",
    "docs": "on this page|table of contents|edit|previous|next|version|parameter|example|copy|note|see also|install|helpful|overview",
    "list": "read more|load more|view all|see all|show more|results|sort|filter|older|latest|page |continue reading|showing",
    "press": "min read|minute|published|updated|written by|share|comments|subscribe|related|author|newsletter|follow|by ",
    "years": "202|201|200| ago|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
}
"""What short blocks say: (signal, fragments of labels, counted)."""
_LABEL_LISTS = tuple((f"word_{name}", tuple(words.split("|"))) for name, words in _LABELS.items())
_MARKUP = {
    "bylines": ("author", "byline", "rel=\"author", "datepublished"),
    "comments": ("comment", "message", "reply", "answer", "post-body", "postbody"),
    "cards": ("card", "teaser", "product", "tile", "listing", "result", "thumb"),
    "bodies": ("article", "entry", "story", "post-content", "content"),
    "codes": ("code", "highlight", "token", "snippet"),
    "asides": ("sidebar", "related", "widget", "menu", "nav"),
}
"""What the markup of text blocks calls itself."""
_TITLES = re.compile(r"^(?:how|what|why|when|the|a|\d+|best|top|is|are|can|should|my|our)\b|\?|!|20[12]\d")
_REFERENCE = re.compile(r"\b(?:docs?|documentation|reference|manual|api|guide|help|overview|introduction|getting started|v?\d+\.\d+)\b")
_GENERATORS = {
    "gen_docs": re.compile(r"docusaurus|sphinx|mkdocs|gitbook|mediawiki|hugo|antora|doxygen|jekyll|vuepress|vitepress|starlight|rustdoc|docsearch"),
    "gen_forum": re.compile(r"discourse|phpbb|vbulletin|xenforo|invision|nodebb|flarum|mybb|smf|vanilla"),
    "gen_shop": re.compile(r"shopify|woocommerce|magento|prestashop|bigcommerce|salesforce commerce|demandware"),
    "gen_blog": re.compile(r"wordpress|ghost|blogger|medium|squarespace|wix|drupal|joomla|typo3|webflow|hubspot"),
}
_SHORT = 60
_PROSE = 100
_LINKED = 0.3
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_WEIGHT = 2
"""A character of Chinese, Japanese or Korean says as much as two or three Latin ones."""


def signals_of(snapshot: Snapshot, clues: Clues, segments: list[TextBlock], url: str | None) -> dict[str, float]:
    """Return every signal by its name; counts as natural logarithms of 1 + n, shares from 0 to 1."""
    found: dict[str, float] = {}
    found.update(_declared(snapshot, clues))
    found.update(_address(url or ""))
    counts = Counter(snapshot.tags)
    found.update({f"n_{tag}": log1p(counts[tag]) for tag in _COUNTED})
    found["elements"] = log1p(len(snapshot.tags))
    found.update(_text(snapshot, segments))
    return found


def _declared(snapshot: Snapshot, clues: Clues) -> dict[str, float]:
    kinds = Counter(_KIND.get(kind, "") for script in snapshot.json_ld for kind in _LD_TYPE.findall(script))
    found = {name: log1p(kinds[name]) for name in _TYPES}
    meta = clues.meta
    og = meta.get("og:type", ("",))[0].lower()
    found["og_article"] = float("article" in og)
    found["og_website"] = float(og == "website")
    found["og_product"] = float("product" in og)
    found["og_none"] = float(not og)
    found["published"] = float("article:published_time" in meta or any("datePublished" in s for s in snapshot.json_ld))
    found["meta_author"] = float("author" in meta or "article:author" in meta)
    found["meta_section"] = float("article:section" in meta or "article:tag" in meta)
    found["metas"] = log1p(len(meta))
    found["feeds"] = log1p(len(clues.links.get("alternate", ())))
    title = meta.get("og:title", (clues.title or "",))[0] or ""
    low = title.lower()
    found["title_how"] = float(bool(_TITLES.search(low)))
    found["title_docs"] = float(bool(_REFERENCE.search(low)))
    generator = " ".join(meta.get("generator", ()) + tuple(meta)[:60]).lower()
    for name, pattern in _GENERATORS.items():
        found[name] = float(bool(pattern.search(generator)))
    found["title_words"] = len(title.split())
    found["title_parts"] = sum(title.count(c) for c in "|–—-·:")
    found["description"] = log1p(len(meta.get("og:description", meta.get("description", ("",)))[0]))
    tags = snapshot.tags
    body = tags.index("body") if "body" in tags else 0
    classes = " ".join(snapshot.attributes(i).get("class", "") + " " + snapshot.attributes(i).get("id", "") for i in {0, body})
    classes = classes.lower()
    for name, pattern in _BODY_PATTERNS.items():
        found[name] = float(bool(pattern.search(classes)))
    return found


def _address(url: str) -> dict[str, float]:
    try:
        parts = urlsplit(url.lower())
        host, path = (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        host = path = ""
        parts = urlsplit("")
    steps = [step for step in path.split("/") if step]
    last = steps[-1] if steps else ""
    found = {name: float(bool(p.search(path))) for name, p in _PATH_PATTERNS.items()}
    found.update({name: float(bool(p.search(host))) for name, p in _HOST_PATTERNS.items()})
    found["path_depth"] = len(steps)
    found["path_year"] = float(bool(_YEAR.search(path)))
    found["slug_words"] = last.count("-") + last.count("_")
    found["slug_chars"] = len(last)
    found["slug_digits"] = sum(c.isdigit() for c in last)
    found["has_query"] = float(bool(parts.query))
    return found


def _text(snapshot: Snapshot, segments: list[TextBlock]) -> dict[str, float]:
    parents, tags, sources = snapshot.parents, snapshot.tags, snapshot.sources
    sizes = [len(block.text) for block in segments]
    short = "\n".join([b.text for b, size in zip(segments, sizes, strict=True) if size < _SHORT]).lower()
    wide = _WIDE_WEIGHT if len(_WIDE.findall(short[:2000])) * 3 > len(short[:2000]) else 1
    prose = [b for b, size in zip(segments, sizes, strict=True) if size * wide >= _PROSE and b.link_chars < _LINKED * size]
    prose_chars = wide * sum([len(b.text) for b in prose])
    chars = wide * sum(sizes)
    links = wide * sum([b.link_chars for b in segments])
    holders: dict[int, int] = {}
    for b in prose:
        holder = parents[b.element]
        holders[holder] = holders.get(holder, 0) + wide * len(b.text)
    top = max(holders.values(), default=0)
    text = "\n".join([b.text for b in prose[:80]])
    n = len(segments)
    first = segments.index(prose[0]) if prose else n
    owners = [tags[b.element] for b in segments]
    heads = [b for b, tag in zip(segments, owners, strict=True) if tag in _HEADS]
    prose_tags = Counter([tags[b.element] for b in prose])
    found = {
        "blocks": log1p(n),
        "chars": log1p(chars),
        "link_share": links / (chars + 1),
        "prose_blocks": log1p(len(prose)),
        "prose_chars": log1p(prose_chars),
        "prose_share": prose_chars / (chars + 1),
        "prose_mean": log1p(prose_chars / (len(prose) + 1)),
        "prose_top": top / (prose_chars + 1),
        "prose_top_chars": log1p(top),
        "prose_in_p": prose_tags["p"] / (len(prose) + 1),
        "prose_in_li": (prose_tags["li"] + prose_tags["td"]) / (len(prose) + 1),
        "prose_in_div": prose_tags["div"] / (len(prose) + 1),
        "holders": log1p(len(holders)),
        "holders_per_prose": len(holders) / (len(prose) + 1),
        "longest": log1p(max(sizes, default=0)),
        "short_blocks": short.count("\n") / (n + 1),
        "linked_blocks": sum([b.link_chars * 2 > len(b.text) for b in segments]) / (n + 1),
        "headed": len(heads) / (n + 1),
        "linked_heads": sum([b.link_chars > 0 for b in heads]) / (n + 1),
        "sentences": log1p(text.count(". ") + text.count("。")) - log1p(len(text) / 100),
        "questions": log1p(text.count("?")),
        "quotes": log1p(text.count("“") + text.count('"') / 2 + text.count("„") + text.count("«") + text.count("」")),
        "said": log1p(text.count(" said") + text.count(" says") + text.count(" told ") + text.count(" according")),
        "ours": 1000 * (text.count(" we ") + text.count(" our ") + text.count("We ") + text.count("Our ")) / (len(text) + 500),
        "yours": 1000 * (text.count(" you ") + text.count(" your ") + text.count("You ")) / (len(text) + 500),
        "mine": 1000 * (text.count(" I ") + text.count("I’") + text.count("I'")) / (len(text) + 500),
        "text_price": log1p(text.count("$") + text.count("€") + text.count("£")),
        "commas": 100 * text.count(", ") / (len(text) + 100),
        "before_prose": log1p(first),
    }
    for name, words in _LABEL_LISTS:
        found[name] = log1p(sum(map(short.count, words)))
    near = "\n".join([sources[b.element] + sources[parents[b.element]] for b in segments]).lower()
    for name, words in _MARKUP.items():
        found[name] = log1p(sum(map(near.count, words)))
    return found


_HEADS = frozenset({"h2", "h3", "h4"})
