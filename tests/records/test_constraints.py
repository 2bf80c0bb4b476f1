"""The database is the last guard: what no row may say is refused there, whatever the program thinks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from samsyn.records.access.acts import Act
from samsyn.records.access.writes import writing
from tests.records.conftest import AT, Room

# constraint -> (table, the values that break it)
BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "user_has_name": ("access_user", {"name": ""}),
    "user_has_email": ("access_user", {"email": ""}),
    "installation_is_one": ("access_installation", {"id": 2}),
    "event_has_actor": ("access_event", {"actor_id": ""}),
    "event_has_words": ("access_event", {"words": ""}),
    "organisation_has_name": ("partnership_organisation", {"name": ""}),
    "partnership_has_name": ("partnership_partnership", {"name": ""}),
    "member_ends_after_start": ("partnership_membership", {"ended_at": AT - timedelta(days=1)}),
    "invitation_used_by_somebody": ("partnership_invitation", {"used_at": AT}),
    "invitation_expires_later": ("partnership_invitation", {"expires_at": AT - timedelta(days=1)}),
    "file_has_name": ("source_sourcefile", {"name": ""}),
    "file_content_follows_state": ("source_sourcefile", {"state": "held"}),
    "run_accepted_has_date": ("source_importrun", {"state": "accepted"}),
    "problem_has_title": ("situation_problem", {"title": ""}),
    "cause_has_text": ("situation_cause", {"text": ""}),
    "plan_has_name": ("plan_actionplan", {"name": ""}),
    "goal_has_text": ("plan_goal", {"text": ""}),
    "action_has_text": ("plan_action", {"text": ""}),
    "action_hours_not_negative": ("plan_action", {"hours": -1}),
    "action_cost_not_negative": ("plan_action", {"cost": -1}),
    "step_has_text": ("plan_actionstep", {"text": ""}),
    "check_in_hours_not_negative": ("plan_checkin", {"hours": -1}),
    "check_in_cost_not_negative": ("plan_checkin", {"cost": -1}),
    "check_in_says_something": ("plan_checkin", {"text": "", "implementation": ""}),
    "silence_has_reason": ("plan_rulesilence", {"reason": ""}),
    "face_value_fits_side": ("follow_up_facesetting", {"value": "better"}),
    "face_has_setter": ("follow_up_facesetting", {"by": ""}),
    "decision_has_text": ("follow_up_decisionasked", {"text": ""}),
}


def checks_of_ours() -> set[str]:
    return {rule.name for m in apps.get_models() if m.__module__.startswith("samsyn.records.") for rule in m._meta.constraints
            if isinstance(rule, models.CheckConstraint)}


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_breaks_a_rule_is_refused(name: str, room: Room) -> None:
    table, values = BROKEN[name]
    sets = ", ".join(f'"{column}" = %s' for column in values)
    append_only = ("access_event", "plan_checkin", "follow_up_facesetting")
    with connection.cursor() as cursor:
        if table in append_only:
            cursor.execute(f"DROP TRIGGER {table}_no_update")  # so that the rule itself is met
        if table == "access_installation":
            cursor.execute("INSERT OR IGNORE INTO access_installation (id, is_demo, made_at) VALUES (1, 0, '2026-11-23')")
    with (pytest.raises(IntegrityError, match=f"CHECK constraint failed: {name}"), transaction.atomic(),
          writing(actor=room.actor, at=AT, act=Act(kind="test", words="prövade", partnership=room.partnership)), connection.cursor() as cursor):
        cursor.execute(f"UPDATE {table} SET {sets}", list(values.values()))


def test_every_rule_of_the_first_rooms_is_tried() -> None:
    assert set(BROKEN) <= checks_of_ours()
    assert len(BROKEN) > 20


@pytest.mark.parametrize(("table", "name"), [
    ("access_user", "email"), ("partnership_invitation", "token_hash"), ("plan_actioncause", "cause_id"), ("partnership_membership", "user_id"),
    ("plan_rulesilence", "rule")])
def test_what_may_stand_once_cannot_stand_twice(table: str, name: str, room: Room) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 1')
        row = dict(zip([c[0] for c in cursor.description], cursor.fetchone(), strict=True))
    row["id"] = "f" * 32
    columns = ", ".join(f'"{c}"' for c in row)
    with pytest.raises(IntegrityError, match=rf"UNIQUE constraint failed: .*{name}"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(["%s"] * len(row))})', list(row.values()))


def test_a_link_to_nothing_is_refused(room: Room) -> None:
    with transaction.atomic():
        with writing(actor=room.actor, at=AT, act=Act(kind="test", words="prövade", partnership=room.partnership)), connection.cursor() as cursor:
            cursor.execute("UPDATE plan_goal SET plan_id = %s", ["f" * 32])
        with pytest.raises(IntegrityError, match="foreign key"):
            connection.check_constraints()
        transaction.set_rollback(True)
