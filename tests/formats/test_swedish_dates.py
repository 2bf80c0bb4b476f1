"""Dates as people write them in plans: what is read, what is asked, and what is never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from samsyn.formats.grid import Value
from samsyn.formats.swedish_dates import propose, read_date

TODAY = date(2026, 11, 22)

CERTAIN: dict[Value, date] = {
    "2027-03-31": date(2027, 3, 31), "2027-3-1": date(2027, 3, 1), "2027/03/31": date(2027, 3, 31), "2027.03.31": date(2027, 3, 31),
    "20270331": date(2027, 3, 31), "2027-03": date(2027, 3, 31), "202703": date(2027, 3, 31), "03/2027": date(2027, 3, 31),
    "mars 2027": date(2027, 3, 31), "mars -27": date(2027, 3, 31), "mar-27": date(2027, 3, 31), "Februari 2028": date(2028, 2, 29),
    "2027 mars": date(2027, 3, 31), "sep 2027": date(2027, 9, 30), "May 2027": date(2027, 5, 31),
    "31 mars 2027": date(2027, 3, 31), "den 31:a mars 2027": date(2027, 3, 31), "31 mar. 2027": date(2027, 3, 31), "31 mars -27": date(2027, 3, 31),
    "fredag 12 mars 2027": date(2027, 3, 12), "15 jan 2026": date(2026, 1, 15), "March 31, 2027": date(2027, 3, 31),
    "31/3 2027": date(2027, 3, 31), "31/3-27": date(2027, 3, 31), "31.3.2027": date(2027, 3, 31), "31/12/2026": date(2026, 12, 31),
    "1/2 2026": date(2026, 2, 1), "31-3-2027": date(2027, 3, 31), "3/31/2027": date(2027, 3, 31), "24/12-2026": date(2026, 12, 24),
    "v. 12 2027": date(2027, 3, 28), "v12 -27": date(2027, 3, 28), "vecka 12–14 2027": date(2027, 4, 11), "2027 v 12": date(2027, 3, 28),
    "2027-W12": date(2027, 3, 28), "v 12/2027": date(2027, 3, 28), "v. 50 2026 - v. 2 2027": date(2027, 1, 17), "v. 53 2026": date(2027, 1, 3),
    "Q3 2026": date(2026, 9, 30), "Q3-26": date(2026, 9, 30), "kvartal 3 2026": date(2026, 9, 30), "kv. 3 2026": date(2026, 9, 30),
    "tredje kvartalet 2026": date(2026, 9, 30), "2026 Q3": date(2026, 9, 30), "Q1–Q2 2027": date(2027, 6, 30),
    "2026-01-01 – 2026-06-30": date(2026, 6, 30), "jan–mars 2027": date(2027, 3, 31), "1–15 maj 2027": date(2027, 5, 15),
    "1/3–15/5 2027": date(2027, 5, 15), "1 maj - 30 juni 2027": date(2027, 6, 30), "– 2027-03-31": date(2027, 3, 31),
    "senast 31 mars 2027": date(2027, 3, 31), "klart 2026-05-01": date(2026, 5, 1), "före 1 mars 2027": date(2027, 3, 1),
    "slutet av mars 2027": date(2027, 3, 31), "2027-03-31 kl 14.00": date(2027, 3, 31), "löpande t.o.m. 2027-05-31": date(2027, 5, 31),
    "start 2027-01-15, klart 2027-06-30": date(2027, 6, 30), "2027-03-31 00:00:00": date(2027, 3, 31),
    datetime(2027, 3, 31): date(2027, 3, 31), date(2027, 3, 30): date(2027, 3, 30),
    datetime(2027, 3, 31, 12, 30): date(2027, 3, 31), 20270331: date(2027, 3, 31),
}
ASKED: dict[Value, date | None] = {
    "31 mars": date(2027, 3, 31), "december": date(2026, 12, 31), "mars": date(2027, 3, 31), "v 12": date(2027, 3, 28), "v 48-50": date(2026, 12, 13),
    "Q3": date(2027, 9, 30), "kvartal 3": date(2027, 9, 30), "31/3": date(2027, 3, 31), "prel. 15 maj": date(2027, 5, 15),
    "mar 27": date(2027, 3, 31),
    "ca mars 2027": date(2027, 3, 31), "2027-03-31?": date(2027, 3, 31), "månadsskiftet mars/april 2027": date(2027, 4, 30),
    "15 mars och 20 maj 2027": date(2027, 5, 20), "27-03-31": date(2027, 3, 31), "260101-0331": date(2026, 3, 31), "jul 2026": date(2026, 7, 31),
    "våren 2027 (senast 31 maj)": date(2027, 5, 31), "början av mars 2027": date(2027, 3, 31), "1950-01-01": date(1950, 1, 1),
    46112: date(2026, 3, 31), 46112.5: date(2026, 3, 31),
    "1/2/26": None, "1-2-2026": None, "2027-02-30": None, "2026-13-01": None, "31 april 2027": None, "v. 53 2027": None, "1827-01-01": None,
    "2027": None, "under 2027": None, "2026/2027": None, "H1 2027": None, "första halvåret 2027": None, "våren 2027": None, "hösten": None,
    "VT 2027": None,
    "före sommaren": None, "vid årsskiftet": None, "till jul": None, "snarast": None, "omgående": None, "ska bestämmas": None, "?": None,
    "Klart": None,
    "efter 1 mars 2027": None, "fr.o.m. 2027-01-01": None, "2026-01-01 –": None,
    "när snön har smält": None, 5: None, 2027: None, 1e12: None, True: None,
    float("nan"): None,
}
LASTING = ("löpande", "Löpande under året", "tills vidare", "kontinuerligt", "årligen", "årligen i mars", "varje fredag", "Fre/lör kvällar",
    "2 ggr/år",
           "två gånger per termin", "vid behov", "hela året", "-", "–", "", None)


@pytest.mark.parametrize(("typed", "day"), CERTAIN.items())
def test_a_date_that_can_mean_one_day_is_read(typed: Value, day: date) -> None:
    read = read_date(typed, TODAY)

    assert (read.interpreted, read.ask) == (day, False)


@pytest.mark.parametrize(("typed", "day"), ASKED.items())
def test_a_date_that_can_mean_more_is_asked_about(typed: Value, day: date | None) -> None:
    read = read_date(typed, TODAY)

    assert (read.interpreted, read.ask) == (day, True)


@pytest.mark.parametrize("typed", LASTING)
def test_what_goes_on_has_no_date_and_needs_no_question(typed: str | None) -> None:
    read = read_date(typed, TODAY)

    assert (read.interpreted, read.ask) == (None, False)


@pytest.mark.parametrize("typed", ["våren 2027", "31/3-27", "löpande", "v. 12–14 2027"])
def test_the_words_stay_as_typed(typed: str) -> None:
    assert read_date(f" {typed} ", TODAY).typed == typed


def test_a_month_without_year_is_the_next_one() -> None:
    assert read_date("november", TODAY).interpreted == date(2026, 11, 30)
    assert read_date("november", date(2026, 12, 1)).interpreted == date(2027, 11, 30)


@pytest.mark.parametrize(("typed", "day"), [
    ("våren 2027", date(2027, 5, 31)), ("våren", date(2027, 5, 31)), ("hösten", date(2026, 11, 30)), ("hösten 2027", date(2027, 11, 30)),
    ("vintern 2026", date(2027, 2, 28)), ("VT-27", date(2027, 6, 15)), ("före sommaren", date(2027, 5, 31)), ("H1 2027", date(2027, 6, 30)),
    ("2027", date(2027, 12, 31)), ("årsskiftet", date(2026, 12, 31)), ("mars 2027", date(2027, 3, 31)), ("löpande", None), ("snarast", None),
    ("2027-02-30", None), ("1/2/26", None), ("", None),
])
def test_a_day_is_proposed_for_words_that_are_none(typed: str, day: date | None) -> None:
    assert propose(typed, TODAY) == day
