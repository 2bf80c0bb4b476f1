"""
How `samsyn analyse` parts the rows: --split, and what the reader has already of the same file, --earlier.

Two splits can show together what each hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samsyn.analysis.linked_tables import Key
    from samsyn.analysis.split import Split
    from samsyn.cli.analyse import Analysed
    from samsyn.formats.participants_reading import ParticipantsReading


def check_split(split: Split, reading: ParticipantsReading) -> None:
    """Refuse to part the rows by a column that the file does not have."""
    from samsyn.analysis.split import Split
    from samsyn.formats.participants_columns import LABELS
    from samsyn.formats.problems import Refused

    needed = {Split.UNIT: "unit", Split.SEX: "sex", Split.TARGET_GROUP: "target_group"}.get(split, "" if split is Split.NOTHING else "start")
    if needed and needed not in [column.field for column in reading.used]:
        raise Refused(f"Filen går inte att dela upp efter {split.label}: den har ingen kolumn för {LABELS[needed]}. Säg vilken det är med --map {needed}=...")


def earlier_splits(stated: Sequence[str], asked: Split) -> tuple[Split, ...]:
    """Return the splits the reader has already, each once and without the one that is asked for. Raises Refused for one there is none of."""
    from samsyn.formats.analysis_setting_values import choice_of
    from samsyn.formats.analysis_words import SPLITS

    splits = [choice_of({"--earlier": one}, "--earlier", SPLITS) for one in stated]
    return tuple(dict.fromkeys(one for one in splits if one is not None and one is not asked))


def hold_what_meets(analysed: Analysed) -> None:
    """Refuse a split that, together with those the reader has already, gives away what is protected."""
    from samsyn.analysis.earlier_splits import worked_out_together
    from samsyn.analysis.engine import aggregated
    from samsyn.formats.problems import Refused

    if not analysed.earlier:
        return
    if analysed.shows_rows:
        raise Refused("--earlier prövar vad en läsare utanför enheten kan räkna ut. Säg med --reader vem det är.")
    counted = {analysed.split: analysed.counted}
    for one in analysed.earlier:
        check_split(one, analysed.reading)
        counted[one] = aggregated(analysed.reading.source(), analysed.understood.loke, split=one, last_day=analysed.settings.last_day)
    found = worked_out_together(counted, analysed.understood.loke, analysed.rule)
    if found:
        raise Refused(_what_meets(analysed, sorted(found)))


def _what_meets(analysed: Analysed, found: list[Key]) -> str:
    from samsyn.analysis.label_order import label_order
    from samsyn.chain.wording import listed

    had, new = listed(one.label for one in analysed.earlier), analysed.split.label
    groups = sorted({group for _, group, _ in found}, key=label_order)[:3]
    what = "en skyddad uppgift" if len(found) == 1 else f"{len(found)} skyddade uppgifter"
    return (f"Läsaren har redan uppdelningen efter {had}. Tillsammans med den efter {new} går {what} att räkna ut, "
            f"bland annat om {listed(groups)}. Ge läsaren bara en av dem.")  # fmt: skip
