"""Documents as retrieval libraries take them."""

from __future__ import annotations

import pytest

from scraper.adapters.documents import langchain_document, llama_index_document
from scraper.model.article import Article, Metadata


def test_metadata_is_flat_and_never_empty(article):
    kinds = {type(value) for value in langchain_document(article)["metadata"].values()}
    assert kinds <= {str, int, float, bool}
    assert "" not in langchain_document(article)["metadata"].values()


def test_what_the_page_does_not_say_is_left_out():
    bare = Article(id="0", metadata=Metadata(extractor_version="1"))
    assert langchain_document(bare)["metadata"] == {"word_count": 0, "truncated": False, "confidence": 0.0}


def test_both_hold_the_text_and_the_identity(article):
    one, other = langchain_document(article), llama_index_document(article)
    assert (one["page_content"], one["id"]) == (other["text"], other["id_"]) == (article.article_body, article.id)


@pytest.mark.filterwarnings("default")
def test_langchain_takes_it(article):
    from langchain_core.documents import Document

    document = Document(**langchain_document(article))
    assert (document.id, document.metadata["authors"]) == (article.id, "Greta Hallmark")


@pytest.mark.filterwarnings("default")
def test_llama_index_takes_it(article):
    schema = pytest.importorskip("llama_index.core.schema", reason="llama-index-core is not installed")
    assert schema.Document(**llama_index_document(article)).get_content() == article.article_body
