"""
The few rows that belong to a plan as a whole, in one query: silences, bundles, commitments, follow-up, lessons, parties.

A board may take twelve queries. Seven tables of a handful of rows each would spend half of them, so they come as one
union of (kind, JSON), and are turned into the chain's values here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, F, TextField, UUIDField, Value
from django.db.models.functions import Cast, JSONObject

from samsyn.chain import plan as chain
from samsyn.chain.field import Field, Kind, fields_of
from samsyn.records.follow_up.models import FollowUpPlan, InformedOn, Lesson
from samsyn.records.partnership.models import Party
from samsyn.records.plan.models import Action, Bundle, Commitment, RuleSilence

Small = dict[str, list[dict[str, Any]]]
KINDS = ("silence", "bundle", "taken_out", "commitment", "follow_up", "informed", "lesson", "party")
PARTNERSHIP, PLAN = UUID(int=1), UUID(int=2)  # marks in the question that is put together once


def small_rows(partnership: UUID, plan: UUID) -> dict[str, Any]:
    """Return the values of chain.Plan that these rows make, by field name."""
    found = _fetched(partnership, plan)
    return {
        "silences": tuple(chain.Silence(rule=r["rule"], reason=r["reason"], by=r["by"], at=_moment(r["at"]))
                          for r in sorted(found["silence"], key=lambda r: r["at"])),
        "bundles": _made(chain.Bundle, found["bundle"], lambda r: {"taken_out": _taken_out(found["taken_out"], r["id"])}),
        "commitments": _made(chain.Commitment, found["commitment"], _about_commitment),
        "follow_up": next(iter(_made(chain.FollowUpPlan, found["follow_up"], lambda r: {"informed_on": _informed(found["informed"])})), None),
        "lessons": _made(chain.Lesson, found["lesson"], lambda r: {"action": _id(r["action_id"]), "at": _moment(r["at"]), "by": r["by"]}),
        "parties": tuple(sorted(r["name"] for r in found["party"])),
    }


def _fetched(partnership: UUID, plan: UUID) -> Small:
    sql, parameters = _question()
    stored = {_stored(mark): _stored(real) for mark, real in ((PARTNERSHIP, partnership), (PLAN, plan))}
    found: Small = {kind: [] for kind in KINDS}
    with connection.cursor() as cursor:
        cursor.execute(sql, [stored.get(parameter, parameter) for parameter in parameters])
        for kind, text in cursor:
            found[kind].append(json.loads(text))
    return found


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    """Put the question together once: with its seven tables that takes longer than to answer it. The marks stand where the ids go."""
    of_plan = {"plan_id": PLAN}
    kept = {**of_plan, "withdrawn_at": None}
    asked: dict[str, tuple[Any, dict[str, Any], dict[str, str]]] = {
        "silence": (RuleSilence, of_plan, {n: n for n in ("rule", "reason", "by", "at")}),
        "bundle": (Bundle, kept, _columns(chain.Bundle)),
        "taken_out": (Action, {**of_plan, "withdrawn_at__isnull": False, "bundle__isnull": False}, {n: n for n in ("bundle_id", "text", "position")}),
        "commitment": (Commitment, kept, _columns(chain.Commitment, party="organisation__name", action_id="action_id", goal_id="goal_id",
                                                  signed_by="signed_by", signed_on="signed_on", on_behalf="on_behalf")),
        "follow_up": (FollowUpPlan, kept, _columns(chain.FollowUpPlan)),
        "informed": (InformedOn, of_plan, {"on": "on", "what": "what"}),
        "lesson": (Lesson, kept, _columns(chain.Lesson, action_id="action_id", at="at", by="by")),
        "party": (Party, {}, {"name": "organisation__name"}),
    }
    queries = [
        model.objects.within(PARTNERSHIP).filter(**wanted).order_by().values_list(
            Value(kind, output_field=CharField()), Cast(JSONObject(**{name: F(path) for name, path in columns.items()}), TextField()))
        for kind, (model, wanted, columns) in ((kind, asked[kind]) for kind in KINDS)
    ]
    sql, parameters = queries[0].union(*queries[1:], all=True).query.sql_with_params()
    return sql, tuple(parameters)


def _stored(id: UUID) -> Any:
    """Return an id as the database has it."""
    return UUIDField().get_db_prep_value(id, connection)


def _columns(row_class: type, **more: str) -> dict[str, str]:
    return {"id": "id", **{name: name for name in fields_of(row_class)}, **more}


def _made(row_class: Any, rows: list[dict[str, Any]], extra: Callable[[dict[str, Any]], dict[str, Any]] = lambda r: {}) -> tuple[Any, ...]:
    about = fields_of(row_class)
    return tuple(row_class(id=_id(r["id"]), **{name: _value(f, r[name]) for name, f in about.items()}, **extra(r)) for r in rows)


def _value(about: Field, stored: Any) -> Any:
    """Turn what JSON holds into what the chain has."""
    if about.choices:
        return about.choices(stored) if stored else None
    if stored is None:
        return None
    if about.kind is Kind.DATE:
        return date.fromisoformat(stored)
    return Decimal(str(stored)) if about.kind is Kind.NUMBER else stored


def _taken_out(rows: list[dict[str, Any]], bundle: str) -> tuple[str, ...]:
    """Return the texts of the actions that were parts of a combination when they were taken out of the plan."""
    return tuple(r["text"] for r in sorted(rows, key=lambda r: r["position"]) if r["bundle_id"] == bundle)


def _about_commitment(row: dict[str, Any]) -> dict[str, Any]:
    signed_on = date.fromisoformat(row["signed_on"]) if row["signed_on"] else None
    return {"party": row["party"], "action": _id(row["action_id"]), "goal": _id(row["goal_id"]), "signed_by": row["signed_by"],
            "signed_on": signed_on, "on_behalf": bool(row["on_behalf"])}


def _informed(rows: list[dict[str, Any]]) -> tuple[chain.InformedOn, ...]:
    return tuple(chain.InformedOn(on=date.fromisoformat(r["on"]), what=r["what"]) for r in sorted(rows, key=lambda r: r["on"]))


def _moment(stored: str) -> datetime:
    """Return a moment with its time zone. SQLite hands JSON the bare text it keeps, and what it keeps is UTC."""
    read = datetime.fromisoformat(stored)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _id(stored: str | None) -> str | None:
    return str(UUID(stored)) if stored else None
