"""State files: damage, versions, locks, clocks; nothing is trusted, nothing is silently made anew."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from scraper.crawl import state_file
from scraper.crawl.lock import locked
from scraper.crawl.rows import HoldRow, RestRow, SourceRow, UrlRow
from scraper.crawl.schema import MIGRATIONS
from scraper.crawl.state import DAY_S, State
from scraper.crawl.stories import Story
from scraper.errors import StateError, StateLocked

NOW = 1_800_000_000


def row(number: int, **more: object) -> UrlRow:
    values = {
        "key": f"k{number}",
        "url": f"https://x.example/{number}",
        "source": "s",
        "first_seen": NOW,
        "last_seen": NOW,
    }
    return UrlRow(**(values | {"next_try": NOW} | more))  # type: ignore[arg-type]


def filled(path: Path, count: int = 200) -> Path:
    with State.open(path) as state:
        state.begin()
        for number in range(count):
            state.put_url(row(number))
        state.commit()
    return path


def test_new_state_is_made(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        assert state.counts() == {}


def test_state_is_not_made_where_it_should_exist(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="does not exist"):
        State.open(tmp_path / "s.db", create=False)


def test_uncommitted_changes_are_undone(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db", 3)
    with State.open(path) as state:
        state.begin()
        state.put_url(row(99))
    with State.open(path) as state:
        assert state.counts() == {("s", "new"): 3}


def test_folder_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "s.db").mkdir()
    with pytest.raises(StateError, match="is no file"):
        State.open(tmp_path / "s.db")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"just a text\n" * 500, "damaged|no state file"), (b"\0" * 8192, "damaged|no state file")],
    ids=["empty", "text", "zeros"],
)
def test_what_is_no_state_is_refused_and_left_alone(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(content)
    with pytest.raises(StateError, match=said):
        State.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    with pytest.raises(StateError, match="no state file of this program"):
        State.open(path)


def test_truncated_state_is_found_at_open(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(StateError, match="damaged"):
        State.open(path)


def test_flipped_bytes_are_found_at_open_or_change_nothing_of_the_tables(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    whole = path.read_bytes()
    found = 0
    for page in range(1, len(whole) // 4096):
        path.write_bytes(whole[: page * 4096] + b"\xff" * 64 + whole[page * 4096 + 64 :])
        try:
            with State.open(path) as state:
                assert len(list(state.urls())) == 200
        except StateError as error:
            assert "damaged" in str(error) and str(path) in str(error)  # both ends are right
            found += 1
    assert found > 3


def _write_and_die(path: Path) -> None:
    state = State.open(path)
    state.begin()
    for number in range(50):
        state.put_url(row(number, reason="of the last run"))
    state.commit()
    os.kill(os.getpid(), signal.SIGKILL)


def test_damaged_state_of_a_killed_run_keeps_its_log(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    child = multiprocessing.get_context("spawn").Process(target=_write_and_die, args=(path,))
    child.start()
    child.join()
    whole = path.read_bytes()
    path.write_bytes(whole[:20_480] + b"\xff" * 4096 + whole[24_576:])
    before = {name: (tmp_path / name).read_bytes() for name in ("s.db", "s.db-wal")}
    with pytest.raises(StateError, match="damaged"):
        State.open(path)
    assert before["s.db-wal"] and {name: (tmp_path / name).read_bytes() for name in before} == before


def test_newer_state_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db", 1)
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(StateError, match=f"version 99, this program knows {len(MIGRATIONS)}"):
        State.open(path)


def test_planted_trigger_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db", 1)
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TRIGGER evil AFTER UPDATE ON urls BEGIN DELETE FROM outputs; END")
    raw.close()
    with pytest.raises(StateError, match="'evil'"):
        State.open(path)


NEXT_VERSION = (*MIGRATIONS, ("ALTER TABLE urls ADD COLUMN mood TEXT", "UPDATE urls SET mood = 'fine'"))


def columns(path: Path) -> tuple[int, bool]:
    raw = sqlite3.connect(path)
    try:
        names = [column[1] for column in raw.execute("PRAGMA table_info(urls)")]
        return raw.execute("PRAGMA user_version").fetchone()[0], "mood" in names
    finally:
        raw.close()


def test_older_state_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(tmp_path / "s.db")
    monkeypatch.setattr(state_file, "MIGRATIONS", NEXT_VERSION)
    state_file.open_state_file(path)[0].close()
    assert columns(path) == (len(NEXT_VERSION), True)


def test_migration_that_fails_leaves_the_old_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(tmp_path / "s.db")
    broken = (*MIGRATIONS, (*NEXT_VERSION[-1], "UPDATE nothing SET x = 1"))
    monkeypatch.setattr(state_file, "MIGRATIONS", broken)
    with pytest.raises(StateError):
        state_file.open_state_file(path)
    assert columns(path) == (len(MIGRATIONS), False)


def _migrate_and_die(path: Path, at: int) -> None:
    """Migrate; die before statement `at`."""
    steps: list[str] = []

    def watched(connection: sqlite3.Connection, *arguments: object) -> None:
        connection.set_trace_callback(lambda sql: steps.append(sql) or (len(steps) == at and os.kill(os.getpid(), 9)))
        upgrade(connection, *arguments)

    upgrade = state_file._upgrade
    state_file._upgrade = watched  # type: ignore[assignment]
    state_file.MIGRATIONS = NEXT_VERSION  # type: ignore[misc]
    state_file.open_state_file(path)[0].close()


def test_kill_during_a_migration_leaves_one_version_or_the_other(tmp_path: Path) -> None:
    ends = set()
    for at in range(1, 7):
        path = filled(tmp_path / f"s{at}.db", 50)
        child = multiprocessing.get_context("spawn").Process(target=_migrate_and_die, args=(path, at))
        child.start()
        child.join()
        assert at > 3 or child.exitcode == -signal.SIGKILL
        ends.add(columns(path))
    assert ends == {(len(MIGRATIONS), False), (len(NEXT_VERSION), True)}


@pytest.mark.parametrize("place", ["missing/s.db", "/proc/s.db"])
def test_place_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    with pytest.raises(StateError, match=r"s\.db"):
        State.open(tmp_path / place)


def test_symbolic_links_to_one_state_share_its_lock(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db", 1)
    (tmp_path / "link.db").symlink_to(path)
    with locked(path.resolve()), pytest.raises(StateLocked), locked((tmp_path / "link.db").resolve()):
        pass


def test_second_holder_is_told_which_process_has_the_lock(tmp_path: Path) -> None:
    with locked(tmp_path / "s.db"), pytest.raises(StateLocked, match=str(os.getpid())), locked(tmp_path / "s.db"):
        pass


def _hold(path: Path) -> None:
    with locked(path):
        path.with_suffix(".held").touch()
        time.sleep(60)


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    child = multiprocessing.get_context("spawn").Process(target=_hold, args=(path,))
    child.start()
    deadline = time.monotonic() + 20
    while not path.with_suffix(".held").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises(StateLocked), locked(path):
        pass
    child.kill()
    child.join()
    with locked(path):
        assert path.with_name("s.db.lock").read_text().strip() == str(os.getpid())


def test_lock_where_nothing_can_be_written_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="missing"), locked(tmp_path / "missing" / "s.db"):
        pass


def test_handle_of_the_parent_is_refused_in_a_child(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state._process += 1
        with pytest.raises(StateError, match="parent process"):
            state.url("k")


def test_network_file_systems_are_known(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/a / ext4 rw 0 0\nserver:/x /mnt/far\\040away nfs4 rw 0 0\n")
    there = state_file.file_system_of(Path("/mnt/far away/s.db"), mounts)
    assert (there, state_file.file_system_of(Path("/home/s.db"), mounts)) == ("nfs4", "ext4")


def test_on_a_network_file_system_there_is_a_warning_and_no_wal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_file, "file_system_of", lambda _path: "nfs4")
    with State.open(filled(tmp_path / "s.db", 1)) as state:
        assert state.warning is not None and "nfs4" in state.warning
        assert state._connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_locally_the_log_is_written_ahead(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        assert state._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_state_of_100000_urls_opens_in_a_second(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db", 100_000)
    began = time.process_time()
    with State.open(path) as state:
        due = state.due(["s"], NOW)
    assert len(due) == 100_000 and time.process_time() - began < 1


def test_due_are_new_ones_latest_first_then_what_waits_longest(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_url(row(1, status="done", next_try=NOW - 5))
        state.put_url(row(2, status="done", next_try=NOW - 50))
        state.put_url(row(3, published=NOW - 100))
        state.put_url(row(4, published=NOW - 10))
        state.put_url(row(5, next_try=NOW + 60))
        state.put_url(row(6, next_try=None))
        assert [key for key, *_ in state.due(["s"], NOW)] == ["k4", "k3", "k2", "k1"]


def test_other_jobs_sources_are_not_due(tmp_path: Path) -> None:
    with State.open(filled(tmp_path / "s.db", 2)) as state:
        assert state.due(["other"], NOW) == []


def test_time_of_a_clock_that_was_wrong_blocks_nothing(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_url(row(1, next_try=NOW + 10 * 365 * DAY_S))
        state.put_holds([HoldRow(host="x.example", held_until=NOW + 10 * 365 * DAY_S)], NOW + 10 * 365 * DAY_S - 60)
        assert ([key for key, *_ in state.due(["s"], NOW)], state.holds(NOW)) == (["k1"], [])


def test_prune_keeps_what_the_last_list_had(tmp_path: Path) -> None:
    old = NOW - 100 * DAY_S
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_url(row(1, first_seen=old, last_seen=old))
        state.put_url(row(2, first_seen=old, last_seen=NOW - 95 * DAY_S))
        state.put_source(SourceRow(name="s", settings="", listed_at=NOW - 95 * DAY_S))
        assert (state.prune(NOW - 90 * DAY_S), state.url("k1"), state.url("k2") is not None) == (1, None, True)


def test_pruned_url_is_known_when_a_list_has_it_again(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_url(row(1, first_seen=NOW - 100 * DAY_S, last_seen=NOW - 100 * DAY_S))
        state.prune(NOW - 90 * DAY_S)
        assert (state.url("k1"), state.see("k1", NOW), state.see("k2", NOW)) == (None, 0, None)


def test_pruned_url_can_be_forgotten_altogether(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_url(row(1, first_seen=NOW - 100 * DAY_S, last_seen=NOW - 100 * DAY_S))
        state.prune(NOW - 90 * DAY_S)
        assert (state.forget(["k1"]), state.see("k1", NOW)) == (1, None)


def test_state_of_version_2_can_be_looked_at_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.db"
    with monkeypatch.context() as older:
        older.setattr(state_file, "MIGRATIONS", MIGRATIONS[:2])
        state_file.create_state_file(path)
    with State.open(path, read_only=True) as state:
        assert (state.is_forgotten("k1"), state.counts()) == (False, {})


def test_forgetting_a_url_forgets_its_aliases(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_url(row(1))
        state.put_url(row(2, status="alias", alias_of="k1"))
        assert (state.forget(["k1"]), state.counts()) == (2, {})


def test_memory_of_a_site_is_given_back(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_site_memory("x.example", b"\x00memory")
        state.commit()
    with State.open(tmp_path / "s.db", read_only=True) as state:
        assert (state.site_memory("x.example"), state.site_memory("y.example")) == (b"\x00memory", None)


def test_mark_that_makes_no_sense_is_damage(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        state.put_mark("jsonl:out", {"length": 3})
        state._run("UPDATE outputs SET mark = 'no json'")
        with pytest.raises(StateError, match="damaged"):
            state.mark("jsonl:out")


def test_state_of_version_1_keeps_its_urls_and_takes_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(state_file, "MIGRATIONS", MIGRATIONS[:1])
        path = tmp_path / "s.db"
        state_file.create_state_file(path)
    with State.open(path) as state:
        state.begin()
        state.put_url(row(1))
        state.put_rests([RestRow(host="x.example", until_ms=NOW, left_ms=5)])
        state.stories.put(Story("r1", "r1", tuple(range(128))), NOW, DAY_S)
        state.commit()
    with State.open(path) as state:
        assert (state.counts(), len(state.rests()), state.stories.like(tuple(range(128)), NOW)) == (
            {("s", "new"): 1},
            1,
            "r1",
        )
