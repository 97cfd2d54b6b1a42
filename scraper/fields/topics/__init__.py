"""What it is about: keywords, articleSection and breadcrumbs."""
