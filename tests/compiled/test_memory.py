"""Where memory runs out, a twin says so: each allocation fails once, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiled.markup import REASON

pytest.importorskip("_testcapi", reason="this Python was built without its own test modules")
CODE = """
import json, sys
from selectolax.lexbor import LexborHTMLParser
from _testcapi import remove_mem_hooks, set_nomemory
from scraper.body.blocks.segment import INLINE
from scraper.compiled import blocks, walk
from scraper.compiled.tree import quickly
from scraper.page.snapshot import VOID, Snapshot, flat_lists, read_tree

html = '<html><p a="1">One &amp; “two”  three<br>four</p>' * 300 + "".join(f"<t{i}>é</t{i}>" for i in range(300))
tree = LexborHTMLParser(html + "<p>x<script type='application/ld+json'>[]</script>y</p>")
read = quickly(read_tree)
page = Snapshot(*flat_lists(html, VOID), (), (), True)
calls = {
    "walk": lambda: walk.flat_lists(html, VOID),
    "tree": lambda: read(tree, ("nav",), VOID),
    "blocks": lambda: blocks.block_rows(page, INLINE, frozenset()),
}
call = calls[sys.argv[1]]
right = call()
counts = {"MemoryError": 0, "right": 0, "wrong": 0}
n = 0
while counts["right"] < 3:
    n += 1 if n < 400 else 101
    set_nomemory(n, n + 1)
    try:
        result = call()
    except MemoryError:
        result = None
    finally:
        remove_mem_hooks()
    counts["MemoryError" if result is None else "right" if result == right else "wrong"] += 1
print(json.dumps(counts))
"""


@pytest.mark.parametrize("twin", ["walk", "tree", "blocks"])
def test_no_lack_of_memory_is_swallowed(twin):
    pytest.importorskip(f"scraper.compiled.{twin}", reason=REASON)
    command = [sys.executable, "-c", CODE, twin]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    counts = json.loads(run.stdout)
    assert (counts["wrong"], counts["MemoryError"] > 20) == (0, True)
