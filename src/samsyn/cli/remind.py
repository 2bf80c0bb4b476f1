"""The command `samsyn remind`."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from samsyn.flows.notices.morning import MorningResult
    from samsyn.flows.notices.posting import PostResult


def remind_command() -> None:
    """Gå igenom vad som är dags att påminna om, och skicka det som får skickas nu. `samsyn serve` gör det av sig själv."""
    from samsyn.site.start import NotReady, bring_database_up_to_date, set_up

    try:
        set_up()
        bring_database_up_to_date()
    except NotReady as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    remind(datetime.now(UTC))


def remind(at: datetime) -> None:
    """Do the morning's work if it has not been done today, then a round of posting, and say what was done. Raises typer.Exit if a part failed."""
    from django.conf import settings

    from samsyn.chain.wording import local_day, sweden
    from samsyn.cli.post_round import morning_since, post_round
    from samsyn.site.one_sender import SomebodySends

    morning = morning_since(datetime.combine(local_day(at), time(), sweden()), at)
    for line in morning_words(morning):
        typer.echo(line)
    try:
        posted = post_round(settings.CONFIG, at)
    except SomebodySends:
        typer.echo("En annan process skickar just nu.")
    else:
        for line in post_words(posted, sends_mail=settings.CONFIG.sends_mail):
            typer.echo(line)
    if morning.failed:
        typer.echo(f"Det gick inte i {morning.failed} samverkan. Felet står ovanför.", err=True)
        raise typer.Exit(1)


def morning_words(done: MorningResult) -> list[str]:
    """Return what the morning's work did."""
    from samsyn.chain.wording import counted

    if not done.partnerships and not done.failed:
        return ["Dagens genomgång är redan gjord."]
    dropped = f" {counted(done.dropped, 'behövdes', 'behövdes').capitalize()} inte längre." if done.dropped else ""
    return [f"Gick igenom {done.partnerships} samverkan: {counted(done.queued, 'ny påminnelse', 'nya påminnelser')}.{dropped}"]


def post_words(done: PostResult, *, sends_mail: bool) -> list[str]:
    """Return what a round of posting did, one line for each thing that happened."""
    from samsyn.chain.wording import counted

    said = [
        (done.composed, f"Skrev {counted(done.composed, 'utskick', 'utskick', neuter=True)}."),
        (done.sent, f"Skickade {counted(done.sent, 'utskick', 'utskick', neuter=True)}."),
        (done.later, f"Prövar {counted(done.later, 'utskick', 'utskick', neuter=True)} igen senare."),
        (done.refused, f"Gick inte att skicka: {counted(done.refused, 'utskick', 'utskick', neuter=True)}. Se Utskick."),
        (done.uncertain, f"Osäkert om de kom fram: {counted(done.uncertain, 'utskick', 'utskick', neuter=True)}. De skickas igen."),
        (done.recovered, f"Tog hand om {counted(done.recovered, 'utskick', 'utskick', neuter=True)} som hade avbrutits."),
        (done.is_away, "Mejlservern går inte att använda just nu. Inget är borta: resten väntar."),
        (not sends_mail, "Ingen mejlserver är inställd. Utskicken ligger färdiga under Utskick."),
    ]
    return [words for happened, words in said if happened] or ["Inget att skicka just nu."]
