"""Notices that wait are claimed into letters: one a person, and only what is still true when it is claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samsyn.chain.letter_values import About, AboutKey, LetterLine, about_key, abouts, letter_line
from samsyn.chain.letter_words import letter_words
from samsyn.chain.notice_values import DueNotice, NoticeKind, Person, ToldAs
from samsyn.chain.notices import derive
from samsyn.chain.page_paths import path_about
from samsyn.chain.public_holidays import working_day_from
from samsyn.chain.sending_time import may_write_to
from samsyn.flows.notices.gather import POST, everything
from samsyn.records.access.acts import Act
from samsyn.records.access.writes import writing
from samsyn.records.outbox.link_writes import LINK_LASTS
from samsyn.records.outbox.many_links_writes import Wanted, make_answer_links
from samsyn.records.outbox.notice_reads import Key, WaitingNotice, last_letters, waiting_notices
from samsyn.records.outbox.notice_writes import NewLetter, TakenMeanwhile, drop_notices, key_of, put_in_letters
from samsyn.records.outbox.reads import kept_address
from samsyn.records.partnership.people_reads import partnership_name

LETTERS_AT_ONCE = 50  # in one transaction: others who write wait meanwhile
HAS_A_DAY_AHEAD = {NoticeKind.DUE_SOON, NoticeKind.BLOCKS_OTHERS, NoticeKind.BEFORE_MEETING, NoticeKind.STEERING_DATE}
MAY_ANSWER = {ToldAs.RESPONSIBLE, ToldAs.SUBSTITUTE, ToldAs.CONTACT}

Waiting = dict[str, list[WaitingNotice]]  # by person


@dataclass(frozen=True, slots=True)
class Claimed:
    """How many letters were written, and how many notices were dropped because they were no longer true."""

    letters: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every letter of a partnership is written with."""

    partnership: UUID
    name: str
    base_url: str
    contact: Person | None
    about: Mapping[AboutKey, About]
    true: Mapping[Key, DueNotice]
    today: date
    at: datetime


def claim_letters(partnership: UUID, today: date, at: datetime, base_url: str) -> Claimed:
    """
    Write the letters of those who may be written to now. Nothing is derived when nobody may.

    Two processes at once: each notice comes into one letter, for the one that writes first takes it.
    """
    waiting, last = _by_person(waiting_notices(partnership)), last_letters(partnership)
    if not any(_may_write(notices, last, today) for notices in waiting.values()):
        return Claimed()
    known = everything(partnership, today)
    true = {key_of(notice): notice for notice in derive(known, today)}
    untrue = [notice.id for notices in waiting.values() for notice in notices if notice.key not in true]
    drop_notices(partnership=partnership, notices=untrue, actor=POST, at=at)
    still = {person: [notice for notice in notices if notice.key in true] for person, notices in waiting.items()}
    now = [notices for notices in still.values() if notices and _may_write(notices, last, today)]
    writer = _Writer(partnership, partnership_name(partnership), base_url, next(iter(known.coordinators), None), abouts(known), true, today, at)
    return Claimed(sum(_write(writer, now[start:start + LETTERS_AT_ONCE]) for start in range(0, len(now), LETTERS_AT_ONCE)), len(untrue))


def is_due_before_next_working_day(notice: WaitingNotice, today: date) -> bool:
    """Return whether what a notice is about is due today, or no later than the next working day: after that it would be too late to tell."""
    return (notice.about_on is not None and NoticeKind(notice.key[0]) in HAS_A_DAY_AHEAD
            and today <= notice.about_on <= working_day_from(today + timedelta(days=1)))


def _by_person(notices: Sequence[WaitingNotice]) -> Waiting:
    found: Waiting = {}
    for notice in notices:
        if not notice.is_on_list:
            found.setdefault(notice.person, []).append(notice)
    return found


def _may_write(notices: Sequence[WaitingNotice], last: Mapping[str, date], today: date) -> bool:
    is_pressing = any(is_due_before_next_working_day(notice, today) for notice in notices)
    return may_write_to(last.get(notices[0].person), is_pressing, today)


def _write(writer: _Writer, people: Sequence[Sequence[WaitingNotice]]) -> int:
    """Write the letters of some people in one act. Returns how many; 0 if another process has written them."""
    act = Act(kind="letter.composed", words=f"skrev påminnelser till {len(people)} personer", partnership=writer.partnership)
    try:
        with writing(actor=POST, at=writer.at, act=act):
            links = make_answer_links(partnership=writer.partnership, wanted=list(_wanted(writer, people)), actor=POST, at=writer.at)
            letters = [_letter(writer, notices, links) for notices in people]
            return put_in_letters(partnership=writer.partnership, letters=letters, actor=POST, at=writer.at)
    except TakenMeanwhile:
        return 0


def _wanted(writer: _Writer, people: Sequence[Sequence[WaitingNotice]]) -> Iterator[Wanted]:
    """Yield the links that the letters need."""
    yield from dict.fromkeys(wish for notices in people for notice in notices if (wish := _wish(writer.true[notice.key])))


def _wish(notice: DueNotice) -> Wanted | None:
    """Return the link that a notice needs, or None where the one who is told is not the one to answer."""
    if notice.subject_kind not in ("action", "assignment") or notice.told_as not in MAY_ANSWER:
        return None
    return Wanted(notice.subject_kind, UUID(notice.subject), notice.person)


def _letter(writer: _Writer, notices: Sequence[WaitingNotice], links: Mapping[Wanted, UUID]) -> NewLetter:
    told = [writer.true[notice.key] for notice in notices]
    person = told[0].person
    lines = [_line(writer, notice, links) for notice in told]
    words = letter_words(person, lines, answer_days=LINK_LASTS.days, today=writer.today, contact=writer.contact, partnership=writer.name,
                         home=f"{writer.base_url}/")
    return NewLetter(person=person, subject=words.subject, text=words.text, html=words.html, notices=tuple(notice.id for notice in notices))


def _line(writer: _Writer, notice: DueNotice, links: Mapping[Wanted, UUID]) -> LetterLine:
    wish = _wish(notice)
    answer_url = kept_address(writer.base_url, links[wish]) if wish else ""
    url = writer.base_url + path_about(notice.subject_kind, notice.subject, notice.plan)
    return letter_line(notice, writer.about[about_key(notice)], url=url, answer_url=answer_url)
