"""What no sheet holds and nobody may guess: the choices that Loke's seven questions are answered with."""

from __future__ import annotations

from dataclasses import dataclass, field

from samsyn.analysis.direction import Direction
from samsyn.analysis.norm import Norm
from samsyn.analysis.refused import OutOfRange


NO_COLUMN = "Ingen kolumn säger hur insatserna slutade: säg vilken det är med --map, till exempel --map avslutsorsak=Kolumn."


def folded_word(word: str) -> str:
    """Return a word as the settings and the engine compare it: lower case, trimmed, å ä ö é without their marks."""
    return word.strip().lower().translate(_WITHOUT_MARKS)


_WITHOUT_MARKS = str.maketrans("åäöé", "aaoe")


@dataclass(frozen=True, slots=True)
class EndWords:
    """
    The words of a sheet's column for how an episode ended, folded (lower case, without accents and spaces at the ends).

    completed   words that mean completed
    ongoing     words that mean still under way; an episode without end date and without word is under way too
    Every other word is an ending that was not completed: dropped out, moved, referred.
    """

    completed: frozenset[str] = frozenset()
    ongoing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LokeSettings:
    """
    The settings of an analysis. What is None is not known: the findings that need it have no value, and say so.

    direction       which way is better on the instrument
    scale           lowest and highest possible score; scores outside are named and left out
    reliability     0 to 1, of the instrument, for reliable change; with its source
    cutoff          the score that parts the clinical from the other side
    norm            "people in general" on the same instrument
    outside_words   words of the target-group column that mean outside the target group, folded
    end_words       None if nothing says which endings are completed
    ongoing_words   words that mean still under way where end_words is None, folded: those are known even then
    important       the smallest change that matters to a person, in points, above 0
    instrument      its name, as shown; "" if not known
    enters_by_score whether people enter because of a high start or a cut-off: regression to the mean is then said
    planned_profile the share planned of each target group, name to share; () if none is stated
    level           of the intervals
    """

    direction: Direction | None = None
    scale: tuple[float, float] | None = None
    reliability: float | None = None
    reliability_source: str = ""
    cutoff: float | None = None
    norm: Norm | None = None
    outside_words: frozenset[str] = frozenset()
    end_words: EndWords | None = None
    ongoing_words: frozenset[str] = frozenset()
    important: float | None = None
    instrument: str = ""
    enters_by_score: bool = False
    planned_profile: tuple[tuple[str, float], ...] = field(default=())
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.reliability is not None and not 0 < self.reliability < 1:
            raise OutOfRange(f"Tillförlitligheten {self.reliability} måste ligga mellan 0 och 1.")
        if self.scale is not None and not self.scale[0] < self.scale[1]:
            raise OutOfRange(f"Skalan {self.scale[0]}-{self.scale[1]} måste gå från det lägsta till det högsta värdet.")
        if self.important is not None and not self.important > 0:
            raise OutOfRange(f"Den minsta förändring som betyder något, {self.important}, måste vara över 0.")
        if not 0 < self.level < 1:
            raise OutOfRange(f"Konfidensnivån {self.level} måste ligga mellan 0 och 1.")
