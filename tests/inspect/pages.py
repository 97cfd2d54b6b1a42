"""Pages of our own: one with something of everything, and one that attacks whoever reports on it."""

from __future__ import annotations

import json

KEPT = "The ferry to Grebe Island will run again from Easter Monday, the harbour board of Port Ansel said on Friday."
CAPTION = "The ferry Halcyon at her winter berth, where the new engine was lowered in by crane."
NEWSLETTER = "Enjoying this story? Sign up for our newsletter and get the Ansel Lantern in your inbox every morning."
UNSEEN = "Passengers who had bought season tickets will be paid back for the four months without any sailing at all."
REPORTER = "Ilse Marrow"
STORY = (
    KEPT,
    "The boat had been laid up since November, when a shaft broke two miles off the island in a northerly gale.",
    "“We were adrift for three hours,” said the mate, Jon Tarrant. “Nobody was hurt, and nobody was pleased.”",
    "The new engine was built in a yard upriver and uses a third less fuel than the one that it replaces.",
    "It cost two million crowns, half of which came from the county, and the rest from the shareholders of the line.",
    "Islanders have had to cross in fishing boats through the winter, and the school has kept its boarders at home.",
    "The first sailing leaves at seven in the morning, and the board has promised coffee to all who come.",
)
_FERRY = json.dumps(
    {
        "@type": "NewsArticle",
        "headline": "Ferry to run again",
        "datePublished": "2026-03-27T08:00:00+01:00",
        "author": {"@type": "Person", "name": REPORTER},
    }
)
_STATE = {"props": {"extra": f"<p>{UNSEEN}</p>", "theme": "dark"}}
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ferry to run again | Ansel Lantern</title>
<meta property="og:title" content="Ferry to run again"><meta property="og:type" content="article">
<script type="application/ld+json">{_FERRY}</script>
<script id="state" type="application/json">{json.dumps(_STATE)}</script></head><body>
<nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li><li><a href="/w">Weather</a></li><li><a href="/a">Arts</a></li>
<li><a href="/m">Money</a></li><li><a href="/o">Opinion</a></li><li><a href="/t">Travel</a></li></ul></nav>
<article><h1>Ferry to run again</h1><p class="byline">By {REPORTER}, 27 March 2026</p>
<figure><img src="https://lantern.example/ferry.jpg" width="1200" height="700"><figcaption>{CAPTION}</figcaption></figure>
{"".join(f"<p>{text}</p>" for text in STORY[:4])}<div class="newsletter"><p>{NEWSLETTER}</p></div>
{"".join(f"<p>{text}</p>" for text in STORY[4:])}</article>
<footer><p>© 2026 Ansel Lantern. All rights reserved.</p></footer></body></html>"""

_ATTACK = "<script>document.title='ran';alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(2)>"
_AS_TEXT = _ATTACK.replace("&", "&amp;").replace("<", "&lt;")
_IN_ATTRIBUTE = "&quot;&gt;" + _AS_TEXT.replace('"', "&quot;")
_CLAIMS = json.dumps(
    {
        "@type": "NewsArticle",
        "headline": _ATTACK,
        "author": {"name": _ATTACK, "url": "javascript:alert(5)"},
        "keywords": ["</script>" + _ATTACK, "--><svg onload=alert(6)>"],
        "publisher": {"name": "</textarea>" + _ATTACK},
    }
).replace("</", "<\\/")
HOSTILE = f"""<!DOCTYPE html><html lang='en"><script>alert(3)</script>'><head>
<title>&lt;/title>&lt;/style>&lt;/script>{_AS_TEXT}</title>
<base href="http://127.0.0.1:9/"><link rel="canonical" href="javascript:alert(4)">
<meta property="og:image" content="http://127.0.0.1:9/pixel.png"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">
<meta property="og:title" content="{_IN_ATTRIBUTE}"><meta name="description" content="{_IN_ATTRIBUTE} and a description that is long enough to be shown to somebody">
<script type="application/ld+json">{_CLAIMS}</script>
<!-- --!><script>alert(7)</script> a comment with enough words in it to be taken for prose by whoever reads the source -->
</head><body onload="alert(8)"><article class='x" onmouseover="alert(9)'>
<h1 class="a&quot;onfocus=alert(10) autofocus">{_AS_TEXT}</h1>
<p class="&lt;script&gt;alert(11)&lt;/script&gt;">{STORY[0]} {_AS_TEXT}</p>
<p>&lt;/li>&lt;/ol>&lt;/section>&lt;style>body{{display:none}}&lt;/style>{STORY[1]}</p>
<p>{STORY[2]} &lt;!-- and &lt;![CDATA[ and ]]&gt; and --&gt; \x00 \x1b[31m red \u202e reversed \u2066</p>
<p><a href="javascript:alert(12)">{STORY[3]}</a> <a href="http://127.0.0.1:9/a">{STORY[4]}</a></p>
<figure><img src="http://127.0.0.1:9/pic.jpg" alt='{_IN_ATTRIBUTE}'><figcaption>{_AS_TEXT} a caption of some words</figcaption></figure>
<iframe src="http://127.0.0.1:9/frame" srcdoc="{_IN_ATTRIBUTE}"></iframe><p>{STORY[5]}</p><p>{STORY[6]} {{{{constructor.constructor('alert(13)')()}}}} ${{alert(14)}}</p>
</article></body></html>"""
