"""Documents that list articles - feeds, sitemaps, front pages - become links."""
