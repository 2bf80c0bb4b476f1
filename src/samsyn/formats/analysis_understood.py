"""The settings and the sheet together: which words mean what, and all that was understood, in sentences a person can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from samsyn.analysis.direction import Direction
from samsyn.analysis.loke_settings import NO_COLUMN, EndWords, LokeSettings, folded_word
from samsyn.analysis.norm import Norm
from samsyn.analysis.written_numbers import written
from samsyn.chain.wording import listed
from samsyn.formats.analysis_settings import AnalysisSettings
from samsyn.formats.analysis_words import COMPLETED, ONGOING, OUTSIDE


@dataclass(frozen=True, slots=True)
class Understood:
    """
    What the analysis goes by.

    loke     the settings with every word in place
    choices  (Swedish name, what was understood), what the settings say and what the sheet's words were taken for
    lacking  Swedish sentences: what is not stated, and what therefore cannot be told
    """

    loke: LokeSettings
    choices: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]


def understood(settings: AnalysisSettings, endings: Sequence[str], groups: Sequence[str]) -> Understood:
    """
    Return the settings with the sheet's own words sorted.

    endings   the different words of the sheet for how an episode ended
    groups    the different words of the sheet for target groups
    """
    outside = _outside(settings, groups)
    end_words, ongoing, said = _endings(settings, endings)
    there = {folded_word(word): word for word in groups}
    planned = tuple((there.get(folded_word(name), name), share) for name, share in settings.loke.planned_profile)
    words = frozenset(folded_word(word) for word in outside)
    loke = replace(settings.loke, outside_words=words, end_words=end_words, ongoing_words=ongoing, planned_profile=planned)
    choices = [*_instrument(loke), *said]
    inside = [word for word in groups if word not in outside]
    if groups:
        choices.append(("I målgruppen", _quoted(inside) if inside else "ingen grupp i filen"))
        choices.append(("Utanför målgruppen", f"{_quoted(outside)}{_from_where(settings)}" if outside else "ingen grupp i filen"))
    return Understood(loke, tuple(choices), tuple(_lacking(loke, endings)))


def _outside(settings: AnalysisSettings, groups: Sequence[str]) -> list[str]:
    """Return the sheet's words that mean outside: those stated, the plainest words for it, and all that are not intended."""
    stated = {folded_word(word) for word in settings.outside or ()}
    intended = {folded_word(word) for word in settings.target_groups}
    if intended & {"ja", "yes"}:
        intended.add("i malgruppen")  # what yes is read as
    return [word for word in groups if (folded := folded_word(word)) in stated or folded in OUTSIDE or (intended and folded not in intended)]


def _from_where(settings: AnalysisSettings) -> str:
    return "" if settings.outside or settings.target_groups else " (ordet säger det självt)"


def _endings(settings: AnalysisSettings, endings: Sequence[str]) -> tuple[EndWords | None, frozenset[str], list[tuple[str, str]]]:
    """
    Return which endings are completed and which are under way, and how that was understood.

    Where nothing says what is completed the first is None; which are under way is then still known.
    """
    there = {folded_word(word): word for word in endings}
    if settings.completed is None:
        completed = frozenset(word for word in there if word in COMPLETED)
    else:
        completed = frozenset(folded_word(word) for word in settings.completed)
    ongoing = frozenset(word for word in there if word in ONGOING) if settings.ongoing is None else frozenset(map(folded_word, settings.ongoing))
    under_way = {"Pågående": _shown(ongoing, there, alone=settings.ongoing is None) if ongoing else "de som saknar slut"}
    if not completed:
        return None, ongoing, list(under_way.items()) if ongoing else []
    shown = {"Fullföljda": _shown(completed, there, alone=settings.completed is None)} | under_way
    others = [word for folded, word in there.items() if folded not in completed | ongoing]
    if others:
        shown["Avslutade på annat sätt"] = _quoted(others)
    return EndWords(completed, ongoing), ongoing, list(shown.items())


def _shown(words: frozenset[str], there: Mapping[str, str], *, alone: bool) -> str:
    """Return words as the sheet spells them; `alone` if nothing but the words themselves said what they mean."""
    return _quoted([there.get(word, word) for word in sorted(words)]) + (" (ordet säger det självt)" if alone else "")


def _instrument(loke: LokeSettings) -> list[tuple[str, str]]:
    """Return what is stated of the instrument, in words."""
    shown: list[tuple[str, str]] = []
    if loke.instrument:
        shown.append(("Instrument", loke.instrument))
    if loke.direction is not None:
        shown.append(("Riktning", "högre poäng är bättre" if loke.direction is Direction.HIGHER_IS_BETTER else "lägre poäng är bättre"))
    if loke.scale is not None:
        shown.append(("Skala", f"{written(loke.scale[0])} till {written(loke.scale[1])}"))
    if loke.reliability is not None:
        source = f", enligt {loke.reliability_source}" if loke.reliability_source else ", källan är inte angiven"
        shown.append(("Tillförlitlighet", written(loke.reliability, 2) + source))
    if loke.cutoff is not None:
        shown.append(("Gräns", f"{written(loke.cutoff)} poäng"))
    if loke.important is not None:
        shown.append(("Minsta förändring som betyder något", f"{written(loke.important)} poäng"))
    if loke.norm is not None:
        shown.append(("Norm", norm_words(loke.norm)))
    if loke.enters_by_score:
        shown.append(("Hur deltagarna kommer in", "på sitt startvärde"))
    if loke.level != 0.95:
        shown.append(("Intervallens säkerhet", f"{written(100 * loke.level)} %"))
    return shown


def norm_words(norm: Norm) -> str:
    """Return a norm in words: mean, spread, and what is known of where it comes from."""
    known = [f"medelvärde {written(norm.mean)}", f"standardavvikelse {written(norm.sd)}"]
    known += [f"{written(norm.n)} personer"] if norm.n else []
    known += [norm.country] if norm.country else []
    known += [str(norm.year)] if norm.year else []
    known += [f"{norm.ages[0]}–{norm.ages[1]} år"] if norm.ages else []
    known += [f"källa: {norm.source}"] if norm.source else []
    return ", ".join(known)


def _lacking(loke: LokeSettings, endings: Sequence[str]) -> list[str]:
    """Return what is not stated and what that costs."""
    lacking = []
    if loke.direction is None:
        lacking.append("direction: om höga eller låga poäng är bra. Utan den går det inte att säga om det blev bättre.")
    if loke.reliability is None:
        lacking.append("reliability: instrumentets tillförlitlighet. Utan den går en förändring inte att skilja från mätfel.")
    if loke.norm is None:
        lacking.append("norm: hur människor i allmänhet svarar. Utan den går det inte att jämföra med dem.")
    if loke.scale is None:
        lacking.append("scale: instrumentets lägsta och högsta poäng. Utan den syns inte omöjliga poäng.")
    if loke.end_words is None:
        lacking.append("completed: vilka avslut som är fullföljda. Utan det går det inte att räkna hur många som fullföljer."
                       + (f" Orden i filen är {_quoted(endings[:8])}." if endings else f" {NO_COLUMN}"))  # fmt: skip
    return lacking


def _quoted(words: Sequence[str]) -> str:
    return listed(f"”{word}”" for word in words)
