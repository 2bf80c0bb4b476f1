"""The words of a call to a meeting, and of a meeting that is cancelled: plain text, to be read on a telephone."""

from __future__ import annotations

from datetime import datetime, timedelta

from samsyn.chain.agenda_values import InvitedMeeting
from samsyn.chain.choices import Choice
from samsyn.chain.wording import WEEKDAYS, capitalised, clipped, date_words, in_sweden

LONGEST_SUBJECT = 290  # characters


def when_words(starts_at: datetime, minutes: int) -> str:
    """Return when a meeting is: "tisdag 2026-12-01 klockan 13.00–14.00"."""
    begins, ends = in_sweden(starts_at), in_sweden(starts_at + timedelta(minutes=minutes))
    return f"{WEEKDAYS[begins.weekday()]} {date_words(begins.date())} klockan {begins:%H.%M}–{ends:%H.%M}"


class Call(Choice):
    """Which call somebody gets to a meeting: their first, the same once more, or one that says that an earlier no longer holds."""

    FIRST = "first", "Kallelse"
    AGAIN = "again", "Kallelse igen"
    CHANGED = "changed", "Ändrad kallelse"


GREETINGS = {
    Call.FIRST: "{by} kallar till möte.", Call.AGAIN: "{by} skickar kallelsen igen. Dagordningen kan ha ändrats.",
    Call.CHANGED: "{by} har ändrat tid eller plats. Det här gäller nu.",
}


def invitation_words(meeting: InvitedMeeting, *, by: str, which: Call, url: str = "") -> tuple[str, str]:
    """
    Return the subject and the text of a call.

    by    who calls
    url   where the agenda stands; "" leaves it out
    """
    subject = f"{which.label}: {meeting.group}, {when_words(meeting.starts_at, meeting.minutes)}"
    agenda = ["Det här ska vi tala om:", *(_point(i, title, minutes) for i, (title, minutes) in enumerate(meeting.points, start=1))] if meeting.points else [
        "Dagordningen kommer senare."]
    last = [f"Dagordningen finns här: {url}"] if url else []
    return clipped(subject, LONGEST_SUBJECT), "\n".join([
        GREETINGS[which].format(by=by), "", meeting.group, *_facts(meeting), "", *agenda, "",
        "Mötet ligger som kalenderfil i brevet. Öppna den, så hamnar det i din kalender.", *last, "", "Hälsningar", f"{by}, {meeting.partnership}"])


def cancellation_words(meeting: InvitedMeeting, *, by: str) -> tuple[str, str]:
    """Return the subject and the text of a letter that says that a meeting is cancelled."""
    return clipped(f"Inställt: {meeting.group}, {when_words(meeting.starts_at, meeting.minutes)}", LONGEST_SUBJECT), "\n".join([
        "Mötet är inställt.", "", meeting.group, *_facts(meeting), "", "Kalenderfilen i brevet tar bort mötet ur din kalender.", "", "Hälsningar",
        f"{by}, {meeting.partnership}"])


def _facts(meeting: InvitedMeeting) -> list[str]:
    when = capitalised(when_words(meeting.starts_at, meeting.minutes))
    return [f"När: {when}", *([f"Var: {meeting.place}"] if meeting.place else [])]


def _point(number: int, title: str, minutes: int | None) -> str:
    return f"{number}) {title}" + (f" ({minutes} min)" if minutes else "")
