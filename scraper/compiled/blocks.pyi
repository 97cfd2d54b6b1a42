from scraper.page.snapshot import Snapshot

def block_rows(
    snapshot: Snapshot, inline: frozenset[str], skipped: frozenset[str]
) -> list[tuple[int, int, int, str, int, int]]: ...
