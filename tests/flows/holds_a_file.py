"""Makes a real database in SAMSYN_FOLDER, brings one ordinary file and one with a personal identity number, and ends."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4


def main() -> None:
    """Bring both files, as `samsyn` would."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.partnership.writes import add_partnership

    call_command("migrate", verbosity=0)
    actor, at = Actor(ActorKind.JOB, "test", "Anna"), datetime(2026, 11, 23, tzinfo=UTC)
    ours = add_partnership(name="Granviken", organisation_name="Granvikens kommun", actor=actor, at=at)
    bring_both(ours.id, ours.coordinating_id, uuid4().hex, actor, at)
    connection.close()


def bring_both(partnership: UUID, organisation: UUID, once: str, actor: object, at: datetime) -> None:
    from tests.flows.brought import PERSONAL_NUMBER, text_table

    from samsyn.flows.intake.bringing import Received, bring

    ordinary = text_table([("1. Mörkt", "En åtgärd som behålls", "", "", "Bo", "")])
    held = text_table([("1. Mörkt", f"Samtal med {PERSONAL_NUMBER}", "Ord ur en hållen fil", "", "", "")])
    for name, content in (("vanlig.csv", ordinary), (f"plan {PERSONAL_NUMBER}.csv", held)):
        bring(partnership=partnership, organisation=organisation, received=Received(name, content), today=date(2026, 11, 23), actor=actor,  # type: ignore[arg-type]
              at=at, once=once + name[:5])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
