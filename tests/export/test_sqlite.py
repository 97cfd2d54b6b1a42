"""The SQLite database as a person queries it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from scraper import Article
from scraper.errors import ExportError, OutputChanged
from scraper.export import database
from scraper.export.database import Database
from scraper.export.tables import ARTICLE_COLUMNS, CHILDREN, snake
from scraper.model.article import Media, Metadata
from tests.contract.records import article, full, with_blocks


@pytest.fixture
def store(tmp_path):
    """Write and commit records; return what a query gives."""

    def store_(*articles, query=None, path=tmp_path / "out.db"):
        exporter = Database(path)
        for one in articles:
            exporter.write(one)
        exporter.commit()
        exporter.close()
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(query).fetchall() if query else None

    return store_


def changed(number, text, text_hash):
    return article(number, article_body=text, metadata=Metadata(extractor_version="1", text_hash=text_hash))


def test_an_article_is_a_row(store):
    query = "SELECT headline, publisher_name, date_published, word_count, is_live_blog, confidence FROM articles"
    assert store(article(1), query=query) == [
        ("Mill 1 turns again", "Example Courier", "2026-03-14T08:30:00+01:00", 9, None, 0.97)
    ]


def test_what_there_are_many_of_has_tables(store):
    query = (
        "SELECT a.headline, w.name, w.type FROM authors w JOIN articles a ON a.id = w.article "
        "WHERE w.type = 'Organization'"
    )
    assert store(article(1), article(2), query=query) == [
        ("Mill 1 turns again", "Example Desk", "Organization"),
        ("Mill 2 turns again", "Example Desk", "Organization"),
    ]


def test_keywords_can_be_counted(store):
    query = "SELECT keyword, count(*) FROM keywords GROUP BY keyword ORDER BY keyword"
    assert store(article(1), article(2), query=query) == [("mill", 2), ("water", 2)]


def test_media_say_what_they_are(store):
    media = {name: (Media(url=f"https://x.example/{name}"),) for name in ("videos", "audios", "embeds")}
    found = store(article(1, **media), query="SELECT kind, url FROM media ORDER BY position")
    assert [kind for kind, _ in found] == ["video", "audio", "embed"]


@pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child.table)
def test_every_list_of_a_record_is_in_its_table(store, child):
    record = full().to_dict()
    found = store(full(), query=f"SELECT count(*) FROM {child.table}")  # noqa: S608
    assert found == [(sum(len(record[name]) for name in child.lists),)]


def test_every_list_of_the_record_has_a_table():
    lists = {name for name, value in full().to_dict().items() if isinstance(value, list)}
    assert lists - {name for child in CHILDREN for name in child.lists} == {"blocks"}


def test_column_names_are_unique():
    names = [snake(column.name) for column in ARTICLE_COLUMNS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("words", "found"), [("barley", 2), ("BARLÉY", 2), ("mill 2", 1), ('"turns again"', 2), ("nothing", 0)]
)
def test_the_full_text_index_finds_words(store, words, found):
    store(article(1), article(2))
    query = f"SELECT a.id FROM search JOIN articles a ON a.number = search.rowid WHERE search MATCH '{words}'"  # noqa: S608
    assert len(store(query=query)) == found


def test_the_full_text_index_forgets_what_was_written_over(store):
    store(changed(1, "about herons", "a"), changed(1, "about eels", "b"))
    query = "SELECT count(*) FROM search WHERE search MATCH "
    assert (store(query=query + "'herons'"), store(query=query + "'eels'")) == ([(0,)], [(1,)])


def test_the_full_text_index_is_whole(store):
    store(article(1), article(2), changed(1, "other", "b"))
    assert store(query="INSERT INTO search(search) VALUES ('integrity-check')") == []


def test_a_changed_text_is_a_new_version(store):
    store(changed(1, "first", "a"), changed(1, "second", "b"))
    assert store(query="SELECT version, article_body FROM articles") == [(2, "second")]
    records = store(query="SELECT version, record FROM versions ORDER BY version")
    assert [(version, Article.from_json(record).article_body) for version, record in records] == [
        (1, "first"),
        (2, "second"),
    ]


def test_the_same_text_is_the_same_version(store):
    store(changed(1, "first", "a"))
    assert store(changed(1, "first", "a"), query="SELECT id, version FROM versions") == [(f"{1:016x}", 1)]


def test_a_text_that_was_there_before_is_its_old_version(store):
    store(changed(1, "first", "a"), changed(1, "second", "b"), changed(1, "first", "a"))
    assert store(query="SELECT version, article_body FROM articles") == [(1, "first")]


def test_fewer_keywords_leave_no_old_ones(store):
    assert store(article(1), article(1, keywords=("x",)), query="SELECT keyword FROM keywords") == [("x",)]


def test_an_article_can_be_deleted_with_all_that_is_its(store, tmp_path):
    store(with_blocks(), article(1))
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM articles WHERE id = ?", (with_blocks().id,))
    assert store(query="SELECT DISTINCT article FROM authors") == [(f"{1:016x}",)]


def test_nul_does_not_end_a_text(store):
    assert store(article(1, headline="a\0b"), query="SELECT headline, length(headline) FROM articles") == [("ab", 2)]


def test_what_was_not_committed_is_gone(store, tmp_path):
    exporter = Database(tmp_path / "out.db")
    exporter.write(article(1))
    exporter.close()
    assert store(query="SELECT count(*) FROM articles") == [(0,)]


def test_a_database_of_another_program_is_not_touched(tmp_path):
    path = tmp_path / "out.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE articles (x)")
    before = path.read_bytes()
    with pytest.raises(ExportError, match="another program"):
        Database(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_not_touched(tmp_path):
    path = tmp_path / "out.db"
    path.write_text("precious text, and long enough to be looked at " * 40)
    with pytest.raises(ExportError, match="not a database"):
        Database(path)
    assert path.read_text().startswith("precious")


def test_a_newer_database_is_refused(store, tmp_path):
    store(article(1))
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ExportError, match="newer version"):
        Database(tmp_path / "out.db")


def test_a_field_that_is_new_gets_its_column(store, tmp_path):
    store(article(1))
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection, connection:
        connection.execute("ALTER TABLE articles DROP COLUMN license")
    assert store(article(2, license="CC"), query="SELECT license FROM articles ORDER BY id") == [(None,), ("CC",)]


def test_an_older_copy_is_told(tmp_path):
    exporter = Database(tmp_path / "out.db")
    exporter.write(article(1))
    exporter.commit()
    older = (tmp_path / "out.db").read_bytes()
    exporter.write(article(2))
    mark = exporter.commit()
    exporter.close()
    (tmp_path / "out.db").write_bytes(older)
    with pytest.raises(OutputChanged, match="older database"):
        Database(tmp_path / "out.db", mark)


def test_a_database_that_somebody_writes_is_waited_for_then_told(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_BUSY_S", 0.05)
    Database(tmp_path / "out.db").close()
    exporter = Database(tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ExportError, match="locked"):
            exporter.write(article(1))
    exporter.close()


def test_a_record_that_fails_halfway_leaves_nothing(store, tmp_path, monkeypatch):
    exporter = Database(tmp_path / "out.db")
    exporter.write(article(1))
    with monkeypatch.context() as patch:
        patch.setattr(Database, "_put_article", interrupted)
        with pytest.raises(KeyboardInterrupt):
            exporter.write(article(2))
    exporter.commit()
    exporter.close()
    assert store(query="SELECT id FROM versions") == [(f"{1:016x}",)]


def interrupted(*_):
    raise KeyboardInterrupt
