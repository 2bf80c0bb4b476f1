"""What only a whole row, or the rows together, can show: an end before the start, the same participant twice, a row of sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samsyn.chain.wording import listed, number_words
from samsyn.formats.participants_columns import AGE, LABELS
from samsyn.formats.participants_values import OLDEST
from samsyn.formats.personal_numbers import redact
from samsyn.formats.problems import Weight
from samsyn.formats.remarks import Remarks

_SUMS = frozenset({"summa", "totalt", "total", "sum", "medel", "medelvärde", "median", "mean", "antal", "genomsnitt", "standardavvikelse", "sd"})
_SEXES = (frozenset({"k", "kv", "kvinna", "kvinnor"}), frozenset({"m", "man", "män"}))
_SCORES = ("score_start", "score_end", "score_follow_up")
EMPTY, SUMS, TWICE = "tomma rader", "rader med summor eller medelvärden", "samma deltagare en gång till"


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """
    The rows after the checks.

    values    field to values, for all rows, "id" always among them; ages have become years of birth
    kept      the places of the rows that are counted, in order
    dropped   Swedish reason to how many rows are not counted
    """

    values: Mapping[str, list[Any]]
    kept: tuple[int, ...]
    dropped: tuple[tuple[str, int], ...]


def checked_rows(
    values: dict[str, list[Any]], numbers: Sequence[int], headers: Mapping[str, str], scale: Sequence[float] | None, remarks: Remarks
) -> CheckedRows:
    """
    Return the rows that are counted, and why the others are not.

    values    field to values, one a row
    numbers   each row's number in the sheet
    headers   field to its header
    scale     lowest and highest score; None if not known
    """
    checks = _Checks(values, numbers, headers, remarks, {})
    dropped = {place: why for place in range(len(numbers)) if (why := checks.why_not_a_participant(place))}
    checks.name_the_nameless(dropped)
    for place in range(len(numbers)):
        if place not in dropped and (why := checks.why_twice(place)):
            dropped[place] = why
    for place in range(len(numbers)):
        if place not in dropped:
            checks.check_days(place)
            checks.check_age(place)
            checks.check_scores(place, scale)
    checks.spell_alike()
    values.pop(AGE, None)
    counts = {why: sum(one == why for one in dropped.values()) for why in dict.fromkeys(dropped.values())}
    return CheckedRows(values, tuple(place for place in range(len(numbers)) if place not in dropped), tuple(counts.items()))


@dataclass(slots=True)
class _Checks:
    """The rows while they are checked; `seen` holds the place of every participant's rows so far."""

    values: dict[str, list[Any]]
    numbers: Sequence[int]
    headers: Mapping[str, str]
    remarks: Remarks
    seen: dict[str, list[int]]

    def of(self, field: str, place: int) -> Any:
        return self.values[field][place] if field in self.values else None

    def tell(self, place: int, field: str, value: object, why: str, what_to_do: str, weight: Weight, sort: str = "") -> None:
        shown = value.isoformat() if isinstance(value, date) else number_words(value) if isinstance(value, float) else str(value)
        self.remarks.add(
            f"rad {self.numbers[place]}, kolumn {self.headers.get(field, LABELS.get(field, field))}", why, what_to_do,
            value=redact(shown, also_possible=True), weight=weight, sort=sort,
        )  # fmt: skip

    def why_not_a_participant(self, place: int) -> str:
        """Return why a row is no participant's: empty but for its code, or sums of the others; "" if it is one."""
        code = self.of("id", place)
        if code is not None and code.casefold().rstrip(":") in _SUMS:
            self.tell(place, "id", code, "raden är en summa eller ett medelvärde av de andra.", "Den räknas inte.", Weight.NOTE)
            return SUMS
        if all(column[place] is None for field, column in self.values.items() if field != "id"):
            self.tell(place, "id", code or "", "raden är tom i alla kolumner som används.", "Den räknas inte. Fyll i den om den ska vara med.", Weight.ASK)
            return EMPTY
        return ""

    def name_the_nameless(self, dropped: Mapping[int, str]) -> None:
        """Give every row without a code its row's number; tell it where others have one."""
        has_codes = "id" in self.values
        codes = self.values.setdefault("id", [None] * len(self.numbers))
        for place, code in enumerate(codes):
            if code is None:
                codes[place] = f"rad {self.numbers[place]}"
                if has_codes and place not in dropped:
                    self.tell(place, "id", "", "koden saknas.", "Raden räknas. Fyll i en kod, så att samma deltagare inte räknas två gånger.", Weight.ASK)

    def why_twice(self, place: int) -> str:
        """Return why a participant's further row is not counted: it says the same, or the same start; "" if it is another period."""
        code = self.of("id", place).casefold()
        earlier = self.seen.setdefault(code, [])
        earlier.append(place)
        if len(earlier) == 1:
            return ""
        first, start = self.numbers[earlier[0]], self.of("start", place)
        sort = "samma kod står på flera rader."
        if start is not None and all(self.of("start", other) not in (None, start) for other in earlier[:-1]):
            self.tell(place, "id", self.of("id", place), f"samma kod står på rad {first}, med ett annat startdatum.",
                      "Raderna räknas som två insatser. Är det samma insats, ta bort en av dem.", Weight.ASK, sort)  # fmt: skip
            return ""
        self.tell(place, "id", self.of("id", place), f"samma kod står redan på rad {first}.",
                  "Den här raden räknas inte. Ta bort den, eller rätta koden.", Weight.BAD, sort)  # fmt: skip
        return TWICE

    def check_days(self, place: int) -> None:
        referred, start, end = (self.of(field, place) for field in ("referred", "start", "end"))
        if start and end and end < start:
            self.tell(place, "end", end, f"slutet ligger före starten, {start.isoformat()}.", "Rätta ett av datumen. Tiden räknas inte.", Weight.BAD,
                      "slutet ligger före starten.")  # fmt: skip
        if referred and start and start < referred:
            self.tell(place, "start", start, f"starten ligger före aktualiseringen, {referred.isoformat()}.",
                      "Rätta ett av datumen. Väntetiden räknas inte.", Weight.BAD, "starten ligger före aktualiseringen.")  # fmt: skip

    def check_age(self, place: int) -> None:
        """Take away a year of birth that cannot be right, and make one of an age and the year of the start."""
        start = self.of("start", place)
        if AGE in self.values:
            age = self.of(AGE, place)
            self.values.setdefault("birth_year", [None] * len(self.numbers))[place] = start.year - age if start and age is not None else None
            if age is not None and start is None:
                self.tell(place, AGE, age, "åldern går inte att räkna utan startdatum.", "Fyll i startdatumet.", Weight.ASK)
        born = self.of("birth_year", place)
        if born is not None and start is not None and not 0 <= start.year - born <= OLDEST:
            self.tell(place, "birth_year", born, f"ger åldern {start.year - born} år vid starten.", "Rätta året. Cellen räknas som tom.", Weight.BAD,
                      "ger en omöjlig ålder vid starten.")  # fmt: skip
            self.values["birth_year"][place] = None

    def check_scores(self, place: int, scale: Sequence[float] | None) -> None:
        """Tell a score outside the instrument. The value stays: the analysis leaves it out and counts it."""
        if scale is None:
            return
        for field in _SCORES:
            score = self.of(field, place)
            if score is not None and not scale[0] <= score <= scale[1]:
                bounds = f"{number_words(scale[0])} till {number_words(scale[1])}"
                self.tell(place, field, score, f"ligger utanför instrumentets skala, {bounds}.", "Rätta talet. Det räknas inte.", Weight.BAD)

    def spell_alike(self) -> None:
        """Give words that differ only in case and spaces the spelling that came first."""
        for field in ("unit", "sex", "target_group", "end_reason"):
            column = self.values.get(field)
            if column is not None:
                spelling: dict[str, str] = {}
                self.values[field] = [None if word is None else spelling.setdefault(word.casefold(), word) for word in column]
        self.say_sexes_alike()

    def say_sexes_alike(self) -> None:
        """Give a sex that is written both whole and shortened its whole word, and tell it. One way of writing is left as it stands."""
        for words in _SEXES:
            column = self.values.get("sex", [])
            written = [word for word in dict.fromkeys(column) if word is not None and word.casefold() in words]
            if len(written) > 1:
                whole = max(written, key=len)
                self.remarks.add(f"kolumn {self.headers.get('sex', LABELS['sex'])}", f"samma kön är skrivet som {listed(written)}.",
                                 f"Alla räknas som {whole}.")  # fmt: skip
                self.values["sex"] = [whole if word in written else word for word in column]
