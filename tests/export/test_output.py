"""Files that appear whole or not at all; text that a terminal cannot be hurt by."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from scraper.errors import ExportError
from scraper.export.output import open_output
from scraper.export.terminal import escape_controls, one_line


def stopped_by(error):
    yield "new"
    raise error


def write(path, texts):
    with open_output(path) as output:
        for text in texts:
            output.write(text)


def test_a_file_holds_what_was_written(tmp_path):
    write(tmp_path / "out", ["a\n", "ü\n"])
    assert (tmp_path / "out").read_bytes() == "a\nü\n".encode()


def test_the_old_file_is_there_until_all_is_written(tmp_path):
    path = tmp_path / "out"
    path.write_text("old")
    with open_output(path) as output:
        output.write("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "out"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write(path, stopped_by(RuntimeError))
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("out", "old")]


def test_an_interrupt_keeps_what_was_written(tmp_path):
    path = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        write(path, stopped_by(KeyboardInterrupt))
    assert path.read_text() == "new"


def test_a_symlink_is_replaced_not_followed(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("precious")
    link.symlink_to(target)
    write(link, ["new"])
    assert (target.read_text(), link.read_text(), link.is_symlink()) == ("precious", "new", False)


def test_permissions_of_the_old_file_stay(tmp_path):
    path = tmp_path / "out"
    path.write_text("old")
    path.chmod(0o640)
    write(path, ["new"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("place", ["no-such-folder/out", "", "file/out", "x" * 300])
def test_a_place_that_cannot_be_written_is_named(tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=str(tmp_path)):
        write(tmp_path / place, ["new"])


def test_a_full_device_is_an_export_error():
    with pytest.raises(ExportError, match="/dev/full"):
        write(Path("/dev/full"), ["new"])


def test_lone_surrogates_do_not_stop_the_output(tmp_path):
    write(tmp_path / "out", ["a\ud800b"])
    assert (tmp_path / "out").read_bytes() == b"a?b"


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\r", "\x9b", "\x7f", "\u202e", "\u2066", "\u2028", "\0"])
def test_controls_are_written_as_escapes(character):
    assert escape_controls(f"a{character}b") == f"a\\u{ord(character):04x}b"


def test_words_tabs_and_line_ends_stay():
    assert escape_controls("α\tβ\nगा\u200d") == "α\tβ\nगा\u200d"


def test_a_message_is_one_line():
    assert one_line("a\nscraper: forged\r\tb") == "a scraper: forged\\u000d b"
