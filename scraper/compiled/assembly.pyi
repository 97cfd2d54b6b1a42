from scraper.body.blocks.place import Place
from scraper.body.blocks.segment import TextBlock
from scraper.model.body import Span
from scraper.page.snapshot import Snapshot

def find_places(snapshot: Snapshot, elements: list[int], live: bool) -> tuple[list[Place], set[int]]: ...
def spans_of(
    snapshot: Snapshot, block: TextBlock, around: tuple[int, ...], base_url: str | None
) -> tuple[Span, ...]: ...
