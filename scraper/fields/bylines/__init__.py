"""Who wrote it: authors, agency and dateline, and the bylines that they are read from."""
