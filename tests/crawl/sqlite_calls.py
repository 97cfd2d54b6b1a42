"""Every write, sync, truncation and deletion of SQLite, passed to a function first: to count, fail, kill or record.

A VFS over the default one, made with ctypes: works with whatever SQLite the interpreter has, without a compiler.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p

__all__ = ["watch_sqlite"]

Watcher = Callable[[str, str, int, bytes], int]
"""Takes (call, path, offset or length, data); returns a result code of SQLite: 0 lets the call happen."""


class _Methods(Structure):
    _fields_ = [("version", c_int), *[(f"method{n}", c_void_p) for n in range(18)]]


_WRITE, _TRUNCATE, _SYNC = 2, 3, 4
"""Places in sqlite3_io_methods after xClose and xRead."""


class _File(Structure):
    _fields_ = [("methods", POINTER(_Methods))]


class _Vfs(Structure):
    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        *[(f"rest{n}", c_void_p) for n in range(16)],
    ]


_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
"""The name is passed on as the pointer that it is: SQLite keeps it, and has more behind it."""
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_WRITES = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATES = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNCS = CFUNCTYPE(c_int, c_void_p, c_int)
_kept: list[object] = []
"""What C points to must not be collected."""


def watch_sqlite(watcher: Watcher) -> None:
    """Pass the calls of all connections opened from now on to `watcher`; for the rest of the process."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    below = library.sqlite3_vfs_find(None)
    over = _Vfs.from_buffer_copy(below.contents)
    over.name = b"watched"
    paths: dict[int, str] = {}
    tables: dict[int, _Methods] = {}
    open_below, delete_below = _OPEN(below.contents.open), _DELETE(below.contents.delete)

    def opened(_vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        code = open_below(ctypes.addressof(below.contents), name, file, flags, out)
        if code == 0 and name is not None:
            paths[file] = ctypes.string_at(name).decode()
            head = _File.from_address(file)
            original = ctypes.addressof(head.methods.contents)
            if original not in tables:
                tables[original] = _watched(head.methods.contents, watcher, paths)
            head.methods = ctypes.pointer(tables[original])
        return int(code)

    def deleted(_vfs: int, name: int, sync: int) -> int:
        code = watcher("delete", ctypes.string_at(name).decode(), sync, b"")
        return code or int(delete_below(ctypes.addressof(below.contents), name, sync))

    callbacks = _OPEN(opened), _DELETE(deleted)
    over.open, over.delete = (ctypes.cast(callback, c_void_p).value for callback in callbacks)
    _kept.extend((over, tables, *callbacks))
    if library.sqlite3_vfs_register(ctypes.byref(over), 1) != 0:
        raise RuntimeError("the VFS was refused")


def _watched(below: _Methods, watcher: Watcher, paths: dict[int, str]) -> _Methods:
    over = _Methods.from_buffer_copy(below)
    write_below, truncate_below, sync_below = (
        kind(getattr(below, f"method{place}"))
        for kind, place in ((_WRITES, _WRITE), (_TRUNCATES, _TRUNCATE), (_SYNCS, _SYNC))
    )

    def write(file: int, data: int, count: int, offset: int) -> int:
        code = watcher("write", paths[file], offset, ctypes.string_at(data, count))
        return code or int(write_below(file, data, count, offset))

    def truncate(file: int, length: int) -> int:
        return watcher("truncate", paths[file], length, b"") or int(truncate_below(file, length))

    def sync(file: int, flags: int) -> int:
        return watcher("sync", paths[file], 0, b"") or int(sync_below(file, flags))

    callbacks = _WRITES(write), _TRUNCATES(truncate), _SYNCS(sync)
    for callback, place in zip(callbacks, (_WRITE, _TRUNCATE, _SYNC), strict=True):
        setattr(over, f"method{place}", ctypes.cast(callback, c_void_p).value)
    _kept.extend(callbacks)
    return over
