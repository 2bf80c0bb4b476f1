"""What `samsyn serve` does every night, in a process of its own: files that nobody took in are dropped, then everything is copied."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path


def tonight(folder: Path, at: datetime) -> None:
    """Do what is done every night with the installation in a folder. The copy is made even if the first part fails. Raises NotReady."""
    from samsyn.site.backup import make_nightly_copy
    from samsyn.site.start import set_up

    set_up()
    try:
        drop_old_files(at)
    finally:
        make_nightly_copy(folder, at)


def drop_old_files(at: datetime) -> int:
    """Drop the readings that have waited too long for somebody, with the content of their files. Returns how many."""
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.source.old_writes import drop_old_runs

    return drop_old_runs(actor=Actor(ActorKind.JOB, "nightly", "Samsyn"), at=at)


if __name__ == "__main__":
    from samsyn.site.config import read_config

    tonight(read_config().folder, datetime.now(UTC))
