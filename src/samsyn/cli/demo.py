"""The command `samsyn demo`."""

from __future__ import annotations

import typer


def demo_command() -> None:
    """Fyll en tom installation med en påhittad stad att prova i. Andra gången händer ingenting."""
    from samsyn.site.start import NotReady, bring_database_up_to_date, set_up

    try:
        set_up()
        bring_database_up_to_date()
    except NotReady as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    from functools import partial

    from django.conf import settings
    from django.utils import timezone

    from samsyn.flows.agenda_making import plan_with_agenda
    from samsyn.flows.closing import close_meeting
    from samsyn.flows.demo_meetings import Steps, hold_demo_meetings
    from samsyn.flows.founding import AlreadyBegun, make_demo_town
    from samsyn.flows.intake.at_once import take_in

    today, at = timezone.localdate(), timezone.now()
    steps = Steps(plan=plan_with_agenda, close=close_meeting, base_url=settings.CONFIG.url)
    try:
        made = make_demo_town(today=today, at=at, take_in=take_in, meet=partial(hold_demo_meetings, today=today, at=at, steps=steps))
    except AlreadyBegun as fault:
        typer.echo("Här finns redan en riktig installation. Den påhittade staden läggs bara i en tom: sätt SAMSYN_FOLDER till en annan mapp.", err=True)
        raise typer.Exit(1) from fault
    typer.echo("Granviken, en påhittad stad, är klar att prova." if made else "Granviken finns redan. Dina ändringar är kvar.")
