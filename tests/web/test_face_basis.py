"""What a result rests on: asked for where somebody has looked, refused where nobody has."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.choices import FormFace, Implementation, RestsOn, Result
from samsyn.chain.plan import Action, Face
from samsyn.records.follow_up.models import FaceSetting
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.follow_up.writes import NoBasis, set_face
from samsyn.records.plan.reads import plan_head
from tests.web.conftest import NOW, Town


def the_action(town: Town) -> Action:
    head = plan_head(town.partnership, town.plan)
    assert head is not None
    return next(a for a in plan_values(head).actions if a.id == str(town.bo_action))


def sends(anna: Client, town: Town, **said: str) -> Any:
    form = {"implementation": "under_way", "rests_on": "", "why": "Rutorna är räknade", "once": uuid4().hex, **said}
    return anna.post(reverse("set_face", args=[town.plan, town.bo_action]), form)


@pytest.mark.parametrize("result", ["not_measured", "too_early"])
def test_not_measured_cannot_rest_on_a_measurement(town: Town, anna: Client, result: str) -> None:
    before = the_action(town).result
    refused = sends(anna, town, result=result, rests_on="measured")
    assert "säger att ingen har sett efter än" in refused.content.decode()
    assert the_action(town).result == before


@pytest.mark.parametrize("result", ["worse", "cannot_be_told"])
def test_what_somebody_has_looked_at_can(town: Town, anna: Client, result: str) -> None:
    assert sends(anna, town, result=result, rests_on="measured").status_code == 302
    kept = FaceSetting.objects.within(town.partnership).filter(action_id=town.bo_action, value=result, why="Rutorna är räknade")
    assert [setting.rests_on for setting in kept] == ["measured"]


def test_a_better_ground_for_the_same_result_is_kept_and_asks_why(town: Town, anna: Client) -> None:
    sends(anna, town, result="worse", rests_on="heard")
    assert "Skriv ett ord om varför." in sends(anna, town, result="worse", rests_on="measured", why="").content.decode()
    assert sends(anna, town, result="worse", rests_on="measured", why="Nu är det mätt").status_code == 302
    kept = FaceSetting.objects.within(town.partnership).filter(action_id=town.bo_action, side="result", value="worse", why="Nu är det mätt")
    assert [setting.rests_on for setting in kept] == ["measured"]


def test_the_write_refuses_it_too(town: Town) -> None:
    from samsyn.records.access.acts import Actor, ActorKind

    with pytest.raises(NoBasis, match="ingen har sett efter"):
        set_face(partnership=town.partnership, action=town.bo_action, value=Result.NOT_MEASURED, why="Hört", rests_on=RestsOn.HEARD,
                 actor=Actor(ActorKind.JOB, "test", "Test"), at=datetime.fromisoformat("2026-11-23T08:14+00:00"))


def test_what_was_stored_before_is_shown_without_what_it_rested_on(town: Town, anna: Client) -> None:
    from samsyn.records.access.acts import Act, Actor, ActorKind
    from samsyn.records.access.writes import writing

    actor = Actor(ActorKind.JOB, "test", "Test")
    with writing(actor=actor, at=NOW, act=Act(kind="face.result", words="satte", partnership=town.partnership)):
        FaceSetting.objects.create(id=uuid4(), partnership_id=town.partnership, organisation_id=town.organisation, action_id=town.bo_action, side="result",
                                   value="not_measured", at=NOW, by="Anna", why="Ingen har räknat", rests_on="measured")
    page = anna.get(reverse("action", args=[town.plan, town.bo_action])).content.decode()
    assert "Ingen har räknat" in page and "Bygger på" not in page
    assert "Bygger på" not in anna.get(reverse("report", args=[town.plan])).content.decode().partition("Ingen har räknat")[2][:200]


def test_the_board_shows_the_colour_of_the_file_until_somebody_says(town: Town, anna: Client) -> None:
    from samsyn.web.pages.plans.board_causes import board_row
    from samsyn.web.parts.plan_links import links_of

    links = links_of(town.plan)
    red = Action(id="1", number="1.1", text="Vandra", form_face=FormFace.RED)
    shown = board_row(red, NOW.date(), links).implementation
    assert "i filen: röd" in shown and "form-red" in shown and "ingen har sagt" not in shown
    assert "ingen har sagt" in board_row(replace(red, form_face=None), NOW.date(), links).implementation
    said = replace(red, implementation=Face(value=Implementation.UNDER_WAY, by="Anna", at=NOW))
    assert "i filen" not in board_row(said, NOW.date(), links).implementation
    by_file = replace(red, form_face=None, implementation=Face(value=Implementation.UNDER_WAY, by="plan.xlsx", by_file=True))
    assert "enligt filen" in board_row(by_file, NOW.date(), links).implementation
