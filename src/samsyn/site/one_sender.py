"""One process at a time sends letters. The lock is the operating system's: it is free again when its holder ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SomebodySends(Exception):
    """Another process is sending letters right now."""


@contextmanager
def only_sender(folder: Path) -> Iterator[bool]:
    """
    Hold the right to send letters for the installation in a folder.

    gives    True if no other process can be sending; False on a system that cannot tell: then the claims in the database are the only guard
    raises   SomebodySends   if another process holds it
    A clock cannot say whether another process still lives: one that is set forward would make every letter that is being sent seem left behind.
    """
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield False
        return
    with (folder / "sending.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise SomebodySends from taken
        yield True
