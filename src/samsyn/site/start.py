"""What is done before anything else: the database brought up to date, the static files laid out, and everything looked over."""

from __future__ import annotations

import os
import socket


class NotReady(Exception):
    """Samsyn cannot start. The message says why and what to do, in one Swedish sentence."""


def set_up() -> None:
    """
    Load Django with the product's settings; what this process writes from now on only its owner can read.

    raises   NotReady   on a faulty SQLite or setting
    """
    os.umask(0o077)  # a folder somebody has made themselves may be open to others: the database in it must not be
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")
    from samsyn.site.config import BadSetting
    from samsyn.site.sqlite import FaultySQLite

    try:
        import django

        django.setup()
    except (BadSetting, FaultySQLite) as fault:
        raise NotReady(str(fault)) from fault


def bring_up_to_date() -> None:
    """Bring the database up to date, lay out static files, and look everything over, as a server needs it. Raises NotReady."""
    from django.core.checks import ERROR, run_checks
    from django.core.management import call_command
    from django.db import connections

    bring_database_up_to_date()
    call_command("collectstatic", verbosity=0, interactive=False)
    faults = [str(found.msg) for found in run_checks(databases=["default"]) if found.level >= ERROR]
    if faults:
        raise NotReady("Samsyn kan inte starta: " + "; ".join(faults))
    connections.close_all()


def bring_database_up_to_date() -> None:
    """Migrate and make the cache table; then check triggers and durability. Raises NotReady."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    from samsyn.records.access.reads import is_durable
    from samsyn.records.access.triggers import make_triggers, missing_triggers

    if missing_triggers():
        make_triggers()
    if lost := missing_triggers():
        raise NotReady(f"Ändringsloggen är inte hel: {', '.join(lost[:3])} saknas. Starta om Samsyn och hör av dig om det händer igen.")
    if not is_durable():
        raise NotReady("SQLite skriver inte varje ändring till disken. Ta bort inställningen som ändrar det och starta om.")


def refuse_taken_port(address: str, port: int) -> None:
    """Raise NotReady if somebody already listens there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as taken:
            raise NotReady(
                f"Porten {port} är upptagen. Stäng det program som använder den, eller välj en annan: "
                f"make run PORT={port + 1} eller samsyn serve --port {port + 1}.") from taken
