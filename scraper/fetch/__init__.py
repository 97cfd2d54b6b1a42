"""Everything between a URL and a trustworthy Response: all network code, and the only importer of httpx and sockets."""
