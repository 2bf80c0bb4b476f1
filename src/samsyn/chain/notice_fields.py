"""The fields of what people set about reminders: label and help once, for forms and for what two editors are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samsyn.chain.field import Kind, described
from samsyn.chain.notice_values import QUIET_FROM, QUIET_TO, Pace

USUAL = Pace()
PAUSED_HELP = "Vill ni ha en paus? Välj dagen då påminnelserna ska börja igen. Tomt betyder ingen paus."


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmFields:
    """When letters may go out in a partnership: whole hours of the Swedish clock, 0-23, and a pause."""

    quiet_from: int = described("Tyst från klockan", kind=Kind.WHOLE, default=QUIET_FROM)
    quiet_to: int = described("Tyst till klockan", "Samma klockslag två gånger betyder inga tysta timmar.", kind=Kind.WHOLE, default=QUIET_TO)
    paused_until: date | None = described("Paus fram till", PAUSED_HELP, kind=Kind.DATE, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceFields:
    """How a plan's reminders go, in days: chain.notice_values.Pace as a form asks for it."""

    due_soon_days: int = described("Säg till före datumet", "Så många dagar innan åtgärden ska vara klar.", kind=Kind.WHOLE,
                                   default=USUAL.due_soon_days, unit="dagar")
    silent_days: int = described("Fråga efter tystnad", "Så länge utan att någon har sagt något.", kind=Kind.WHOLE, default=USUAL.silent_days, unit="dagar")
    days_between: int = described("Mellan stegen", "Så länge väntar vi på svar innan frågan går vidare.", kind=Kind.WHOLE,
                                  default=USUAL.days_between, unit="dagar")
    paused_until: date | None = described("Paus fram till", PAUSED_HELP, kind=Kind.DATE, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceFields:
    """That somebody is away, first and last day included, and who answers meanwhile. Never why."""

    name: str = described("Vem är borta?", max_length=200)
    email: str = described("E-post", "Behövs bara om personen inte redan finns i Samsyn.", kind=Kind.EMAIL)
    from_on: date | None = described("Borta från och med", kind=Kind.DATE, default=None)
    until_on: date | None = described("Borta till och med", kind=Kind.DATE, default=None)
    substitute_name: str = described("Vem svarar under tiden?", "Lämna tomt om ingen gör det. Då frågar vi samordnaren.", max_length=200)
    substitute_email: str = described("Ersättarens e-post", "Behövs bara om personen inte redan finns i Samsyn.", kind=Kind.EMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFields:
    """Who is told when the one responsible at a party does not answer."""

    contact_name: str = described("Namn", "Till exempel närmaste chef.", max_length=200)
    contact_email: str = described("E-post", kind=Kind.EMAIL)
