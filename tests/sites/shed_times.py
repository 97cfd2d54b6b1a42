"""Pages of an invented site, the Shed Times: every one has the same note at its end, set like the article itself."""

from __future__ import annotations

from scraper import SiteMemory, explain

HOST = "https://www.shedtimes.example"
NOTE = (
    "The Shed Times is written in sheds, by people who sit in them, and it has been read in sheds for forty years. "
    "Whoever wants to tell us about a shed of theirs may ring the editor on any day that has a Y in it."
)
PITCH = "Readers who pay for their shed get the long reads first, and a calendar with twelve doors in December."
_SUBJECTS = ("roof", "floor", "window", "lock", "spider", "kettle", "shelf", "ladder", "lamp", "mower", "rake", "stove")


def paragraphs(number):
    """Return the article of a page: eight sentences of prose that no other page has."""
    thing, other = _SUBJECTS[number % 12], _SUBJECTS[(number * 5 + 3) % 12]
    town = f"{thing.title()}{'abcdefghijklmnopqrstuvwxyz'[number % 26]}bury"
    return [
        f"The {thing} of the oldest shed in {town} has been replaced after a vote of its owners that took the whole night.",
        f"Nobody in {town} can remember when the {other} beside it was bought, or who left it there under a blanket.",
        f"“A {thing} is not only a {thing},” said the owner, who came to {town} with a wheelbarrow and stayed for good.",
        f"The council had asked for a drawing of the {thing}, and was sent a drawing of the {other}, which it approved.",
        f"Work is to begin when the {other} has been found again; until then the shed is held up by a pole and good will.",
        f"Visitors to {town} are asked to leave the {thing} where it is, and to bring a {other} if they have one to spare.",
    ]


def url_of(number):
    """Return the address of a page."""
    return f"{HOST}/news/{_SUBJECTS[number % 12]}-{number}"


def page(number, *, body=None, notes=(NOTE,), description=None, canonical=None, extra=""):
    """Return the HTML of a page; its notes stand below the article, as paragraphs of it."""
    text = paragraphs(number) if body is None else body
    title = f"The {_SUBJECTS[number % 12]} of shed number {number}"
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} | Shed Times</title>'
        f'<link rel="canonical" href="{canonical or url_of(number)}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        + (f'<meta name="description" content="{description}">' if description else "")
        + f'</head><body><nav><a href="/">Home</a></nav><main><article class="story"><h1>{title}</h1><div class="story-text">'
        + "".join(f"<p>{p}</p>" for p in text)
        + "".join(f"<p>{note}</p>" for note in notes)
        + f"</div></article>{extra}</main></body></html>"
    )


def learned(numbers, memory=None, **options):
    """Return a memory that learned from these pages, in this order."""
    memory = memory or SiteMemory()
    for number in numbers:
        memory = memory.learned(explain(page(number, **options), url_of(number), memory=memory))
    return memory


def body_of(extraction):
    """Return the paragraphs of an extraction's article."""
    return extraction.article.article_body.split("\n\n")
