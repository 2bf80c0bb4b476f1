"""The command `samsyn serve`."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import typer

LONGEST_STOP = 10  # seconds: a worker that is told to stop while it starts does not hear it, and is ended


def serve_command(
    port: int = typer.Option(None, "--port", help="Porten som servern lyssnar på."),
) -> None:
    """Starta Samsyn på den här datorn."""
    if port:
        os.environ["SAMSYN_PORT"] = str(port)
    from samsyn.site.start import NotReady, bring_up_to_date, refuse_taken_port, set_up

    try:
        set_up()
        from django.conf import settings

        config = settings.CONFIG
        refuse_taken_port(config.SAMSYN_BIND, config.SAMSYN_PORT)
        bring_up_to_date()
    except NotReady as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    for line in greeting(config.SAMSYN_PORT, is_loopback=config.is_loopback):
        typer.echo(line)
    _start_nightly(config.folder)
    _start_clocks()
    _run(config.SAMSYN_BIND, config.SAMSYN_PORT, config.SAMSYN_WORKERS)


def greeting(port: int, *, is_loopback: bool) -> list[str]:
    """Return where to go and how to sign in."""
    from samsyn.web.frame import is_demo, is_first_visit

    where = f"Samsyn är igång: http://localhost:{port}"
    if is_demo() and is_loopback:
        how = "Logga in med ett klick som Anna, Bo, Carin, Dana eller Erik. Staden är påhittad."
    elif is_first_visit():
        how = "Öppna adressen och skapa din samverkan. Det tar en minut."
    else:
        how = "Logga in med din e-postadress och ditt lösenord."
    return [where, how, "Avsluta med Ctrl+C."]


def copy_apart(folder: Path) -> None:
    """
    Do what is done every night, and make the nightly copy, in a process of its own.

    The workers are forked from this process. One that is forked while the database is open here believes that it holds
    SQLite's locks, and reads and writes without any: seen as "file is not a database".
    """
    subprocess.run([sys.executable, "-m", "samsyn.cli.nightly"], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "SAMSYN_FOLDER": str(folder)})


def _start_nightly(folder: Path) -> None:
    from samsyn.jobs.every_night import start_nightly
    from samsyn.site.backup import newest_copy

    def last() -> datetime | None:
        newest = newest_copy(folder)
        return datetime.fromtimestamp(newest.stat().st_mtime, UTC) if newest else None

    start_nightly(lambda: copy_apart(folder), last)


def _start_clocks() -> None:
    from samsyn.jobs.every_minute import start_beside

    start_beside(lambda: subprocess.run([sys.executable, "-m", "samsyn.cli.clocks"], check=True, stdout=subprocess.DEVNULL))


def _run(address: str, port: int, workers: int) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from samsyn.site.kept_up import Fell, Server, keep_up

    def server() -> Server:
        return Granian("samsyn.site.served:application", address=address, port=port, interface=Interfaces.WSGI, workers=workers,
                       blocking_threads=4, log_level=LogLevels.warning, respawn_failed_workers=True, workers_kill_timeout=LONGEST_STOP)

    connections.close_all()
    try:
        keep_up(server, told=lambda words: typer.echo(words, err=True))
    except Fell as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
