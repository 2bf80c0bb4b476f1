"""
The plan as plain values: problem <- cause <- action <- goal, field by field.

A Plan knows nothing of databases, files or clocks. The plan check, the report and the exports work on it,
whether it was read from a spreadsheet or from the records. Every link is an id (a string) and points to a row
of the same plan. Rows keep the order they are given in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samsyn.chain.answers import Answer
from samsyn.chain.choices import (
    Approach, Changeability, Directness, FormFace, GoalKind, GoalLevel, Horizon, Implementation, Perspective,
    Regularity, RestsOn, Result, Track, Worked,
)
from samsyn.chain.field import Kind, Section, described

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What happens, where, when and to whom."""

    id: str
    title: str = described("Problem", "Säg kort vad som händer och var.")
    place: str = described("Var", "Platsen eller området.")
    time: str = described("När", "Tid på dygnet, veckan eller året.")
    affected: str = described("Vem drabbas", "Grupper och platser, aldrig enskilda personer.", kind=Kind.TEXT)
    trend: str = described("Utveckling", "Ökar, minskar eller lika? Jämfört med vad?", kind=Kind.TEXT)
    source: str = described("Källa", "Var uppgiften kommer ifrån.", kind=Kind.TEXT)
    priority: int | None = described("Prioritet", "1 är viktigast. Styrgruppen bestämmer.", kind=Kind.WHOLE, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why the problem happens. Numbered within the plan, as in the handbook's form."""

    id: str
    problem: str | None = None
    number: int | None = described("Nummer", "Åtgärderna pekar på numret.", kind=Kind.WHOLE, default=None)
    text: str = described("Orsak", "Varför uppstår problemet? En orsak per rad.", kind=Kind.TEXT)
    directness: Directness | None = described("Direkt eller indirekt", choices=Directness, default=None)
    perspective: Perspective | None = described("Perspektiv", choices=Perspective, default=None)
    evidence: str = described("Vad talar för det?", "Det ni har sett, räknat eller läst.", kind=Kind.TEXT)
    changeability: Changeability | None = described(
        "Kan vi påverka den?", "Svara nej om orsaken ska stå kvar utan åtgärd.", choices=Changeability, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is to change. Effect goals are asked to be SMART: five answers, each a text."""

    id: str
    problem: str | None = None
    text: str = described("Mål", "Vad ska vara annorlunda, för vem och när?", kind=Kind.TEXT, column="Operativa mål", section=Section.WHAT)
    level: GoalLevel | None = described("Nivå", choices=GoalLevel, default=None)
    kind: GoalKind | None = described(
        "Slag", "Effekt: vad som ändras för problemet. Process: hur arbetet går till. Produktion: hur många.",
        choices=GoalKind, default=None)
    specific: str = described("Specifikt", "Vad exakt ska ändras, var och för vem?", kind=Kind.TEXT, section=Section.SMART)
    measurable: str = described("Mätbart", "Hur ser ni att det har ändrats?", kind=Kind.TEXT, section=Section.SMART)
    accepted: str = described("Accepterat", "Vilka har sagt ja till målet?", kind=Kind.TEXT, section=Section.SMART)
    realistic: str = described("Realistiskt", "Varför går det att nå med det ni har?", kind=Kind.TEXT, section=Section.SMART)
    time_bound: str = described("Tidsatt", "När ska det vara uppnått?", kind=Kind.TEXT, section=Section.SMART)
    indicator: str = described("Indikator", "Det ni räknar eller frågar om, med egna ord.", kind=Kind.TEXT)
    baseline: str = described("Utgångsläge", "Värdet innan åtgärderna börjar.")
    baseline_on: date | None = described("Utgångsläget mätt", kind=Kind.DATE, default=None)
    target: str = described("Målvärde", "Värdet ni vill nå.")
    smallest_change: str = described("Minsta ändring som spelar roll", "Mindre än så räknas som oförändrat.")
    due_on: date | None = described("Ska vara nått", kind=Kind.DATE, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part of carrying out an action (moment)."""

    id: str
    text: str = described("Moment", "En sak som ska göras.", kind=Kind.TEXT)
    documented_how: str = described("Skrivs upp så här", "Hur det syns att det är gjort.")
    due_on: date | None = described("Klart", kind=Kind.DATE, default=None)
    done_on: date | None = described("Gjort", kind=Kind.DATE, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """
    What has happened since last time (avstämning). Added, never altered; corrected by a new one.

    answer            which of the large buttons was pressed, if it was made by one
    by_email          the address that a personal link was made for, if it was answered by one
    proposed_due_on   the new due day that is proposed: nothing changes until somebody accepts it
    help_from         whom the person needs help from
    """

    id: str
    at: datetime
    by: str = ""
    on_behalf_of: str = ""
    by_email: str = ""
    answer: Answer | None = None
    proposed_due_on: date | None = None
    help_from: str = ""
    corrects: str | None = None
    text: str = described("Vad har hänt sedan sist?", kind=Kind.TEXT)
    implementation: Implementation | None = described("Genomförande", choices=Implementation, default=None)
    hours: Decimal | None = described("Tid", "Ungefär, för alla inblandade.", kind=Kind.NUMBER, unit="timmar", default=None)
    cost: Decimal | None = described("Kostnad", "Utöver vanlig lön.", kind=Kind.NUMBER, unit="kr", default=None)
    helped: str = described("Vad hjälpte?", kind=Kind.TEXT)
    hindered: str = described("Vad hindrade?", kind=Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """
    How one side of the face was set: who, when, why and on what it rests.

    by_file   True if a file said it; then `by` is the file's name and `rests_on` is None
    """

    value: Implementation | Result
    at: datetime | None = None
    by: str = ""
    why: str = ""
    rests_on: RestsOn | None = None
    by_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """
    The action in the plan before that an action continues.

    plan      its plan's id; `when` the years that plan names ("2027"), or its name
    how_far   how far it had come, as it was last set there, `by` whom and `at`; None if nobody had set it
    """

    plan: str
    plan_name: str
    when: str
    action: str
    how_far: Implementation | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """
    What is done (åtgärd): acts on one or more causes and serves one or more goals.

    number           "1.2" as the file or the board says it; shown, never used as a key
    implementation   the dial as last set; None if nobody has set it (shown as not started)
    result           the face as last set; None if nobody has set it
    form_face        the colour a file carried, kept as said
    responsible_is_member  True when the responsible can sign in
    responsible_member     id of their place in the partnership, or ""
    depends_on       ids of actions that must be done before it
    bundle           id of the combination it is a part of, or None
    continues        id of the action in an earlier plan that it continues, or None; `earlier` says what is known of it
    position         its place in the order in which actions are carried out, from 1; 0 where nobody has said
    place            where the row was read: "Blad Plan, rad 7"; empty if it was written here
    """

    id: str
    number: str = ""
    causes: Ids = ()
    goals: Ids = ()
    text: str = described("Åtgärd", "Vad ska göras? Börja med ett verb.", kind=Kind.TEXT, section=Section.WHAT)
    description: str = described("Så görs den", "Hur, var och hur ofta.", kind=Kind.TEXT, section=Section.WHAT)
    approach: Approach | None = described("Situationell eller social", choices=Approach, default=None, section=Section.MORE)
    regularity: Regularity | None = described(
        "Punktinsats eller ordinarie arbete", choices=Regularity, default=None, section=Section.MORE)
    track: Track = described(
        "Spår", "Linje fungerar redan och följs bara. Utveckling får mål.", choices=Track, default=Track.DEVELOPMENT, section=Section.WHAT)
    horizon: Horizon | None = described("När väntas effekt?", choices=Horizon, default=None, section=Section.GOING)
    responsible: str = described("Ansvarig", "En person, med namn.", column="Vem", section=Section.WHO)
    responsible_organisation: str = described("Organisation", "Där den ansvariga arbetar.", section=Section.WHO)
    responsible_email: str = described(
        "E-post", "Finns ett konto med adressen i er samverkan kan personen stämma av själv.", kind=Kind.EMAIL, section=Section.WHO)
    responsible_phone: str = described("Telefon", kind=Kind.PHONE, max_length=60, section=Section.WHO)
    others: str = described("Fler som medverkar", "En per rad: namn och hur de nås.", kind=Kind.TEXT, section=Section.WHO)
    start_on: date | None = described("Börjar", kind=Kind.DATE, default=None, section=Section.WHO)
    due_on: date | None = described("Klart senast", kind=Kind.DATE, default=None, column="När", section=Section.WHO)
    due_typed: str = described("Datum som det skrevs", "Till exempel våren eller löpande.", section=Section.WHO)
    effect_from: date | None = described(
        "Effekt väntas från", "Före den dagen är det för tidigt att bedöma.", kind=Kind.DATE, default=None, section=Section.GOING)
    late_reason: str = described("Varför den är sen", "Skrivs när datumet har gått.", kind=Kind.TEXT, section=Section.GOING)
    resources: str = described("Resurser", "Personal, lokaler, material.", kind=Kind.TEXT, section=Section.MORE)
    hours: Decimal | None = described("Planerad tid", kind=Kind.NUMBER, unit="timmar", default=None, section=Section.MORE)
    cost: Decimal | None = described("Planerad kostnad", kind=Kind.NUMBER, unit="kr", default=None, section=Section.MORE)
    budget_line: str = described("Budgetpost", "Var pengarna tas. Till exempel trygghetsbudgeten 2027.", section=Section.MORE)
    documentation: str = described("Så skrivs det upp", "Hur det syns vad som har gjorts.", kind=Kind.TEXT, section=Section.GOING)
    depends_on: Ids = ()
    bundle: str | None = None
    continues: str | None = None
    earlier: Earlier | None = None
    position: int = 0
    steps: tuple[Step, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    implementation: Face | None = None
    result: Face | None = None
    form_face: FormFace | None = None
    followed_up: str = described(
        "Uppföljning som det skrevs", "Texten i formulärets sjätte kolumn.", kind=Kind.TEXT, column="Uppföljning", section=Section.GOING)
    responsible_is_member: bool = False
    responsible_member: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """
    A combination of actions that must all be done, or the effect may fail to come.

    taken_out   texts of its parts that have been taken out of the plan, and that nobody has let go of
    """

    id: str
    text: str = described("Kombination", "Vad delarna gör tillsammans.")
    why: str = described("Varför hör de ihop?", kind=Kind.TEXT)
    taken_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """
    What one party promises for an action or a goal (åtagande). Owned by the party; written on its behalf if it never signs in.

    party       the organisation's name
    signed_by   who signed it off, or ""; `on_behalf` True when somebody else did it for the party
    """

    id: str
    party: str = ""
    action: str | None = None
    goal: str | None = None
    text: str = described("Vad parten lovar", kind=Kind.TEXT)
    resource: str = described("Resurs", "Personal, pengar, lokaler.", kind=Kind.TEXT)
    motive: str = described("Motiv", "Varför parten vill.", kind=Kind.TEXT)
    mandate: str = described("Skyldighet eller mandat", "Vad som gör att parten får eller måste.", kind=Kind.TEXT)
    due_on: date | None = described("Ska vara uppfyllt", kind=Kind.DATE, default=None)
    signed_by: str = ""
    signed_on: date | None = None
    on_behalf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InformedOn:
    """A day the steering group itself has set for being informed."""

    on: date
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPlan:
    """How the plan will be followed up, planned before it starts: nine support questions and what they rest on."""

    id: str
    owner: str = described("Vem håller i uppföljningen?", "En person, med namn.")
    what: str = described("Vad ska följas upp, när och hur?", kind=Kind.TEXT)
    who: str = described("Vem samlar in, sammanställer och analyserar?", kind=Kind.TEXT)
    audience: str = described("För vem görs uppföljningen?", kind=Kind.TEXT)
    hours: Decimal | None = described("Hur mycket tid går åt?", kind=Kind.NUMBER, unit="timmar", default=None)
    feedback_steering: str = described("Hur får styrgruppen veta?", kind=Kind.TEXT)
    feedback_participants: str = described("Hur får de som har deltagit veta?", kind=Kind.TEXT)
    use: str = described("Hur används resultatet, och vad händer sedan?", kind=Kind.TEXT)
    lessons_kept: str = described("Hur tas lärdomarna till vara?", kind=Kind.TEXT)
    lessons_spread: str = described("Hur sprids lärdomarna?", kind=Kind.TEXT)
    before: str = described("Vad måste ni veta innan åtgärderna börjar?", "Det som blir utgångsläget.", kind=Kind.TEXT)
    before_on: date | None = described("När är utgångsläget mätt?", kind=Kind.DATE, default=None)
    results_from: date | None = described("När går det att vänta sig resultat?", kind=Kind.DATE, default=None)
    wrong_signs: str = described("Hur skulle det synas att åtgärderna görs på fel sätt?", kind=Kind.TEXT)
    money: Decimal | None = described("Pengar som styrgruppen har satt av", kind=Kind.NUMBER, unit="kr", default=None)
    staff_hours: Decimal | None = described("Tid som styrgruppen har satt av", kind=Kind.NUMBER, unit="timmar", default=None)
    competence: str = described("Kompetens som finns eller behövs", kind=Kind.TEXT)
    informed_on: tuple[InformedOn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What worked or did not, for whom and under which conditions."""

    id: str
    action: str | None = None
    text: str = described("Lärdom", "Vad vill ni att nästa kommun ska veta?", kind=Kind.TEXT)
    worked: Worked | None = described("Fungerade det?", choices=Worked, default=None)
    for_whom: str = described("För vem?", kind=Kind.TEXT)
    conditions: str = described("Under vilka förutsättningar?", kind=Kind.TEXT)
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A rule of the plan check that somebody has silenced for this plan, with the reason."""

    rule: str
    reason: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAsked:
    """A decision the coordinator asks the steering group for."""

    id: str
    text: str = described("Vad behöver styrgruppen besluta?", kind=Kind.TEXT)
    otherwise: str = described("Annars händer detta", "Följden om beslutet uteblir.", kind=Kind.TEXT)
    action: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    A whole action plan.

    from_file   True when it was read from a file: then contact by sign-in, check-ins, reports and the like are
                unknown rather than missing ("går inte att se i filen")
    parties     names of the organisations that take part, as far as known
    knows       names of the facts that this plan can carry; a rule that needs another fact cannot be answered
    """

    id: str
    name: str = described("Planens namn", "Till exempel Trygg kväll i centrum 2027.")
    period: str = described("Period", "Till exempel 2026–2027.", max_length=60)
    summary: str = described("Kort om planen", kind=Kind.TEXT)
    adopted_on: date | None = described("Antagen av styrgruppen", kind=Kind.DATE, default=None)
    problems: tuple[Problem, ...] = ()
    causes: tuple[Cause, ...] = ()
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()
    silences: tuple[Silence, ...] = ()
    decisions_asked: tuple[DecisionAsked, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    follow_up: FollowUpPlan | None = None
    lessons: tuple[Lesson, ...] = ()
    parties: tuple[str, ...] = ()
    from_file: bool = False
    knows: frozenset[str] = frozenset()
