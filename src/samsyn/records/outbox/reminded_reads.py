"""How often somebody has been reminded of each thing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Max

from samsyn.chain.my_week import Sent
from samsyn.chain.wording import local_day
from samsyn.records.outbox.models import GONE_OUT, Letter, LetterKind, LetterState, Notice


def reminded(partnership: UUID) -> dict[str, Sent]:
    """Return subject -> how many letters of reminders about it have gone out, and the day of the last one. Two queries."""
    notices = Notice.objects.within(partnership).filter(letter__state__in=GONE_OUT, letter__kind=LetterKind.NOTICES).order_by().values("subject_id")
    found = {str(subject): Sent(count, local_day(last)) for subject, count, last in
             notices.annotate(letters=Count("letter_id", distinct=True), last=Max("letter__sent_at")).values_list("subject_id", "letters", "last")}
    by_hand = Letter.objects.within(partnership).filter(kind=LetterKind.NOTICES, state__in=GONE_OUT, subject_id__isnull=False).order_by()
    for subject, count, last in by_hand.values("subject_id").annotate(letters=Count("id"), last=Max("sent_at")).values_list("subject_id", "letters", "last"):
        before = found.get(str(subject))
        day = local_day(last)
        found[str(subject)] = Sent(count + before.count, max(day, before.last_on)) if before else Sent(count, day)
    return found


def waiting_reminders(partnership: UUID) -> frozenset[str]:
    """Return the subjects that a letter of reminders of its own is written about and has not gone out."""
    rows = Letter.objects.within(partnership).filter(kind=LetterKind.NOTICES, subject_id__isnull=False, state__in=[LetterState.READY, LetterState.SENDING])
    return frozenset(str(subject) for subject in rows.values_list("subject_id", flat=True))
