"""One file per field of the article: clues -> candidates; one policy that chooses."""
