"""What speaks for or against a link leading to an article: named features of its URL, its text and its place."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from scraper.discover.wanted import url_date

if TYPE_CHECKING:
    from scraper.discover.page_links import PageLink

__all__ = ["features_of"]

_MOST_SEGMENTS = 12
"""Of a path, in which the paths above it are counted."""
_WORD = re.compile(r"[^\W\d_]+")
_TEXT_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_DIGITS = re.compile(r"\d+")
_YEAR_MONTH = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/")
_PAGE_SUFFIX = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|ece|cms|story)\Z", re.IGNORECASE)
_FILE_SUFFIX = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|svg|webp|mp[34]|zip|xml|rss|json|ics|docx?|xlsx?|css|js|txt)\Z", re.IGNORECASE
)
_HASH = re.compile(r"(?:[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f]{4}-.*)\Z")

_KINDS = {
    "list": """tag tags tagged topic topics thema themen theme themes tema temas category categories categorie
        kategorie kategorien categoria label labels section sections rubrik rubrique seccion collection collections
        series serie dossier dossiers archive archives archiv archivo archivio browse latest page seite suche search
        schlagwort etiqueta etiquetas hashtag tagi keyword keywords sitemap rss feed feeds index overview all""",
    "person": """author authors autor autoren autores auteur auteurs autore contributor contributors writer writers
        columnist profile profiles profil user users people person staff team redaktion editor editors by member
        members redazione autorzy avtor""",
    "media": """video videos gallery galleries galerie bildergalerie fotos foto photo photos photogallery galeria
        fotogalerie pictures images podcast podcasts audio tv watch live-tv livestream mediathek radio webcam clip
        clips reel reels playlist cartoon cartoons webstories web-stories stories-web""",
    "service": """about about-us contact contacts contact-us kontakt impressum imprint datenschutz privacy
        privacy-policy terms terms-of-service agb legal cookie cookies login log-in signin sign-in signup register
        anmelden registrieren account konto mein my user-account subscribe subscription subscriptions abo abos
        abonnement abonnieren newsletter newsletters shop store cart checkout warenkorb help hilfe faq faqs support
        jobs careers karriere career advertise advertising werbung mediadaten anzeigen donate spenden events event
        termine calendar kalender games spiele puzzles crossword horoscope horoskop wetter weather tv-programm
        programm lotto apps app download downloads coupons gutscheine deals epaper e-paper press presse
        accessibility barrierefreiheit feedback share print comments comment wp-admin wp-login go out redirect
        marketplace immobilien stellenmarkt partner partners directory store-locator pricing products product
        services service solutions demo request guidelines mentions-legales aviso-legal politica-de-privacidad
        quienes-somos contacto hirdetes obituaries traueranzeigen classifieds""",
    "story": """article articles artikel articolo articulo articulos story stories news nachrichten noticia noticias
        notizie actualite actualites aktuelles aktuell post posts blog blogs beitrag opinion meinung kommentar
        column interview report release press-release politik politics sport sports world wirtschaft business
        economy economia local lokales regional panorama culture kultur science wissen""",
}
"""Words that whole segments of paths are made of on sites of many publishers and systems."""
_SEGMENT_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_CLASS_KINDS = {
    "nav": r"\b(?:main-?|sub-?|site-?)?nav(?:bar|igation)?\b|menu|breadcrumb|pagination|pager|toolbar|topbar|dropdown"
    r"|tabs?\b",
    "foot": r"foot|copyright|legal|colophon",
    "head": r"(?:site|page|main|top)-?_?header|masthead|logo|branding",
    "tag": r"\btags?\b|tag-|-tag|topic|keyword|categor|\bcat-|label|kicker|eyebrow|section-?name|badge|chip|pill",
    "author": r"author|byline|avatar|contributor|profile|writer",
    "social": r"social|share|sharing|follow|comment|newsletter|subscri|login|sign-?(?:in|up)|\bcta\b|button|btn|cookie",
    "card": r"teaser|\bcard|card\b|card-|story|article|entry|\bpost\b|post-|-post|news-?item|headline|\btitle"
    r"|title\b|-title",
    "related": r"relat|recommend|more-|read-?(?:more|next|also)|most-|popular|trending|latest|recent|similar|further",
}
_CLASSES = {kind: re.compile(pattern) for kind, pattern in _CLASS_KINDS.items()}


def features_of(links: list[PageLink], page_url: str) -> list[set[str]]:
    """Return the features of each link of a page; a feature is there or it is not."""
    paths = [urlsplit(link.url).path.rstrip("/") for link in links]
    above: Counter[str] = Counter()
    for path in paths:
        parts = path.split("/", _MOST_SEGMENTS)
        above.update("/".join(parts[:depth]) for depth in range(2, len(parts)))
    shapes = Counter(map(_shape, paths))
    page_path = urlsplit(page_url).path.rstrip("/")
    found = []
    for link, path in zip(links, paths, strict=True):
        features = _of_url(link.url, path) | _of_text(link, path) | _of_place(link)
        features.add(f"url.above={_bucket(above[path], (0, 1, 3))}")
        features.add(f"url.alike={_bucket(shapes[_shape(path)], (1, 3, 9))}")
        if page_path and page_path.startswith(path + "/"):
            features.add("url.above_page")
        found.append(features)
    return found


def _of_url(url: str, path: str) -> set[str]:
    parts = urlsplit(url)
    segments = [segment for segment in unquote(path).lower().split("/") if segment]
    last = segments[-1] if segments else ""
    stem = _PAGE_SUFFIX.sub("", last)
    words = _WORD.findall(stem)
    longest = max((len(run) for run in _DIGITS.findall(path)), default=0)
    features = {
        f"url.depth={_bucket(len(segments), (0, 1, 2, 3, 4))}",
        f"url.words={_bucket(len(words), (0, 1, 2, 3, 4, 6))}",
        f"url.digits={_bucket(longest, (0, 3, 4, 6))}",
        f"url.long={_bucket(len(stem), (8, 16, 30))}",
    }
    for segment in segments[:-1]:
        kind = _SEGMENT_KIND.get(segment)
        if kind:
            features.add(f"url.under={kind}")
    kind = _SEGMENT_KIND.get(stem)
    if kind:
        features.add(f"url.is={kind}")
    host_kind = _SEGMENT_KIND.get((parts.hostname or "").split(".")[0])
    checks = {
        f"url.host={host_kind}": host_kind is not None,
        "url.day": url_date(url) is not None,
        "url.month": _YEAR_MONTH.search(path + "/") is not None,
        "url.suffix": _PAGE_SUFFIX.search(last) is not None,
        "url.file": _FILE_SUFFIX.search(last) is not None,
        "url.query": bool(parts.query),
        "url.query_id": bool(parts.query) and _DIGITS.search(parts.query) is not None,
        "url.hash": _HASH.match(stem) is not None and longest > 0,
        "url.slash": parts.path.endswith("/"),
        "url.ends_in_digits": stem[-5:].isdigit(),
    }
    return features | {name for name, true in checks.items() if true}


def _of_text(link: PageLink, path: str) -> set[str]:
    text = link.text
    words = _TEXT_WORD.findall(text.lower())
    count = len(words) + len(_UNSPACED.findall(text)) // 3
    features = {f"text.words={_bucket(count, (0, 1, 2, 3, 5, 8, 20))}"}
    long_words = {word for word in words if len(word) > 3}  # noqa: PLR2004  # articles and prepositions come everywhere
    if long_words:
        slug = unquote(path).lower()
        share = sum(word in slug for word in long_words) / len(long_words)
        features.add(f"text.in_url={_bucket(int(share * 10), (0, 3, 6, 9))}{'+' if len(long_words) > 2 else ''}")  # noqa: PLR2004  # the same for one or two words says little
    if text[-1:] in '?!.…"”»':
        features.add("text.punctuated")
    if ":" in text or "," in text or "“" in text or '"' in text or "'" in text or "’" in text:
        features.add("text.comma")
    return features


def _of_place(link: PageLink) -> set[str]:
    always = link.always or set()
    checks = {
        "at.nav": "nav" in always,
        "at.footer": "footer" in always,
        "at.header": "header" in always,
        "at.aside": "aside" in always,
        "at.main": "main" in link.tags,
        "at.article": "article" in link.tags,
        "at.p": "p" in always,
        "at.li": "li" in always,
        "at.heading": link.in_heading,
        "at.time": link.date is not None or "time" in link.tags,
        "at.picture": link.pictures,
        "at.picture_alone": link.pictures and not link.text,
        "at.twice": link.anchors > 1,
        "rel.tag": bool(link.rel & {"tag", "category"}),
        "rel.author": "author" in link.rel,
        "rel.bookmark": "bookmark" in link.rel,
        "rel.nofollow": bool(link.rel & {"nofollow", "sponsored"}),
    }
    features = {name for name, true in checks.items() if true}
    named = " ".join(link.classes)
    return features | {f"class.{kind}" for kind, pattern in _CLASSES.items() if pattern.search(named)}


def _shape(path: str) -> tuple[object, ...]:
    segments = path.split("/")
    last = segments[-1]
    return (len(segments), segments[1] if len(segments) > 2 else "", last.count("-") > 2, any(map(str.isdigit, last)))  # noqa: PLR2004  # a first segment, a slug


def _bucket(value: int, edges: tuple[int, ...]) -> str:
    return next((str(edge) for edge in edges if value <= edge), f"{edges[-1]}+")
