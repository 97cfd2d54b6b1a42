"""Articles as the documents of retrieval libraries; plain dicts, so that none of them is needed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scraper.model.article import Article

__all__ = ["langchain_document", "llama_index_document"]


def langchain_document(article: Article) -> dict[str, Any]:
    """Return what LangChain's `Document(**...)` takes: "page_content", "metadata" and "id".

        >>> langchain_document(article)["metadata"]["title"]
        'After sixty years, the tide mill at Lorne turns again'

    The metadata holds text, numbers and booleans alone, for vector stores refuse more; what the page does not say is
    left out.
    """
    return {"page_content": article.article_body, "metadata": _metadata(article), "id": article.id}


def llama_index_document(article: Article) -> dict[str, Any]:
    """Return what LlamaIndex's `Document(**...)` takes: "text", "metadata" and "id_". See `langchain_document`.

    >>> llama_index_document(article)["text"] == article.article_body
    True

    """
    return {"text": article.article_body, "metadata": _metadata(article), "id_": article.id}


def _metadata(article: Article) -> dict[str, str | int | float | bool]:
    values: dict[str, str | int | float | bool | None] = {
        "source": article.canonical_url or article.url,
        "title": article.headline,
        "description": article.description,
        "authors": ", ".join(author.name for author in article.authors),
        "publisher": article.publisher.name if article.publisher else None,
        "date_published": article.date_published,
        "date_modified": article.date_modified,
        "language": article.in_language,
        "section": ", ".join(article.article_section),
        "keywords": ", ".join(article.keywords),
        "word_count": article.word_count,
        "truncated": article.metadata.truncated,
        "confidence": article.metadata.confidence,
    }
    return {name: value for name, value in values.items() if value is not None and value != ""}
