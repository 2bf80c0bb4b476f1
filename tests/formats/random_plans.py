"""Plans with everything in them, and texts that people and machines have trouble with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from samsyn.chain.choices import FormFace, Implementation, Result, RestsOn
from samsyn.chain.field import Field, Kind, fields_of
from samsyn.chain.plan import (
    Action, Bundle, Cause, CheckIn, Commitment, DecisionAsked, Face, FollowUpPlan, Goal, InformedOn, Lesson, Plan, Problem, Step,
)

AWKWARD = [
    "Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning", "Id", "Detaljer", "Planens id", "Moment", "Summa", "Totalt 12", "Not: se bilagan",
    "(vad ska göras?)", "[text]", "1. Ett\n2. Två", "– a\n– b", "3", "1, 3", "1.2", "grön", "Gul. Pågår.", "klart", "N.N.", "löpande", "våren 2027",
    "2027-05-31", "31/5", "v. 20", "=1+1", "'=1", "+46 70 174 06 05", "_x000D_", "<r><t>x</t></r>", "a\tb", "  två  mellanslag ", "rad\n\n\nrad",
    "å\u0308", "e\u0301", "\u200bosynlig", "\u202ebaklänges", "😀", "𝄞", "\ufffd", "null", "0", "-", "...", "ÅÄÖ" * 30, "x" * 299, "Bo Ek, Anna Berg och Iris",
    "Problem: igen", "Fokusområde 1: stationen", "Ansvarig", "Mål", "Åtgärd · Nr", "Kommentar", "Teckenförklaring: grön = klart",
]
plain = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=25)
texts = st.one_of(st.just(""), st.sampled_from(AWKWARD), st.sampled_from(["Mörkt vid stationen", "Fler lampor", "Bo Ek"]), plain)
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.sampled_from([date(1850, 2, 3), date(1900, 2, 28), date(1, 1, 1)]))
amounts = st.one_of(st.none(), st.decimals(0, 10 ** 9, places=2), st.sampled_from([Decimal("1E+17"), Decimal("0.1"), Decimal(0)]))
moments = st.sampled_from([datetime(2026, 5, 1, 8, 30), datetime(2026, 11, 3)])


def value_for(about: Field) -> st.SearchStrategy[Any]:
    if about.choices:
        return st.sampled_from([None, *about.choices] if about.name != "track" else list(about.choices))
    if about.kind is Kind.DATE:
        return days
    if about.kind in (Kind.NUMBER, Kind.WHOLE):
        return st.one_of(st.none(), st.integers(-3, 10 ** 6)) if about.kind is Kind.WHOLE else amounts
    return texts


def rows(row_class: Any, prefix: str, most: int, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    fields = {name: value_for(about) for name, about in fields_of(row_class).items()}
    return st.lists(st.fixed_dictionaries({**fields, **more}), max_size=most).map(
        lambda made: tuple(row_class(id=f"{prefix}{number}", **values) for number, values in enumerate(made, 1)))


def some(prefix: str, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.integers(1, most).map(lambda n: f"{prefix}{n}"), max_size=3, unique=True).map(tuple)


def one(prefix: str, most: int) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.integers(1, most).map(lambda n: f"{prefix}{n}"))


def faces(values: Any) -> st.SearchStrategy[Face | None]:
    return st.one_of(st.none(), st.builds(
        Face, value=st.sampled_from(list(values)), at=st.one_of(st.none(), moments), by=texts, why=texts,
        rests_on=st.one_of(st.none(), st.sampled_from(list(RestsOn))), by_file=st.booleans()))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of few rows with every field of every kind of row filled in, or not."""
    actions = draw(rows(
        Action, "a", 6, number=st.sampled_from(["", "1.1", "1.2", "2a", "3"]), causes=some("c", 4), goals=some("g", 4),
        implementation=faces(Implementation), result=faces(Result), form_face=st.one_of(st.none(), st.sampled_from(list(FormFace))),
        depends_on=some("a", 6), bundle=one("b", 2), continues=one("old", 2), check_ins=rows(CheckIn, "k", 1, at=moments, by=texts), steps=rows(Step, "s", 2)))
    actions = tuple(_own_ids(action) for action in actions)
    follow_up = draw(rows(FollowUpPlan, "f", 1, informed_on=st.lists(st.builds(
        InformedOn, on=st.dates(date(2026, 1, 1), date(2030, 1, 1)), what=st.sampled_from(["", "Halvårsläge"])), max_size=2).map(tuple)))
    return Plan(
        id="plan-1", name=draw(texts), period=draw(texts), summary=draw(texts), adopted_on=draw(days), problems=draw(rows(Problem, "p", 3)),
        causes=draw(rows(Cause, "c", 4, problem=one("p", 3))), goals=draw(rows(Goal, "g", 4, problem=one("p", 3))), actions=actions,
        bundles=draw(rows(Bundle, "b", 2)), lessons=draw(rows(Lesson, "l", 2, action=one("a", 6), at=st.one_of(st.none(), moments), by=texts)),
        commitments=draw(rows(Commitment, "x", 2, party=texts, action=one("a", 6), goal=one("g", 4), signed_by=texts, signed_on=days,
                              on_behalf=st.booleans())),
        decisions_asked=draw(rows(DecisionAsked, "d", 1, action=one("a", 6))), follow_up=follow_up[0] if follow_up else None)


def _own_ids(action: Action) -> Action:
    """Give steps and check-ins ids that no other action's have."""
    from dataclasses import replace

    return replace(action, steps=tuple(replace(step, id=f"{action.id}-{step.id}") for step in action.steps),
                   check_ins=tuple(replace(check_in, id=f"{action.id}-{check_in.id}") for check_in in action.check_ins))
