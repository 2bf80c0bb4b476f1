"""The closed words of the chain. Each has a code that is stored and a Swedish word that is shown."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Choice(str, Enum):
    """A stored code with the Swedish word a user reads: `Track.LINE.label` is "Linje"."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)


def labels_of(*choices: Choice | None) -> str:
    """Return the labels of the answers that were given: "Direkt orsak, platsen eller situationen"."""
    return ", ".join(choice.label for choice in choices if choice).capitalize()


class Directness(Choice):
    """How a cause lies to its problem."""

    DIRECT = "direct", "Direkt orsak"
    INDIRECT = "indirect", "Indirekt orsak"


class Perspective(Choice):
    """Where a cause is sought."""

    PLACE = "place", "Platsen eller situationen"
    VICTIM = "victim", "Den som drabbas"
    OFFENDER = "offender", "Den som begår brott"


class Changeability(Choice):
    """Whether the parties can act on a cause. NO answers the rule "cause without action"."""

    YES = "yes", "Ja"
    IN_PART = "in_part", "Till en del"
    NO = "no", "Nej"


class GoalLevel(Choice):
    """OVERALL says where the problem shall be; OPERATIONAL what one or several actions shall reach on the way there."""

    OVERALL = "overall", "Övergripande mål"
    OPERATIONAL = "operational", "Operativt mål"


class GoalKind(Choice):
    """What a goal counts: EFFECT the problem itself, PROCESS how the work is done, OUTPUT how much is done."""

    EFFECT = "effect", "Effektmål"
    PROCESS = "process", "Processmål"
    OUTPUT = "output", "Produktionsmål"


class Approach(Choice):
    """SITUATIONAL changes the place or the occasion, SOCIAL the people."""

    SITUATIONAL = "situational", "Situationell"
    SOCIAL = "social", "Social"


class Regularity(Choice):
    """ONE_OFF ends when it is done; ORDINARY goes on in the daily work."""

    ONE_OFF = "one_off", "Punktinsats"
    ORDINARY = "ordinary", "Ordinarie arbete"


class Track(Choice):
    """LINE works already and is only followed; DEVELOPMENT gets goals."""

    DEVELOPMENT = "development", "Utveckling"
    LINE = "line", "Linje"


class Horizon(Choice):
    """How soon after an action an effect is to be expected."""

    SHORT = "short", "Effekt genast"
    LONG = "long", "Effekt på sikt"


class Implementation(Choice):
    """Is the action carried out? The dial. DONE = said only "klart": ask how it was done."""

    NOT_STARTED = "not_started", "Inte påbörjad"
    UNDER_WAY = "under_way", "Pågår"
    DONE = "done", "Gjord, inte sagt hur"
    DONE_AS_INTENDED = "done_as_intended", "Gjord som tänkt"
    DONE_IN_PART = "done_in_part", "Gjord till en del"
    NOT_DONE = "not_done", "Blev inte av"

    @property
    def is_ended(self) -> bool:
        """Whether nothing more is to be carried out."""
        return self in ENDED


class Result(Choice):
    """What happened to the problem? The face."""

    BETTER = "better", "Bättre"
    UNCHANGED = "unchanged", "Oförändrat"
    WORSE = "worse", "Sämre"
    CANNOT_BE_TOLD = "cannot_be_told", "Går inte att säga"
    TOO_EARLY = "too_early", "För tidigt"
    NOT_MEASURED = "not_measured", "Inte mätt"

    @property
    def is_verdict(self) -> bool:
        """Whether it claims to know: better, unchanged or worse."""
        return self in VERDICTS

    @property
    def takes_basis(self) -> bool:
        """Whether somebody has looked, so that it can rest on something. "För tidigt" and "inte mätt" say that nobody has."""
        return self not in (Result.TOO_EARLY, Result.NOT_MEASURED)


class FormFace(Choice):
    """The colour of the handbook's form. It says something about carrying out, never about the result."""

    GREEN = "green", "Grön"
    YELLOW = "yellow", "Gul"
    RED = "red", "Röd"


class RestsOn(Choice):
    """What a person who sets a face builds it on."""

    MEASURED = "measured", "Mätning"
    OWN_COUNT = "own_count", "Egen räkning"
    OBSERVED = "observed", "Sett på plats"
    HEARD = "heard", "Hört av andra"

    @property
    def is_figure(self) -> bool:
        """Whether there is a number under it."""
        return self in (RestsOn.MEASURED, RestsOn.OWN_COUNT)


class Worked(Choice):
    """What a lesson says of what was tried. Failures are as welcome as successes."""

    YES = "yes", "Fungerade"
    IN_PART = "in_part", "Fungerade till en del"
    NO = "no", "Fungerade inte"


class Severity(Choice):
    """How much a remark of the plan check weighs."""

    MUST = "must", "Måste rättas"
    SHOULD = "should", "Bör rättas"
    CONSIDER = "consider", "Tänk igenom"


ENDED = frozenset({Implementation.DONE, Implementation.DONE_AS_INTENDED, Implementation.DONE_IN_PART, Implementation.NOT_DONE})
VERDICTS = frozenset({Result.BETTER, Result.UNCHANGED, Result.WORSE})

FORM_FACE_OF = {
    Implementation.DONE_AS_INTENDED: FormFace.GREEN,
    Implementation.DONE: FormFace.GREEN,
    Implementation.UNDER_WAY: FormFace.YELLOW,
    Implementation.DONE_IN_PART: FormFace.YELLOW,
    Implementation.NOT_STARTED: FormFace.RED,
    Implementation.NOT_DONE: FormFace.RED,
}
