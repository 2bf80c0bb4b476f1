"""The fields of groups, their people, meetings and points of an agenda, as a person fills them in: described once."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.chain.field import Kind, described
from samsyn.chain.meeting_values import Every, GroupKind


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWords:
    """A group, as its form asks for it. The hour it begins is asked for beside."""

    name: str = described("Gruppens namn", "Till exempel Styrgruppen eller Arbetsgrupp centrum.", max_length=200)
    kind: GroupKind | None = described("Slags grupp", "Bestämmer vad dagordningen tar upp.", choices=GroupKind, default=None)
    purpose: str = described("Vad gruppen ska göra", kind=Kind.TEXT, max_length=2000)
    every: Every | None = described("Hur ofta träffas ni?", choices=Every, default=None)
    minutes: int | None = described("Hur långt är ett möte?", kind=Kind.WHOLE, unit="minuter", default=None)
    place: str = described("Var?", "Ett rum, eller länken till mötet.", max_length=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWords:
    """A person's place in a group."""

    name: str = described("Namn", max_length=200)
    position: str = described("Befattning", "Så står det i protokollet.", max_length=200)
    organisation_name: str = described("Organisation", max_length=200)
    email: str = described("E-post", "Dit går kallelse och protokoll.", kind=Kind.EMAIL, max_length=254)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingWords:
    """A planned meeting. The moment it begins is asked for beside."""

    minutes: int | None = described("Längd", kind=Kind.WHOLE, unit="minuter", default=None)
    place: str = described("Var?", "Ett rum, eller länken till mötet.", max_length=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointWords:
    """A point of an agenda."""

    title: str = described("Punkt", "Skriv den som en fråga eller det ni ska komma fram till.", max_length=300)
    why: str = described("Varför", "Det som behöver sägas innan ni börjar tala.", kind=Kind.TEXT, max_length=2000)
    minutes: int | None = described("Tid", kind=Kind.WHOLE, unit="minuter", default=None)
