"""What people set about reminders: two editors lose no word, others' rows stay closed, and a day has its place."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from samsyn.chain.notice_values import Pace, Person
from samsyn.chain.swedish import fold
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.models import Event
from samsyn.records.editing import Collided, Edit, Gone
from samsyn.records.partnership import rhythm_writes as writes
from samsyn.records.partnership.models import Absence, Party, Rhythm
from samsyn.records.partnership.rhythm_reads import RhythmValues, absence_row, absence_rows, absences, contacts, party_contacts, rhythm, was_withdrawn
from samsyn.records.plan.models import NoticeSettings
from samsyn.records.plan.notice_reads import PACE_FIELDS, paces, plan_pace
from samsyn.records.plan.people_reads import responsible_people
from samsyn.records.plan.notice_writes import change_pace
from tests.records.conftest import LATER, Room

TODAY = date(2026, 11, 23)
DEFAULTS = {"quiet_from": 18, "quiet_to": 7, "paused_until": None}
AWAY = {"name": "Bo", "email": "bo@x.example", "from_on": date(2026, 12, 1), "until_on": date(2026, 12, 18), "substitute_name": "Dana",
        "substitute_email": "dana@x.example"}


def edit(base: dict[str, Any], version: int, **changed: Any) -> Edit:
    return Edit(values={**base, **changed}, base=base, version=version)


def set_rhythm(room: Room, version: int = 0, **changed: Any) -> Any:
    return writes.change_rhythm(edit=edit(DEFAULTS, version, **changed), **room.given)


def away(room: Room, own_email: str | None = None, **values: Any) -> Absence:
    return writes.add_absence(organisation=room.organisation, values={**AWAY, **values}, own_email=own_email, **room.given)


def test_without_a_row_the_defaults_hold(room: Room) -> None:
    assert rhythm(room.partnership) == RhythmValues(quiet_from=18, quiet_to=7, paused_until=None, version=0)
    assert paces(room.partnership)[str(room.plan)] == Pace()


def test_two_who_set_the_rhythm_first_at_once_both_keep_their_words(room: Room) -> None:
    set_rhythm(room, quiet_from=20)
    saved = set_rhythm(room, paused_until=date(2027, 1, 7))
    found = rhythm(room.partnership)
    assert (found.quiet_from, found.quiet_to, found.paused_until) == (20, 7, date(2027, 1, 7))
    assert saved.from_theirs == ("quiet_from",)
    assert Rhythm.objects.within(room.partnership).count() == 1


def test_the_same_hour_collides_and_nothing_is_saved(room: Room) -> None:
    set_rhythm(room, quiet_from=20)
    with pytest.raises(Collided):
        set_rhythm(room, quiet_from=22, quiet_to=5)
    assert (rhythm(room.partnership).quiet_from, rhythm(room.partnership).quiet_to) == (20, 7)


def test_a_plans_pace_is_its_own(room: Room, elsewhere: Room) -> None:
    base = {name: getattr(Pace(), name) for name in PACE_FIELDS}
    change_pace(plan=room.plan, edit=edit(base, 0, silent_days=14), **room.given)
    change_pace(plan=room.plan, edit=edit(base, 0, days_between=3), **room.given)
    assert paces(room.partnership) == {str(room.plan): Pace(silent_days=14, days_between=3)}
    assert paces(elsewhere.partnership) == {str(elsewhere.plan): Pace()}
    assert NoticeSettings.objects.within(room.partnership).count() == 1
    with pytest.raises(Gone):
        change_pace(plan=elsewhere.plan, edit=edit(base, 0, silent_days=1), **room.given)
    assert plan_pace(room.partnership, elsewhere.plan) is None


def test_an_absence_is_written_read_changed_and_taken_back(room: Room) -> None:
    row = away(room)
    (found,) = absences(room.partnership, TODAY)
    assert (found.person, found.by_name, found.substitute) == ("bo@x.example", Person("Bo").key, Person("Dana", "dana@x.example"))
    writes.change_absence(absence=row.id, edit=edit(AWAY, 1, until_on=date(2026, 12, 20)), own_email="BO@x.example", **room.given)
    held = absence_row(room.partnership, row.id)
    assert held and (held.until_on, held.version) == (date(2026, 12, 20), 2)
    writes.withdraw_absence(absence=row.id, own_email=None, **room.given)
    assert absences(room.partnership, TODAY) == () and was_withdrawn(room.partnership, row.id)
    with pytest.raises(Gone):
        writes.withdraw_absence(absence=row.id, own_email=None, **room.given)


def test_an_absence_that_has_passed_is_not_asked_about(room: Room) -> None:
    away(room)
    assert [len(absence_rows(room.partnership, day)) for day in (date(2026, 12, 18), date(2026, 12, 19))] == [1, 0]


def test_somebody_without_an_address_is_away_by_name_and_nobody_may_stand_in(room: Room) -> None:
    away(room, email="", substitute_name="", substitute_email="")
    (found,) = absences(room.partnership, TODAY)
    assert (found.person, found.by_name, found.substitute) == (Person("bo").key, "", None)


def test_people_speak_only_for_themselves(room: Room) -> None:
    row = away(room)
    refused: list[Any] = [
        lambda: away(room, own_email="dana@x.example"),
        lambda: writes.change_absence(absence=row.id, edit=edit(AWAY, 1, name="X"), own_email="dana@x.example", **room.given),
        lambda: writes.change_absence(absence=row.id, edit=edit(AWAY, 1, email="dana@x.example"), own_email="bo@x.example", **room.given),
        lambda: writes.withdraw_absence(absence=row.id, own_email="dana@x.example", **room.given)]
    for act in refused:
        with pytest.raises(writes.NotOwn):
            act()
    assert [(r.name, r.version) for r in absence_rows(room.partnership, TODAY)] == [("Bo", 1)]


def test_two_who_change_a_day_each_never_make_an_absence_that_ends_before_it_starts(room: Room) -> None:
    row = away(room)
    writes.change_absence(absence=row.id, edit=edit(AWAY, 1, from_on=date(2026, 12, 15)), own_email=None, **room.given)
    with pytest.raises(writes.EndsBeforeStart):
        writes.change_absence(absence=row.id, edit=edit(AWAY, 1, until_on=date(2026, 12, 10)), own_email=None, **room.given)
    with pytest.raises(writes.EndsBeforeStart):
        away(room, until_on=date(2026, 11, 30))
    (held,) = absence_rows(room.partnership, TODAY)
    assert (held.from_on, held.until_on) == (date(2026, 12, 15), date(2026, 12, 18))


def test_the_same_form_twice_adds_one_absence(room: Room) -> None:
    key = uuid4().hex
    given: dict[str, Any] = {"organisation": room.organisation, "values": AWAY, "own_email": None, "once": key, **room.given}
    writes.add_absence(**given)
    with pytest.raises(AlreadyDone):
        writes.add_absence(**given)
    assert Absence.objects.within(room.partnership).count() == 1


def party_of(room: Room) -> UUID:
    return UUID(str(Party.objects.within(room.partnership).get(organisation_id=room.organisation).id))


def test_the_contact_of_a_party_is_found_by_the_folded_name(room: Room) -> None:
    none = {"contact_name": "", "contact_email": ""}
    assert contacts(room.partnership) == {}
    writes.change_contact(party=party_of(room), edit=edit(none, 1, contact_name="Chefen", contact_email="chef@x.example"), **room.given)
    assert contacts(room.partnership) == {fold("Granvikens KOMMUN "): Person("Chefen", "chef@x.example")}
    (row,) = (row for row in party_contacts(room.partnership) if row.party == party_of(room))
    assert row.contact_name == "Chefen"


def test_two_who_choose_a_contact_at_once_are_both_shown(room: Room) -> None:
    none = {"contact_name": "", "contact_email": ""}
    writes.change_contact(party=party_of(room), edit=edit(none, 1, contact_name="Kim"), **room.given)
    saved = writes.change_contact(party=party_of(room), edit=edit(none, 1, contact_email="kim@x.example"), **room.given)
    assert saved.from_theirs == ("contact_name",)
    with pytest.raises(Collided) as collided:
        writes.change_contact(party=party_of(room), edit=edit(none, 1, contact_name="Lo"), **room.given)
    assert [(one.theirs, one.mine) for one in collided.value.merge.collisions] == [("Kim", "Lo")]
    assert contacts(room.partnership).popitem()[1] == Person("Kim", "kim@x.example")


def test_another_partnerships_rows_are_not_here(room: Room, elsewhere: Room) -> None:
    row = away(room)
    given = {**elsewhere.given, "at": LATER}
    for act in (lambda: writes.withdraw_absence(absence=row.id, own_email=None, **given),
                lambda: writes.change_absence(absence=row.id, edit=edit(AWAY, 1), own_email=None, **given),
                lambda: writes.change_contact(party=party_of(room), edit=edit({"contact_name": ""}, 1, contact_name="X"), **given)):
        with pytest.raises(Gone):
            act()
    assert absence_row(elsewhere.partnership, row.id) is None and absences(elsewhere.partnership, TODAY) == ()


def test_each_act_leaves_one_event_of_who_and_when(room: Room) -> None:
    ours = Event.objects.filter(partnership_id=room.partnership)
    before = ours.count()
    set_rhythm(room, quiet_from=20)
    away(room)
    assert ours.count() == before + 2
    assert set(ours.values_list("actor_name", flat=True)) == {room.actor.name}


def test_those_who_are_responsible_are_known_once_each(room: Room) -> None:
    assert len(responsible_people(room.partnership)) == len(set(responsible_people(room.partnership))) > 0
