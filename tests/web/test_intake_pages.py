"""The pages where a plan comes in: upload, preview, accept, held files, take back, original."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.flows.brought import HEADER, PERSONAL_NUMBER, THREE_ROWS, bring_file, take_in, text_table, waiting, workbook
from tests.web.conftest import NOW, Town

from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.models import Action
from samsyn.records.plan.reads import plan_head, plan_heads
from samsyn.records.source import reads
from samsyn.records.source.models import SourceFile

pytestmark = pytest.mark.django_db
UPLOAD = "/planer/las-in/"
Enter = Callable[..., Client]


def page(run: UUID, tail: str = "") -> str:
    return f"{UPLOAD}{run}/{tail}"


def send(client: Client, content: bytes, name: str = "åtgärdsplan centrum.xlsx", **more: Any) -> HttpResponse:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), **more})  # type: ignore[return-value]


def latest(town: Town) -> reads.Run:
    return waiting(town, reads.runs(town.partnership)[0].id)


def led_to(town: Town, answer: HttpResponse) -> reads.Run:
    """Return the reading that an answer sends the browser to."""
    return waiting(town, UUID(answer["Location"].removeprefix(UPLOAD).partition("/")[0]))


def latest_held(town: Town) -> list[reads.Run]:
    return [run for run in reads.runs(town.partnership) if run.is_held]


def answers(**more: Any) -> dict[str, Any]:
    return {"act": "accept", "once": "k1", "name": "Trygg kväll", "problem_p0": "Otrygghet på torget", **more}


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def unclear_file() -> bytes:
    return workbook([*THREE_ROWS, ("2", "Sommarjobb", "", "våren 2027", "Ellen", ""), ("2", "Föräldravandring", "", "2027-05-05", "", "")])


# ---- the whole road ----

def test_a_file_is_brought_shown_accepted_and_stands_in_the_plan(town: Town, anna: Client) -> None:
    sent = send(anna, workbook())
    run = latest(town)
    assert (sent.status_code, sent["Location"]) == (302, page(run.id))
    shown = anna.get(page(run.id))
    assert "Tre rader är klara. Skriv bara vilket problem planen gäller." in text_of(shown)
    assert "Vilket problem gäller planen? krävs" in text_of(shown)
    assert "Nattvandring fre/lör" in text_of(shown)
    assert "Vad ska planen heta? krävs" in text_of(shown)
    done = anna.post(page(run.id), answers(), follow=True)
    assert done.redirect_chain[-1][0] == page(run.id, "klart/")
    assert "Tre åtgärder är inlästa" in text_of(done)
    accepted = latest(town)
    assert accepted.plan is not None
    board = anna.get(f"/planer/{accepted.plan}/")
    assert "Nattvandring fre/lör" in text_of(board)
    assert "Otrygghet på torget" in text_of(board)


def test_a_pasted_table_takes_the_same_road(town: Town, anna: Client) -> None:
    table = "\r\n".join("\t".join(cells) for cells in (HEADER, *THREE_ROWS))
    assert anna.post(UPLOAD, {"paste": table}).status_code == 302
    assert latest(town).file_name == "Inklistrad tabell"
    assert anna.post(page(latest(town).id), answers()).status_code == 302
    assert latest(town).rows_added == 3


def test_the_rows_that_need_an_answer_come_first_with_what_is_proposed(town: Town, anna: Client) -> None:
    send(anna, unclear_file())
    shown = anna.get(page(latest(town).id))
    body = shown.content.decode()
    assert "Tre rader är klara. Två behöver dig." in text_of(shown)
    assert body.index("Sommarjobb") < body.index("Ny belysning")
    assert 'value="2027-05-31"' in body
    assert "kryssa i ”ingen än”" in text_of(shown)
    assert "Visa 3 rader som är klara" in text_of(shown)


def test_an_unanswered_row_stops_everything_and_keeps_what_was_written(town: Town, anna: Client) -> None:
    send(anna, unclear_file())
    run = latest(town)
    answer = anna.post(page(run.id), answers(name="Mitt eget namn", due_a4="2027-06-01"))
    assert answer.status_code == 422
    assert "Mitt eget namn" in answer.content.decode()
    assert 'value="2027-06-01"' in answer.content.decode()
    assert "Skriv ett namn, eller kryssa i ”ingen än”." in text_of(answer)
    assert latest(town).is_waiting


@pytest.mark.parametrize("given", [{"who_a5": "Lo"}, {"nobody_a5": "on"}, {"leave_out": "a5"}])
def test_an_answer_a_nobody_yet_or_a_row_left_out_is_enough(town: Town, anna: Client, given: dict[str, str]) -> None:
    send(anna, unclear_file())
    assert anna.post(page(latest(town).id), answers(due_a4="2027-05-31", **given)).status_code == 302
    assert latest(town).rows_added == (4 if "leave_out" in given else 5)


def test_only_the_ready_rows_can_be_taken_in(town: Town, anna: Client) -> None:
    send(anna, unclear_file())
    assert anna.post(page(latest(town).id), answers(act="ready")).status_code == 302
    assert latest(town).rows_added == 3


def test_a_problem_must_be_said(town: Town, anna: Client) -> None:
    send(anna, workbook())
    answer = anna.post(page(latest(town).id), answers(problem_p0=""))
    assert answer.status_code == 422
    assert latest(town).is_waiting


def test_a_personal_number_in_an_answer_is_refused(town: Town, anna: Client) -> None:
    send(anna, unclear_file())
    answer = anna.post(page(latest(town).id), answers(who_a5=f"Kalle {PERSONAL_NUMBER}"))
    assert answer.status_code == 422
    assert "Här står ett personnummer" in text_of(answer)


def test_a_file_can_go_into_a_plan_that_is_there(town: Town, anna: Client) -> None:
    sent = send(anna, workbook(), plan=str(town.plan))
    assert sent["Location"].endswith(f"?plan={town.plan}")
    assert 'name="name"' not in anna.get(sent["Location"]).content.decode()
    anna.post(page(latest(town).id), answers(plan=str(town.plan)))
    assert latest(town).plan == town.plan


def test_columns_can_be_chosen_anew(town: Town, anna: Client) -> None:
    send(anna, workbook())
    run = latest(town).id
    assert anna.post(page(run), {"act": "columns", "column_4": "extra"}).status_code == 302
    assert "0 rader är klara" not in text_of(anna.get(page(run)))
    anna.post(page(run), answers())
    plan = plan_head(town.partnership, latest(town).plan or run)
    assert plan is not None
    assert {action.responsible for action in plan_values(plan).actions} == {""}


def test_cancelling_keeps_nothing(town: Town, anna: Client) -> None:
    send(anna, workbook())
    run = latest(town)
    anna.post(page(run.id), {"act": "cancel"})
    assert reads.original(town.partnership, run.id) is None
    assert latest(town).state_label == "Avbruten"
    assert anna.get(page(run.id)).status_code == 302
    assert anna.get(page(run.id, "klart/")).status_code == 200


def test_a_thousand_rows_are_shown_and_come_in(town: Town, anna: Client) -> None:
    rows = [(f"{n % 9 + 1}. Orsak nummer {n % 9 + 1}", f"Åtgärd {chr(65 + n % 26)} nummer {n}", f"Mål {n}", "våren 2027" if n % 2 else "2027-05-31",
             "Bo", "gul") for n in range(1000)]
    send(anna, workbook(rows))
    run = latest(town)
    assert "Två behöver" not in text_of(anna.get(page(run.id)))
    dates = {f"due_a{n}": "2027-05-31" for n in range(1, 1001)}
    assert anna.post(page(run.id), answers(**dates)).status_code == 302
    assert Action.objects.within(town.partnership).filter(import_run_id=run.id, due_on="2027-05-31").count() == 1000


# ---- nothing twice ----

def test_the_same_file_again_is_told_at_once(town: Town, anna: Client) -> None:
    content = workbook()
    take_in(town, bring_file(town, content))
    files = SourceFile.objects.within(town.partnership).count()
    answer = send(anna, content)
    assert answer.status_code == 200
    assert "Den här filen är redan inläst" in text_of(answer)
    assert "2026-11-23" in text_of(answer)
    assert SourceFile.objects.within(town.partnership).count() == files


def test_a_double_click_adds_once(town: Town, anna: Client) -> None:
    send(anna, workbook())
    run = latest(town)
    first, second = (anna.post(page(run.id), answers()) for _ in range(2))
    assert (first["Location"], second["Location"]) == (page(run.id, "klart/"), page(run.id, "klart/"))
    assert Action.objects.within(town.partnership).filter(import_run_id=run.id).count() == 3


def test_an_upload_sent_twice_is_kept_once(town: Town, anna: Client) -> None:
    content = workbook()
    first, second = (send(anna, content, once="samma") for _ in range(2))
    assert first["Location"] == second["Location"]


# ---- held ----

def held(town: Town, client: Client) -> tuple[reads.Run, bytes]:
    content = text_table([*THREE_ROWS, ("1", f"Samtal med {PERSONAL_NUMBER}", "", "", "", "")])
    send(client, content, "plan.csv")
    return latest(town), content


def test_a_file_with_a_personal_number_is_held_and_says_where(town: Town, anna: Client) -> None:
    run, _ = held(town, anna)
    shown = anna.get(page(run.id))
    assert "Rad 5 Åtgärd" in text_of(shown)
    assert PERSONAL_NUMBER not in shown.content.decode()
    assert reads.original(town.partnership, run.id) is None
    assert anna.post(page(run.id), answers()).status_code == 200
    assert latest(town).is_held


def test_samsyn_writes_person_when_the_same_file_is_chosen_again(town: Town, anna: Client) -> None:
    run, content = held(town, anna)
    wrong = anna.post(page(run.id, "rensa/"), {"file": SimpleUploadedFile("plan.csv", workbook())})
    assert (wrong.status_code, "inte samma fil" in text_of(wrong)) == (422, True)
    right = anna.post(page(run.id, "rensa/"), {"file": SimpleUploadedFile("plan.csv", content)})
    cleaned = led_to(town, right)
    assert cleaned.id != run.id
    shown = anna.get(page(cleaned.id))
    assert "Samtal med [person]" in text_of(shown)
    assert "Personnumren är borta" in text_of(shown)
    assert b"[person]" in (reads.original(town.partnership, cleaned.id) or b"")


def test_a_held_paste_is_pasted_again(town: Town, anna: Client) -> None:
    table = "\r\n".join("\t".join(cells) for cells in (HEADER, *THREE_ROWS, ("1", f"Samtal med {PERSONAL_NUMBER}")))
    anna.post(UPLOAD, {"paste": table})
    run = latest(town)
    assert "<textarea" in anna.get(page(run.id)).content.decode()
    cleaned = led_to(town, anna.post(page(run.id, "rensa/"), {"paste": table}))
    assert cleaned.is_waiting
    assert not latest_held(town)


# ---- refused ----

@pytest.mark.parametrize(("sent", "says"), [
    ({}, "Du valde ingen fil"), ({"paste": "  "}, "Rutan är tom"), ({"file": SimpleUploadedFile("tom.xlsx", b"")}, "tom fil"),
    ({"file": SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\n" + b"0" * 60)}, "bild"),
    ({"file": SimpleUploadedFile("trasig.xlsx", b"PK\x03\x04 inget mer")}, "Filen"),
    ({"file": SimpleUploadedFile("stor.xlsx", b"0" * (11 * 2 ** 20))}, "större än 10 MB")])
def test_what_cannot_be_read_is_refused_with_one_kind_sentence(town: Town, anna: Client, sent: dict[str, Any], says: str) -> None:
    files = SourceFile.objects.within(town.partnership).count()
    answer = anna.post(UPLOAD, sent)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Inget är sparat." in text_of(answer)
    assert SourceFile.objects.within(town.partnership).count() == files


def test_far_too_much_pasted_text_is_refused(town: Town, anna: Client) -> None:
    answer = anna.post(UPLOAD, {"paste": "a\tb\n" * 1_500_000})
    assert answer.status_code == 413
    assert "Spara tabellen som en fil" in text_of(answer)


# ---- taken back, and the original ----

def test_taking_back_lists_what_stays(town: Town, anna: Client, enter: Enter) -> None:
    run = bring_file(town, workbook())
    plan = take_in(town, run).plan
    first = Action.objects.within(town.partnership).filter(plan_id=plan).order_by("position")[0]
    anna.post(f"/planer/{plan}/atgarder/{first.id}/avstamning/", {"text": "Vi har börjat"})
    assert "Det här står kvar om du ångrar" in text_of(anna.get(page(run.id, "klart/")))
    after = anna.post(page(run.id, "angra/"), {"once": "b1"}, follow=True)
    assert "Inläsningen är ångrad" in text_of(after)
    assert "Ny belysning" in text_of(after)
    assert "Föräldramöte" not in text_of(after)
    assert "Ny belysning" in text_of(anna.get(f"/planer/{plan}/"))


def test_after_thirty_days_there_is_no_button_and_the_act_is_refused(town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    run = bring_file(town, workbook())
    take_in(town, run)
    assert "Ångra hela inläsningen" in text_of(anna.get(page(run.id, "klart/")))
    monkeypatch.setattr("samsyn.web.pages.intake.views.now", lambda: NOW + timedelta(days=31))
    assert "Ångra hela inläsningen" not in text_of(anna.get(page(run.id, "klart/")))
    assert "mer än 30 dagar" in text_of(anna.post(page(run.id, "angra/"), follow=True))


def test_the_original_comes_as_it_was_as_a_harmless_attachment_and_is_logged(town: Town, anna: Client) -> None:
    from samsyn.records.access.models import Event

    content = workbook()
    run = bring_file(town, content, 'åtgärds"plan\r\n.xlsx')
    answer = anna.post(page(run.id, "original/"))
    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A5tg%C3%A4rdsplan.xlsx")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert Event.objects.filter(kind="file.opened", subject_id=run.id, actor_id=str(town.users["Anna"])).count() == 1


def test_the_original_is_opened_by_coordinators_and_the_one_who_brought_it_only(town: Town, enter: Enter) -> None:
    run = bring_file(town, workbook())
    take_in(town, run)
    assert [enter(name).post(page(run.id, "original/")).status_code for name in ("Anna", "Bo", "Carin", "Rut", "Erik")] == [200, 403, 403, 403, 404]
    bos = bring_file(town, text_table(), "bos.csv", by="Bo")
    assert [enter(name).post(page(bos.id, "original/")).status_code for name in ("Anna", "Bo", "Carin", "Rut", "Erik")] == [200, 200, 403, 403, 404]


# ---- who may ----

@pytest.mark.parametrize(("name", "there", "here"), [("Rut", 403, 403), ("Carin", 403, 403), ("Bo", 403, 403), ("Erik", 404, 200)])
def test_a_stranger_finds_nothing_and_a_member_without_the_right_is_stopped(town: Town, enter: Enter, name: str, there: int, here: int) -> None:
    run = bring_file(town, workbook())
    take_in(town, run)
    client = enter(name)
    for tail in ("", "klart/"):
        assert client.get(page(run.id, tail)).status_code == there
    for tail in ("", "angra/", "rensa/"):
        assert client.post(page(run.id, tail)).status_code == there
    assert client.get(UPLOAD).status_code == here
    assert client.get("/planer/inlasningar/").status_code == here
    assert "åtgärdsplan centrum" not in client.get("/planer/inlasningar/").content.decode()


def test_another_partnerships_plan_is_no_place_to_read_into(town: Town, anna: Client) -> None:
    assert anna.get(f"{UPLOAD}?plan={town.elsewhere_plan}").status_code == 404
    assert send(anna, workbook(), plan=str(town.elsewhere_plan)).status_code == 404
    assert anna.get(f"{UPLOAD}?plan=inte-ett-id").status_code == 404


def test_the_list_of_readings_leads_to_each(town: Town, anna: Client) -> None:
    run = bring_file(town, workbook())
    body = anna.get("/planer/inlasningar/").content.decode()
    assert page(run.id) in body
    assert anna.get("/planer/inlasningar.csv").status_code == 200


def test_the_example_can_be_read_in_itself(town: Town, anna: Client) -> None:
    example = anna.get(f"{UPLOAD}exempel.xlsx")
    assert example["Content-Disposition"].startswith("attachment")
    send(anna, example.content, "exempel.xlsx")
    assert "behöver dig" in text_of(anna.get(page(latest(town).id) + "?ny=1"))


def test_showing_a_preview_writes_nothing(town: Town, anna: Client, django_assert_max_num_queries: Any) -> None:
    run = bring_file(town, workbook())
    anna.get(page(run.id))
    with django_assert_max_num_queries(25) as queries:
        anna.get(page(run.id))
    assert not [query for query in queries.captured_queries if query["sql"].split()[0] in ("BEGIN", "INSERT", "UPDATE", "DELETE")]


def test_plans_are_as_many_as_before_a_preview(town: Town, anna: Client) -> None:
    before = len(plan_heads(town.partnership))
    send(anna, workbook())
    anna.get(page(latest(town).id))
    assert len(plan_heads(town.partnership)) == before
