"""Pages of our own, for the tests of the command line."""

from __future__ import annotations

PARAGRAPHS = (
    "The harbour bridge of Example Town reopened on Monday after nine months of repairs, the town council said.",
    "Drivers had waited for the bridge since the storm of last winter, which tore two of its cables.",
    "The works cost four million crowns, a third more than planned, and were paid by the region and the port.",
    "A second lane for bicycles will follow in autumn, when the last of the scaffolding has been taken away.",
    "“We had hoped to be done by May,” said Ada Quill, who led the works. “Then the river rose twice in one month.”",
    "Each cable is 310 metres long and was brought up the river on a barge, at night, when the ferries rest.",
    "Shopkeepers on the eastern bank say that they lost a fifth of their customers while the bridge was closed.",
    "The council will decide in June whether lorries may use it again, or must take the tunnel as they do now.",
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Harbour bridge reopens</title>'
    '<meta property="og:title" content="Harbour bridge reopens"><meta property="og:type" content="article">'
    "</head><body><nav><a href=/>Home</a></nav><article><h1>Harbour bridge reopens</h1>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</article></body></html>"
)
EMPTY = "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
