"""Scrape news articles: the whole article and nothing but the article, every field with its evidence."""

__version__ = "0.1.0"
