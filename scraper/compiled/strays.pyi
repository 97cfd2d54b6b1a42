from scraper.body.outline import Outline
from scraper.body.segment import TextBlock

def drop_strays(blocks: list[TextBlock], outline: Outline, kept: list[bool]) -> None: ...
