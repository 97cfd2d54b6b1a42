from scraper.body.blocks.segment import TextBlock
from scraper.body.decisions.outline import Outline

def drop_strays(blocks: list[TextBlock], outline: Outline, kept: list[bool]) -> None: ...
