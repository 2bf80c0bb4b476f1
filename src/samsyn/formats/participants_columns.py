"""
Which column of a participants' sheet is what: by its header, and where a header can mean two things by what stands under it.

"start" over days is the day an episode began; over numbers it is the score at the start. Two columns that fit equally
well are both left, and named: nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import Enum

from samsyn.formats.grid import Value
from samsyn.formats.problems import Refused
from samsyn.formats.series_dates import Grain, read_period
from samsyn.formats.series_numbers import Standing, read_number

CORE = "core_"
AGE = "age"
SAMPLE = 200  # cells looked at to tell what a column holds

LABELS: Mapping[str, str] = {
    "id": "kod", "unit": "enhet", "sex": "kön", "target_group": "målgrupp", "end_reason": "avslutsorsak", "birth_year": "födelseår",
    AGE: "ålder vid start", "referred": "aktualiserad", "start": "startdatum", "end": "slutdatum", "planned": "planerat", "delivered": "genomfört",
    "score_start": "poäng vid start", "score_end": "poäng vid slut", "score_follow_up": "poäng vid uppföljning",
}  # fmt: skip
"""Field to the Swedish words a person reads."""


class Kind(Enum):
    """What most filled cells of a column hold."""

    WORDS = "ord"
    NUMBERS = "tal"
    DATES = "datum"
    NOTHING = "ingenting"


@dataclass(frozen=True, slots=True)
class Header:
    """A column of the sheet: its place from 0, its header as it stands, and what it holds."""

    place: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Unclear:
    """A field that several columns fit equally well."""

    field: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which column each field is read from, and the fields that could not be settled."""

    fields: Mapping[str, Header]
    unclear: tuple[Unclear, ...] = ()


def plain_header(text: str) -> str:
    """Return a header as it is compared: small letters without accents, words parted by one space: "score_in" is "score in"."""
    apart = re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", unicodedata.normalize("NFKC", text))
    letters = "".join(sign for sign in unicodedata.normalize("NFD", apart.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


# Names that mean one thing, whatever stands under them.
SURE: Mapping[str, frozenset[str]] = {
    "id": _words("kod, id, client code, client id, klientkod, klient id, klientid, deltagarkod, deltagar id, deltagarid, deltagare id, personkod, "
                 "participant code, participant id, participant, respondent id, respondent, kodnummer, kodnr, brukarkod, idnr, id nr, idkod, id kod, "
                 "deltagarnummer, deltagarnr, lopnummer, lopnr"),
    "unit": _words("enhet, unit, verksamhet, mottagning, team, site, enhetens namn, verksamhetens namn"),
    "sex": _words("kon, sex, gender, juridiskt kon, konstillhorighet"),
    "target_group": _words("malgrupp, target group, targetgroup, malgruppen, i malgruppen, i malgrupp, inom malgruppen, tillhor malgruppen, in target group"),
    "end_reason": _words("avslutsorsak, end reason, orsak till avslut, avslutningsorsak, avslutssatt, avslutsskal, orsak avslut, avslut orsak, "
                         "skal till avslut, hur avslutades, reason for ending, discharge reason"),
    "birth_year": _words("fodelsear, birth year, birthyear, fodd ar, fodd, year of birth, yob, ar fodd"),
    AGE: _words("alder, age, alder vid start, age at start"),
    "referred": _words("aktualiserad, aktualisering, aktualiseringsdatum, remiss, remissdatum, remitterad, anmald, anmalan, anmalningsdatum, ansokan, "
                       "ansokningsdatum, referred, referral, referral date, inkommen, datum for aktualisering, datum aktualisering, date referred"),
    "start": _words("startdatum, start date, startdate, insatsstart, datum start, datum for start, inskrivningsdatum, date started, started on, "
                    "forsta tillfalle"),
    "end": _words("slutdatum, end date, enddate, avslutsdatum, datum slut, datum avslut, datum for avslut, utskrivningsdatum, insatsslut, date ended, "
                  "ended on, discharge date, sista tillfalle"),
    "planned": _words("planerade, planerat, planned, sessions planned, planned sessions, planerade tillfallen, planerade traffar, antal planerade, "
                      "planerad dos"),
    "delivered": _words("genomforda, genomfort, delivered, sessions delivered, delivered sessions, genomforda tillfallen, genomforda traffar, "
                        "antal genomforda, sessions attended, attended, levererade, genomford dos"),
    "score_start": _words("score in, score start, start score, startvarde, startpoang, poang start, poang fore, poang vid start, score pre, pre score, "
                          "pretest, formatning, score before, baseline score, ingangsvarde, varde start, varde fore, varde vid start, "
                          "matvarde start, skattning fore, skattning start, skattning vid start"),
    "score_end": _words("score out, score end, end score, slutvarde, slutpoang, poang slut, poang efter, poang vid slut, score post, post score, "
                        "posttest, eftermatning, score after, varde slut, varde efter, varde vid slut, matvarde slut, skattning efter, "
                        "skattning slut, skattning vid slut, poang vid avslut"),
    "score_follow_up": _words("score fu, score follow up, score followup, follow up score, uppfoljningsvarde, uppfoljningspoang, poang uppfoljning, "
                              "poang vid uppfoljning, varde uppfoljning, varde vid uppfoljning, skattning uppfoljning, skattning vid uppfoljning"),
}  # fmt: skip

# Names that mean a thing only if the column holds what the thing is made of.
MAYBE: tuple[tuple[str, Kind, frozenset[str]], ...] = (
    ("start", Kind.DATES, _words("start, paborjad, paborjades, paborjat, inskriven, inskrivning, borjade, borjar, fran, from, started, "
                                 "intake, admitted, insats start")),
    ("end", Kind.DATES, _words("slut, end, avslut, avslutad, avslutades, avslutat, utskriven, utskrivning, till, to, ended, closed, discharge, insats slut")),
    ("score_start", Kind.NUMBERS, _words("start, fore, pre, before, baseline, ingang, in, vid start, vid inskrivning, formatning, forematning, fore insats")),
    ("score_end", Kind.NUMBERS, _words("slut, efter, end, post, after, out, vid slut, vid avslut, avslut, eftermatning, efter insats, utgang")),
    ("score_follow_up", Kind.NUMBERS, _words("uppfoljning, follow up, followup, fu, vid uppfoljning, uppf")),
    ("end_reason", Kind.WORDS, _words("avslut, avslutad, slut, orsak, reason, avslutningssatt, ending, outcome, exit reason, skal")),
    ("target_group", Kind.WORDS, _words("grupp malgrupp, target, malgrupper")),
    ("id", Kind.WORDS, _words("klient, deltagare, person, brukare, individ, client, code, case, nr, nummer, no, subject")),
    ("id", Kind.NUMBERS, _words("klient, deltagare, person, brukare, individ, client, code, nr, nummer, no, subject, rad")),
)  # fmt: skip

_BEFORE = _words("fore, start, pre, in, ingang, baseline, before, inskrivning, startmatning, formatning, forematning, paborjad, insatsstart")
_AFTER = _words("efter, slut, end, post, out, avslut, after, utskrivning, slutmatning, eftermatning, avslutad, insatsslut")
_LATER = _words("uppfoljning, fu, follow, followup, uppf, uppfoljningen")
_REFERRED = ("aktualis", "remi", "anmal", "ansok", "referr", "inkom")
_PLANNED, _DELIVERED = ("planerad", "planerat", "planned"), ("genomford", "genomfort", "delivered", "attended", "levererad")
_BY_STEM: tuple[tuple[str, Kind | None, tuple[str, ...]], ...] = (
    ("target_group", None, ("malgrupp",)), ("birth_year", None, ("fodelsear",)), ("unit", Kind.WORDS, ("enhet", "verksamhet")),
    ("planned", Kind.NUMBERS, _PLANNED), ("delivered", Kind.NUMBERS, _DELIVERED), ("referred", Kind.DATES, _REFERRED),
)  # fmt: skip
_CORE = re.compile(r"(?:karn(?:a|komponent(?:er)?)?|core(?: component)?)\b ?(?P<name>.*)|karn(?P<rest>\w.*)")


def could_be(header: str) -> bool:
    """Return whether a header is known, whatever stands under it: how a row of headers is told from a title."""
    plain = plain_header(header)
    return bool(plain) and any(_rank(plain, field, kind) for kind in (Kind.DATES, Kind.NUMBERS, Kind.WORDS) for field in LABELS) or bool(core_name(header))


def field_of(header: str) -> str:
    """Return the field that a whole header names over some contents, numbers before days before words; "" if none."""
    plain = plain_header(header)
    kinds = (Kind.NUMBERS, Kind.DATES, Kind.WORDS)
    return next((field for kind in kinds for field in LABELS if plain and _rank(plain, field, kind) in (1, 2)), "")


def could_be_words(header: str) -> bool:
    """Return whether a header is, over words, that of a group: unit, sex, target group or reason of ending."""
    return _could_be(header, ("unit", "sex", "target_group", "end_reason"), Kind.WORDS)


def could_be_numbers(header: str) -> bool:
    """Return whether a header is, over numbers, that of a score, an amount, an age or a year of birth."""
    return _could_be(header, ("score_start", "score_end", "score_follow_up", "planned", "delivered", AGE, "birth_year"), Kind.NUMBERS)


def _could_be(header: str, fields: Iterable[str], kind: Kind) -> bool:
    plain = plain_header(header)
    return bool(plain) and any(_rank(plain, field, kind) for field in fields)


def says_belonging(header: str) -> bool:
    """Return whether a header asks if somebody is in the target group, so that yes and no are answers."""
    return bool(re.match(r"(?:i|inom|tillhor|in|ar i) (?:malgrupp|target)", plain_header(header)))


def core_name(header: str) -> str:
    """Return the name of the core component a header says: "core_parents" is "parents", "Kärnkomponent: samtal" is "samtal"; "" if none."""
    found = _CORE.fullmatch(plain_header(header))
    if not found:
        return ""
    shown = re.sub(r"(?i)^\s*(?:kärn(?:a|komponent(?:er)?)?|core(?:[ _-]?component)?)?[\s:_.-]*", "", header).strip()
    return shown or header.strip()


def chosen_columns(headers: Sequence[Header], wished: Mapping[str, str], stated: Mapping[str, str] | None = None) -> Choice:
    """
    Return which column each field is read from.

    wished   field (or its Swedish word) to the header the user named: must be there
    stated   the same from a settings file, which may be written for more sheets than this: used where it fits
    raises   Refused   for a field there is none of, or a wished header that is not in the sheet; with the nearest
    """
    fields = _as_told(headers, wished, stated or {})
    unclear: list[Unclear] = []
    for header in _free(headers, fields):
        if name := core_name(header.text):
            fields.setdefault(CORE + name, header)
    free = [header for header in _free(headers, fields) if not core_name(header.text)]
    for field in LABELS:
        if field in fields:
            continue
        best = _best(field, free)
        if len(best) == 1:
            fields[field] = best[0]
        elif best:
            unclear.append(Unclear(field, tuple(header.text for header in best)))
    if AGE in fields and "birth_year" in fields:
        del fields[AGE]
    return Choice(fields, tuple(unclear))


def _as_told(headers: Sequence[Header], wished: Mapping[str, str], stated: Mapping[str, str]) -> dict[str, Header]:
    """Return the columns the user and the settings name; the user's word is stronger."""
    told = {field_named(name): found for name, header in stated.items() if (found := _named(headers, header)) is not None}
    return told | {field_named(name): _must_be_named(headers, header) for name, header in wished.items()}


def _free(headers: Sequence[Header], fields: Mapping[str, Header]) -> list[Header]:
    taken = {header.place for header in fields.values()}
    return [header for header in headers if header.place not in taken and header.text]


def field_named(name: str) -> str:
    """Return the field a user means by its English name, its Swedish word or any name of SURE. Raises Refused with the nearest."""
    plain = plain_header(name)
    known = {plain_header(field): field for field in LABELS} | {plain_header(label): field for field, label in LABELS.items()}
    known |= {"fore": "score_start", "efter": "score_end", "uppfoljning": "score_follow_up", "slut": "end", "start": "start"}
    known |= {"follow up": "score_follow_up"}
    if plain in known:
        return known[plain]
    if plain.startswith(("core ", "karn")):
        return CORE + (core_name(name) or plain)
    sure = next((field for field, names in SURE.items() if plain in names), None)
    if sure:
        return sure
    near = get_close_matches(plain, known, 1)
    meant = f" Menade du {known[near[0]]}?" if near else ""
    raise Refused(f"”{name}” är ingen uppgift som analysen känner.{meant} De som finns: {', '.join(LABELS)}.")


def _named(headers: Iterable[Header], wanted: str) -> Header | None:
    """Return the column with this header: letter by letter, else as headers are compared."""
    known = list(headers)
    exact = [header for header in known if header.text.strip() == wanted.strip()]
    return next(iter(exact or [header for header in known if plain_header(header.text) == plain_header(wanted) and plain_header(wanted)]), None)


def _must_be_named(headers: Sequence[Header], wanted: str) -> Header:
    found = _named(headers, wanted)
    if found is None:
        there = [header.text for header in headers if header.text]
        near = get_close_matches(wanted, there, 1, 0.5)
        meant = f" Menade du {near[0]}?" if near else ""
        raise Refused(f"Det finns ingen kolumn som heter {wanted}.{meant} Kolumnerna är: {', '.join(there[:40])}.")
    return found


def _best(field: str, headers: Sequence[Header]) -> list[Header]:
    """Return the columns that fit the field best: one, several if it is unclear, none."""
    ranks = {header.place: _rank(plain_header(header.text), field, header.kind) for header in headers}
    top = min((rank for rank in ranks.values() if rank), default=0)
    return [header for header in headers if top and ranks[header.place] == top]


def _rank(plain: str, field: str, kind: Kind) -> int:
    """Return how well a header fits a field: 1 surely, 2 by name and contents, 3 by a part of its name and contents; 0 not."""
    if plain in SURE.get(field, ()):
        return 1
    if any(plain in names and of == field and kind is needed for of, needed, names in MAYBE):
        return 2
    if any(plain in names for names in SURE.values()):
        return 0
    return 3 if _by_parts(plain.split(), kind) == field else 0


def _by_parts(words: list[str], kind: Kind) -> str:
    """Return the field that the words of a longer header point at ("KASAM före", "datum för avslut"); "" if none or two."""
    for field, needed, stems in _BY_STEM:
        if any(word.startswith(stems) for word in words) and needed in (None, kind):
            return field
    if "avslut" in " ".join(words) and any(word.startswith(("orsak", "skal", "reason")) for word in words):
        return "end_reason"
    if "kon" in words and kind is Kind.WORDS:
        return "sex"
    is_before, is_after, is_later = (bool(names.intersection(words)) for names in (_BEFORE, _AFTER, _LATER))
    if kind is Kind.NUMBERS:
        return "score_follow_up" if is_later else "" if is_before == is_after else "score_start" if is_before else "score_end"
    if kind is Kind.DATES and not is_later and is_before != is_after:
        return "start" if is_before else "end"
    return ""


def kind_of_cells(values: Iterable[Value]) -> Kind:
    """Return what most of the filled cells hold; cells that say that nothing is known are passed over."""
    seen: Counter[Kind] = Counter()
    serials = 0
    for value in values:
        kind = _kind_of_cell(value)
        if kind is None:
            continue
        seen[kind] += 1
        serials += kind is Kind.NUMBERS and _is_serial(value)
        if seen.total() >= SAMPLE:
            break
    if not seen:
        return Kind.NOTHING
    kind = seen.most_common(1)[0][0]
    return Kind.DATES if kind is Kind.NUMBERS and serials == seen[kind] and serials > 0 else kind


def _kind_of_cell(value: Value) -> Kind | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return Kind.WORDS
    if isinstance(value, date):
        return Kind.DATES
    number = read_number(value)
    if number.standing in (Standing.MISSING, Standing.HIDDEN):
        return None
    if number.standing is Standing.VALUE and number.value is not None:
        return Kind.DATES if 19_000_101 <= number.value <= 21_001_231 else Kind.NUMBERS
    text = str(value).strip()
    if _LIKE_A_NUMBER.fullmatch(text):
        return Kind.NUMBERS
    return Kind.DATES if _LIKE_A_DAY.fullmatch(text) or read_period(value).grain is Grain.DAY else Kind.WORDS


_LIKE_A_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", re.ASCII)  # 2025-02-30: meant as a day
_LIKE_A_NUMBER = re.compile(r"-?\d+[.,]\d+", re.ASCII)  # 1.125: a number, whichever


def _is_serial(value: Value) -> bool:
    """Return whether a number may be Excel's number of a day, 1982 to 2064."""
    number = read_number(value).value
    return number is not None and number == int(number) and 30_000 <= number <= 60_000
