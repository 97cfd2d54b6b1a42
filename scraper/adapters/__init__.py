"""Bridges to what people use already: Scrapy, data frames, document loaders. No file needs another's library."""
