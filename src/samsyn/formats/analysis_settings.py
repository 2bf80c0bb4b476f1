"""
A settings file for the analysis: what no sheet holds, in YAML or JSON, with Swedish or English keys.

Nothing is guessed. A key that is not known is named with the nearest one that is, and an impossible value is refused by
its name. The plainest words for completed, under way and outside the target group are understood where the file says
nothing of them, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.norm import Norm
from samsyn.analysis.refused import Refused as ImpossibleSetting
from samsyn.analysis.split import Split
from samsyn.analysis.written_numbers import written
from samsyn.formats.analysis_setting_values import (
    choice_of, is_true, number_between, number_of, share_of, span_of, text_of, truth_words, whole_of, words_of,
)  # fmt: skip
from samsyn.formats.analysis_words import DIRECTIONS, KEYS, NORM_KEYS, READERS, SCORE_KEYS, SPLITS
from samsyn.formats.participants_columns import field_named, plain_header
from samsyn.formats.problems import Refused, RowProblem, Weight

LARGEST = 1_000_000   # bytes
LEAST_LEVEL = 0.5     # of the intervals
NEARLY_ONE = 0.02    # what shares that add up to 1 may miss by rounding


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """
    What a settings file says.

    loke           the settings of the seven questions; its words are left for `analysis_understood.understood`
    columns        field of the sheet to its header
    completed, ongoing, outside   words as written; None where the file says nothing
    target_groups  the intended ones, as written; () if not stated
    reader         "unit", "committee", "partnership", "public"; "" if not stated
    last_day       until when those under way have been seen
    split          what the groups are; None if not stated
    problems       keys that are not known
    """

    loke: LokeSettings = field(default_factory=LokeSettings)
    columns: Mapping[str, str] = field(default_factory=dict)
    completed: tuple[str, ...] | None = None
    ongoing: tuple[str, ...] | None = None
    outside: tuple[str, ...] | None = None
    target_groups: tuple[str, ...] = ()
    reader: str = ""
    last_day: date | None = None
    split: Split | None = None
    problems: tuple[RowProblem, ...] = ()


def read_settings(name: str, content: bytes) -> AnalysisSettings:
    """
    Return what a settings file says.

    name      of the file; .json is read as JSON, everything else as YAML
    raises    Refused   if it cannot be read, or a value is impossible; the sentence names the key
    """
    if len(content) > LARGEST:
        raise Refused(f"Inställningsfilen {name} är för stor. Den ska bara ha några rader.")
    raw = _parsed(name, content)
    if raw is None:
        return AnalysisSettings()
    if not isinstance(raw, dict):
        raise Refused(f"Inställningsfilen {name} ska ha en inställning på varje rad, till exempel direction: higher is better.")
    return settings_from(raw)


def settings_from(raw: Mapping[Any, Any]) -> AnalysisSettings:
    """Return the settings that a mapping of keys to values states. Raises Refused for an impossible value."""
    stated, columns, problems = _sorted_out(raw)
    columns |= _columns(stated.get("columns"), "columns", None) | _columns(stated.get("score"), "score", SCORE_KEYS)
    groups, profile = _target_groups(stated.get("target_groups"))
    try:
        loke = _loke(stated, profile, problems)
        _check_against_scale(loke)
    except ImpossibleSetting as fault:
        raise Refused(f"Inställningarna går inte ihop. {fault}") from fault
    return AnalysisSettings(
        loke, columns, words_of(stated, "completed"), words_of(stated, "ongoing"), words_of(stated, "outside_target_group"), groups,
        choice_of(stated, "reader", READERS) or "", _day(stated.get("last_day")),
        choice_of(stated, "split", SPLITS), tuple(problems),
    )  # fmt: skip


def _parsed(name: str, content: bytes) -> Any:
    """Return what the text holds. Raises Refused with the line where it breaks."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if name.lower().endswith(".json"):
        import json

        try:
            return json.loads(text)
        except (ValueError, RecursionError) as fault:
            line = f" på rad {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else ""
            raise Refused(f"Inställningsfilen {name} är ingen hel JSON-fil: något är fel{line}.") from fault
    import yaml

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):  # a few lines can stand for thousands of millions
            raise Refused(f"Inställningsfilen {name} hänvisar till sig själv med * och &. Skriv ut värdet i stället.")
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f" på rad {mark.line + 1}" if mark else ""
        raise Refused(f"Inställningsfilen {name} går inte att läsa: något är fel{line}. Skriv en inställning på varje rad, som namn: värde.") from fault


def _sorted_out(raw: Mapping[Any, Any]) -> tuple[dict[str, Any], dict[str, str], list[RowProblem]]:
    """Return the values by key, the columns that stand for themselves (planned: sessions_planned), and the keys that are not known."""
    stated: dict[str, Any] = {}
    columns: dict[str, str] = {}
    problems: list[RowProblem] = []
    for key, value in raw.items():
        known = _key(str(key), KEYS)
        if known == "outside_target_group" and value is None:
            continue
        if known:
            if known in stated:
                raise Refused(f"Inställningen {key} står två gånger, på två språk. Behåll en av dem.")
            stated[known] = value
        elif (column := _own_column(str(key), value)) is not None:
            columns[column] = str(value).strip()
        elif plain_header(str(key)) in ("target group", "malgrupp", "malgruppen") and isinstance(value, (list, dict)):
            stated["target_groups"] = value
        else:
            problems.append(_unknown(str(key), KEYS, ""))
    return stated, columns, problems


def _own_column(key: str, value: Any) -> str | None:
    """Return the field whose column a key of its own names; None if it is no such key."""
    if not isinstance(value, str):
        return None
    try:
        return field_named(key)
    except Refused:
        return None


def _key(key: str, known: Mapping[str, frozenset[str]]) -> str:
    plain = plain_header(key)
    return next((name for name, words in known.items() if plain in words), "")


def _unknown(key: str, known: Mapping[str, frozenset[str]], within: str) -> RowProblem:
    """Return the remark on a key that is not known, with the nearest that is."""
    written = {word: name for name, words in known.items() for word in words}
    near = get_close_matches(plain_header(key), written, 1, 0.6)
    meant = f"Menade du {within}{written[near[0]]}?" if near else f"De som finns: {', '.join(within + name for name in known)}."
    return RowProblem("Inställningarna", within + key, "är ingen inställning som analysen känner. Den används inte.", meant, Weight.ASK)


def _columns(raw: Any, name: str, keys: Mapping[str, frozenset[str]] | None) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise Refused(f"Inställningen {name} ska ha ett namn och en kolumn på varje rad, till exempel start: Före.")
    columns: dict[str, str] = {}
    for key, value in raw.items():
        field_name = _key(str(key), keys) if keys else ""
        if keys and not field_name:
            raise Refused(f"Inställningen {name}: {key} finns inte. De som finns: start, end och follow_up.")
        if value is not None:
            columns[field_name or field_named(str(key))] = text_of(f"{name}: {key}", value)
    return columns


def _loke(stated: Mapping[str, Any], profile: tuple[tuple[str, float], ...], problems: list[RowProblem]) -> LokeSettings:
    return LokeSettings(
        direction=choice_of(stated, "direction", DIRECTIONS),
        scale=span_of("scale", stated.get("scale")),
        reliability=number_between("reliability", stated.get("reliability"), 0, 1),
        reliability_source=text_of("reliability_source", stated.get("reliability_source")),
        cutoff=number_of("cutoff", stated.get("cutoff")),
        norm=_norm(stated.get("norm"), problems),
        important=number_between("important", stated.get("important"), 0),
        instrument=text_of("instrument", stated.get("instrument")),
        enters_by_score=is_true("enters_by_score", stated.get("enters_by_score")),
        planned_profile=profile,
        level=_level(stated.get("level")),
    )


def _level(raw: Any) -> float:
    level = number_of("level", raw)
    if level is None:
        return 0.95
    share = level / 100 if level >= LEAST_LEVEL * 100 else level
    if not LEAST_LEVEL <= share < 1:
        raise Refused(f"Inställningen level: {written(level)} går inte. Skriv till exempel 0,95 eller 95 för 95 %.")
    return share


def _norm(raw: Any, problems: list[RowProblem]) -> Norm | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        raise Refused("Inställningen norm ska ha minst mean och sd, till exempel norm: {mean: 70.7, sd: 11.7, n: 523}.")
    stated: dict[str, Any] = {}
    for key, value in raw.items():
        known = _key(str(key), NORM_KEYS)
        if known:
            stated[known] = value
        else:
            problems.append(_unknown(str(key), NORM_KEYS, "norm: "))
    mean, sd = number_of("norm: mean", stated.get("mean")), number_between("norm: sd", stated.get("sd"), 0)
    number_between("norm: n", stated.get("n"), 1)
    if mean is None or sd is None:
        raise Refused("Inställningen norm saknar mean eller sd: medelvärdet och standardavvikelsen. Fyll i båda.")
    ages = span_of("norm: ages", stated.get("ages"))
    return Norm(
        mean, sd, whole_of("norm: n", stated.get("n")), text_of("norm: country", stated.get("country")), whole_of("norm: year", stated.get("year")),
        (int(ages[0]), int(ages[1])) if ages else None, text_of("norm: source", stated.get("source")),
        share_of("norm: over_cutoff", stated.get("over_cutoff")),
    )  # fmt: skip


def _check_against_scale(loke: LokeSettings) -> None:
    """Refuse a cut-off, a norm or a smallest change that the stated scale cannot have."""
    if loke.scale is None:
        return
    low, high = loke.scale
    for name, number in (("cutoff", loke.cutoff), ("norm: mean", loke.norm.mean if loke.norm else None)):
        if number is not None and not low <= number <= high:
            raise Refused(f"Inställningen {name}, {written(number)}, ligger utanför skalan {written(low)}–{written(high)}.")
    if loke.important is not None and loke.important > high - low:
        raise Refused(f"Inställningen important, {written(loke.important)}, är större än hela skalan {written(low)}–{written(high)}.")


def _target_groups(raw: Any) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """Return the intended target groups, and the share planned of each if shares are stated."""
    if raw is None:
        return (), ()
    if not isinstance(raw, Mapping):
        return words_of({"target_groups": raw}, "target_groups") or (), ()
    shares = {str(name).strip(): share_of(f"target_groups: {name}", share) for name, share in raw.items()}
    known = {name: share for name, share in shares.items() if share is not None}
    if not known:
        return tuple(shares), ()
    if len(known) < len(shares) or abs(sum(known.values()) - 1) > NEARLY_ONE:
        raise Refused("Inställningen target_groups: andelarna ska tillsammans bli 1, eller 100 %, och varje grupp ska ha en.")
    return tuple(shares), tuple(known.items())


def _day(raw: Any) -> date | None:
    if raw is None or isinstance(raw, datetime):
        return raw.date() if isinstance(raw, datetime) else None
    if isinstance(raw, date):
        return raw
    from samsyn.formats.participants_values import read_day

    read = read_day(raw if isinstance(raw, str) else str(raw))
    if read.value is None:
        raise Refused(f"Inställningen last_day: {truth_words(raw)} är inget datum. Skriv det som 2026-11-21.")
    return read.value
