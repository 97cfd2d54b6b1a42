"""Whoever else has a say about the body: site rules, the memory of a site, a second extractor, JSON-LD."""
