"""A line of a meeting: what it is understood as, and that no word of it is lost."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samsyn.chain.meeting_line import MOST_LINES, UnderstoodLine, fits, lines_in, understand
from samsyn.chain.meeting_values import LineKind
from samsyn.chain.notice_values import Person

TODAY = date(2026, 11, 23)  # a Monday
BO = Person("Bo", "bo@granvikshus.example")
PEOPLE = (BO, Person("Nour"), Person("Anna Ek", "anna@granviken.example"), Person("Anna Öberg"), Person("Åsa Lind"), Person("Bo-Göran Ström"))
NOTE, DECISION, ASSIGNMENT = LineKind.NOTE, LineKind.DECISION, LineKind.ASSIGNMENT


def read(text: str, today: date = TODAY) -> UnderstoodLine:
    return understand(text, PEOPLE, today)


@pytest.mark.parametrize(("text", "owner", "left", "due_on"), [
    ("Bo: belysning Parkvägen före 15 mars", "Bo", "belysning Parkvägen", date(2027, 3, 15)),
    ("Bo, Granvikshus: laga lampan senast fredag", "Bo", "laga lampan (Granvikshus)", date(2026, 11, 27)),
    ("@Nour tar nattvandringen till 1/12", "Nour", "tar nattvandringen", date(2026, 12, 1)),
    ("Ring skolan @Nour till 1/12", "Nour", "Ring skolan", date(2026, 12, 1)),
    ("bo: ring Anna", "Bo", "ring Anna", None),
    ("ASA LIND: ring i morgon", "Åsa Lind", "ring", date(2026, 11, 24)),
    ("Bo-Göran: mät lampan", "Bo-Göran Ström", "mät lampan", None),
    ("Bo lagar lampan senast fredag", "Bo", "lagar lampan", date(2026, 11, 27)),
    ("Uppdrag: Nour ringer skolan", "Nour", "ringer skolan", None),
    ("Lisa på Coop: flytta vagnarna 2027-01-10", "Lisa på Coop", "flytta vagnarna", date(2027, 1, 10)),
    ("Bo: 15 mars", "Bo", "15 mars", date(2027, 3, 15)),
    ("Bo: lampan fredag kl. 13", "Bo", "lampan fredag kl. 13", date(2026, 11, 27)),
    ("Bo: senast fredag laga lampan", "Bo", "senast fredag laga lampan", date(2026, 11, 27)),
])
def test_an_assignment_has_its_owner_words_and_day(text: str, owner: str, left: str, due_on: date | None) -> None:
    line = read(text)
    assert (line.kind, line.owner, line.text, line.due_on, line.fault) == (ASSIGNMENT, owner, left, due_on, "")


@pytest.mark.parametrize(("said", "day"), [
    ("15 mars", date(2027, 3, 15)), ("15/3", date(2027, 3, 15)), ("2027-03-15", date(2027, 3, 15)), ("den 15:e mars", date(2027, 3, 15)),
    ("15 mars 2028", date(2028, 3, 15)), ("15/3-28", date(2028, 3, 15)), ("15 mars nästa år", date(2027, 3, 15)), ("30 nov", date(2026, 11, 30)),
    ("23 november", TODAY), ("22 november", date(2027, 11, 22)), ("fredag", date(2026, 11, 27)), ("på fredag", date(2026, 11, 27)),
    ("måndag", date(2026, 11, 30)), ("nästa fredag", date(2026, 12, 4)), ("fredag nästa vecka", date(2026, 12, 4)), ("v. 12", date(2027, 3, 28)),
    ("vecka 12", date(2027, 3, 28)), ("före v. 12", date(2027, 3, 21)), ("fredag v. 12", date(2027, 3, 26)), ("v 48", date(2026, 11, 29)),
    ("v. 47", date(2027, 11, 28)),
    ("v. 53", date(2027, 1, 3)), ("i slutet av mars", date(2027, 3, 31)), ("i början av mars", date(2027, 3, 10)), ("i mitten av mars", date(2027, 3, 15)),
    ("i mars", date(2027, 3, 31)), ("före mars", date(2027, 2, 28)), ("om två veckor", date(2026, 12, 7)), ("inom 14 dagar", date(2026, 12, 7)),
    ("om en månad", date(2026, 12, 23)), ("om ett halvår", date(2027, 5, 23)), ("i veckan", date(2026, 11, 29)), ("nästa vecka", date(2026, 12, 6)),
    ("i slutet av nästa vecka", date(2026, 12, 6)), ("i dag", TODAY), ("i övermorgon", date(2026, 11, 25)), ("före årsskiftet", date(2026, 12, 31)),
    ("senast onsdagen den 25 november", date(2026, 11, 25)), ("t.o.m. 15 mars", date(2027, 3, 15)),
])
def test_a_day_is_read_as_people_say_it_and_lies_ahead(said: str, day: date) -> None:
    line = read(f"Bo: laga lampan {said}")
    assert (line.due_on, line.text, line.fault) == (day, "laga lampan", "")


@pytest.mark.parametrize("said", ["varje fredag", "från 15 mars", "efter 15 mars", "1-15 mars", "mellan 1 och 15 mars", "vid 50/50", "med Jan", "i framtiden",
                                  "på fredagar"])
def test_what_is_no_day_to_be_done_by_stays_in_the_text(said: str) -> None:
    line = read(f"Bo: laga lampan {said}")
    assert (line.due_on, line.text, line.fault) == (None, f"laga lampan {said}", "")


@pytest.mark.parametrize("said", ["30 februari", "31/4", "2027-02-30", "29 februari", "v. 60", "senast 50/50"])
def test_a_day_that_does_not_exist_is_said_and_its_words_stay(said: str) -> None:
    line = read(f"Bo: laga lampan {said}")
    assert (line.kind, line.due_on, line.text) == (ASSIGNMENT, None, f"laga lampan {said}")
    assert line.fault == f"{said.removeprefix('senast ')} finns inte. Skriv en annan dag."


def test_the_29th_of_february_is_a_day_in_a_leap_year() -> None:
    assert read("Bo: laga lampan 29 februari", date(2027, 6, 1)).due_on == date(2028, 2, 29)


def test_a_day_that_is_past_is_kept_and_asked_about() -> None:
    line = read("Bo: laga lampan den 1 januari 2020")
    assert (line.due_on, line.fault) == (date(2020, 1, 1), "2020-01-01 har redan varit. Stämmer dagen?")


@pytest.mark.parametrize(("text", "left"), [
    ("Beslut: vi flyttar ställen", "vi flyttar ställen"), ("BESLUT 3: vi flyttar ställen", "vi flyttar ställen"),
    ("Vi beslutar att flytta ställen", "Vi beslutar att flytta ställen"), ("Styrgruppen beslutade att vänta", "Styrgruppen beslutade att vänta"),
    ("Det beslutas att vänta", "Det beslutas att vänta"),
])
def test_a_decision_is_known_by_its_words(text: str, left: str) -> None:
    line = read(text)
    assert (line.kind, line.text, line.owner) == (DECISION, left, "")


@pytest.mark.parametrize("text", [
    "Obs: mötet flyttas till 15 mars", "Obs: lampan är trasig", "Lisa: ring skolan", "Bo:", "Beslut:", "@", "Vi talade om Bo: han är borta",
    "Kl 13:15 fredag", "https://granviken.example/ 15 mars", "Anna Ek berättade om mötet den 15 mars", "Bo var borta", "---", "2027: nytt år 15 mars",
    "Bo Ek lagar lampan senast fredag", "Bo 2: laga lampan senast fredag"])
def test_an_ordinary_sentence_is_a_note_as_it_was_typed(text: str) -> None:
    line = read(text)
    assert (line.kind, line.text, line.owner, line.due_on) == (NOTE, text, "", None)


def test_a_first_name_that_two_people_have_is_asked_about() -> None:
    line = read("Anna: ring skolan på måndag")
    assert (line.owner, line.person, line.choices) == ("Anna", None, ("Anna Ek", "Anna Öberg"))
    assert line.fault == "Vem menas? Välj Anna Ek eller Anna Öberg."
    assert read("Anna Ek: ring skolan på måndag").person == Person("Anna Ek", "anna@granviken.example")


def test_an_assignment_without_anybody_asks_who() -> None:
    assert read("Uppdrag: ring skolan").fault.startswith("Vem gör det?")


def test_a_name_fits_whole_before_it_fits_in_part() -> None:
    assert fits("Bo", PEOPLE) == (BO,)
    assert fits("", PEOPLE) == fits("B", PEOPLE) == ()


def test_pasted_lines_are_rows_but_a_whole_document_stays_together() -> None:
    assert lines_in("Bo: en sak\r\n\r\n  Beslut: två  \n") == ("Bo: en sak", "Beslut: två")
    assert lines_in(" \n") == ()
    many = "\n".join(f"rad {number}" for number in range(MOST_LINES + 1))
    assert lines_in(many) == (many,)


WORDS = st.sampled_from([
    "Bo", "Bo:", "@Nour", "Anna,", "Åsa", "Granvikshus:", "Beslut:", "Obs:", "före", "senast", "15", "mars", "15/3", "fredag", "nästa", "v.", "12", "om", "två",
    "veckor", "i", "slutet", "av", "den", "2027-03-15", "30", "februari", "lampan", "kl.", "13", "Uppdrag:", "(", ")", ",", ".",
    "–", "\n", "\t", ":", "@", "å"])
LINES = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=80), st.lists(WORDS, max_size=6).map("".join))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@given(LINES, st.dates(date(1990, 1, 1), date(2190, 1, 1)))
@example("Bo, Granvikshus: laga lampan senast fredag", TODAY)
@example("@Nour, ring till 1/12", TODAY)
def test_whatever_the_line_its_words_come_back(text: str, today: date) -> None:
    line = understand(text, PEOPLE, today)
    back = words(f"{line.text} {line.kind_words} {line.owner_words} {line.due_words}")
    assert not words(text) - back
    assert bool(line.text) == bool(text.strip())


@given(LINES, st.dates(date(1990, 1, 1), date(2190, 1, 1)))
def test_what_is_taken_out_of_a_text_is_said_by_kind_owner_and_day(text: str, today: date) -> None:
    line = understand(text, PEOPLE, today)
    assert bool(line.owner) == (line.kind is ASSIGNMENT)
    assert not line.owner_words or line.person or line.owner == line.owner_words
    assert not line.due_words or line.due_on
    assert not line.kind_words or line.kind is not NOTE or line.kind_words.casefold().startswith(("anteckning", "not"))


@pytest.mark.parametrize("text", ["a" * 10_000, "Bo: " + "x " * 5_000, "före " * 2_500, "@" * 10_000, "15 mars " * 1_500, ": " * 5_000,
                                  " " * 10_000 + "Bo: lampan"])
def test_a_line_without_end_is_read_as_any_other(text: str) -> None:
    line = read(text)
    assert not words(text) - words(f"{line.text} {line.owner_words} {line.due_words}")
