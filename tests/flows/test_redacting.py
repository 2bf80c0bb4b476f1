"""Words about an individual leave the plan, its history, saved reports, adopted papers and the files that were brought."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

import pytest

from samsyn.chain.words_out import REMOVED
from samsyn.flows.adopting import adopt_plan, changes_since_adoption
from samsyn.flows.redacting import WordsOfOurs, counted_words, find_words, take_out
from samsyn.flows.reports.steering_report import report_as_saved, report_now
from samsyn.records.access.redacted import redactions_of
from samsyn.records.editing import Gone
from samsyn.records.plan.reads import PlanHead, plan_head
from samsyn.records.source import reads
from samsyn.records.source.writes import remove_original
from tests.flows.brought import HEADER, NOW, TODAY, Room, actor, bring_file, take_in, text_table, waiting, workbook
from tests.formats.made_files import docx, word_cell, word_table

NAME = "Nils Nilsson"
ROWS = (("1. Mörkt", f"1. Ring {NAME} varje kväll", "Inga fall", "2027-03-31", "Eva", "grön"),)


def given(town: Room) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": actor(town), "at": NOW}


def planned(town: Room) -> tuple[PlanHead, UUID]:
    """A plan read from a file that names somebody, adopted and reported. Returns it and the reading."""
    run = bring_file(town, workbook(ROWS), f"plan för {NAME}.xlsx")
    head = plan_head(town.partnership, take_in(town, run).plan)
    assert head is not None
    return head, run.id


def saved(town: Room, head: PlanHead) -> UUID:
    from samsyn.chain.report_json import to_json
    from samsyn.records.follow_up.writes import save_report

    return save_report(plan=head.id, content=json.loads(to_json(report_now(head, TODAY))), **given(town)).id


def adopted(town: Room, head: PlanHead) -> UUID:
    return adopt_plan(head=head, adopted_on=TODAY, body="Styrgruppen", decision=f"{NAME} nämndes", today=TODAY, actor=actor(town), at=NOW)


def texts_of_pdf(content: bytes) -> str:
    import io

    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def test_everything_that_is_kept_loses_the_words(town: Room) -> None:
    from samsyn.records.follow_up.reads import adopted_plan, plan_values

    head, run = planned(town)
    report, adoption = saved(town, head), adopted(town, head)
    paper = adopted_plan(town.partnership, head.id, adoption)
    assert paper and NAME in texts_of_pdf(paper[1])

    found = find_words(town.partnership, [NAME])
    assert [key for key, _ in found.originals] == [run]
    assert {row.what for row in found.rows} >= {"åtgärd, åtgärd", "sparad rapport", "antagen version", "filnamn"}
    taken = take_out(words=[NAME], originals=[run], why="ett namn stod där", **given(town))

    assert find_words(town.partnership, [NAME]).is_nothing
    assert f"Ring {REMOVED} varje kväll" in {action.text for action in plan_values(head).actions}
    made = report_as_saved(head, report)
    assert made is not None and NAME not in repr(made) and REMOVED in repr(made)
    after = adopted_plan(town.partnership, head.id, adoption)
    assert after and NAME not in json.dumps(after[0]) and REMOVED in json.dumps(after[0])
    assert NAME not in texts_of_pdf(after[1]) and REMOVED in texts_of_pdf(after[1])
    head_now = plan_head(town.partnership, head.id)
    assert head_now is not None and changes_since_adoption(head_now, adoption) == ()
    assert [one.words for one in redactions_of(report)] == [one.words for one in redactions_of(adoption)] == ["tog bort ord därför att ett namn stod där"]
    assert "antagen version: 1" in counted_words(taken)


def test_the_minutes_of_a_meeting_lose_the_words_in_content_and_on_paper(town: Room) -> None:
    from samsyn.flows.closing import close_meeting
    from samsyn.records.meeting.minutes_reads import kept_minutes, minutes_paper
    from samsyn.records.outbox.models import Letter
    from tests.flows.a_meeting import BASE, live_meeting, say, steering_group

    head = live_meeting(town, steering_group(town))
    say(town, head.id, f"Bo: ring {NAME} varje kväll")
    close_meeting(meeting=head.id, base_url=BASE, **given(town))
    assert NAME in texts_of_pdf(minutes_paper(town.partnership, head.id))
    taken = take_out(words=[NAME], originals=[], why="ett namn stod där", **given(town))
    kept = kept_minutes(town.partnership, head.id)
    assert kept and NAME not in json.dumps(kept.content) and REMOVED in json.dumps(kept.content)
    paper = texts_of_pdf(minutes_paper(town.partnership, head.id))
    assert NAME not in paper and REMOVED in paper and "Ett uppdrag, inga beslut" in paper
    assert not [row for row in Letter.objects.within(town.partnership) if NAME in row.text + row.html + row.subject]
    assert [one.words for one in redactions_of(kept.id)] == ["tog bort ord därför att ett namn stod där"]
    assert {"protokoll: 1", "rad från ett möte: 1"} <= set(counted_words(taken))


def test_a_meeting_that_goes_on_tells_its_open_pages_that_words_are_gone(town: Room) -> None:
    from tests.flows.a_meeting import head_of, live_meeting, say, steering_group

    head = live_meeting(town, steering_group(town))
    say(town, head.id, f"Ring {NAME}")
    before = head_of(town, head.id).revision
    take_out(words=[NAME], originals=[], why="en privatperson", **given(town))
    assert head_of(town, head.id).revision > before


def test_words_leave_a_letter_that_waits_also_its_html(town: Room) -> None:
    from samsyn.chain.notice_values import Person
    from samsyn.records.outbox.models import LetterKind
    from samsyn.records.outbox.reads import letter
    from samsyn.records.outbox.writes import queue_letter

    made = queue_letter(kind=LetterKind.HELP, person=Person("Anna", "anna@flows.example"), subject="Nils O'Brien", text="Ring Nils O'Brien",
                        html="<p>Ring Nils O&#x27;Brien</p>", **given(town))
    take_out(words=["Nils O'Brien"], originals=[], why="en privatperson", **given(town))
    left = letter(town.partnership, made)
    assert left is not None and "Brien" not in f"{left.head.subject}{left.text}{left.html}" and left.html == f"<p>Ring {REMOVED}</p>"


def test_an_original_is_removed_with_its_hash_kept(town: Room) -> None:
    head, run = planned(town)
    content = reads.original(town.partnership, run)
    remove_original(run=run, why="en bild visade vem det var", **given(town))
    after = waiting(town, run)
    assert reads.original(town.partnership, run) is None
    assert (after.is_removed, after.has_original, after.sha256) == (True, False, hashlib.sha256(content or b"").hexdigest())
    assert after.reading is None and after.is_accepted
    (said,) = redactions_of(run)
    assert (said.by, said.at, said.words) == ("Anna", NOW, "tog bort originalet därför att en bild visade vem det var")
    with pytest.raises(Gone):
        remove_original(run=run, why="igen", **given(town))
    assert len(redactions_of(run)) == 1


def test_a_reading_can_be_taken_back_after_its_original_is_removed(town: Room) -> None:
    from samsyn.flows.intake.taking_back import take_back

    head, run = planned(town)
    remove_original(run=run, why="ett namn", **given(town))
    take_back(run=run, once="x", **given(town))
    assert waiting(town, run).taken_back_at


def test_a_file_that_waits_is_not_removed_but_cancelled_as_before(town: Room) -> None:
    run = bring_file(town, workbook())
    with pytest.raises(Gone):
        remove_original(run=run.id, why="fel", **given(town))


def test_a_file_that_waits_with_the_words_is_found_and_dropped(town: Room) -> None:
    waits, other = bring_file(town, workbook(ROWS), "väntar.xlsx"), bring_file(town, workbook(), "annan.xlsx")
    assert find_words(town.partnership, [NAME]).originals == ((waits.id, "väntar.xlsx"),)
    take_out(words=[NAME], originals=[waits.id], why="ett namn", **given(town))
    assert reads.original(town.partnership, waits.id) is None
    after = waiting(town, waits.id)
    assert not after.is_waiting and after.reading is None
    assert waiting(town, other.id).is_waiting and reads.original(town.partnership, other.id) is not None


@pytest.mark.parametrize(("name", "content"), [
    ("plan.csv", text_table(ROWS)),
    ("plan.docx", docx(word_table("".join(map(word_cell, HEADER)), "".join(word_cell(text.replace("Nils Nilsson", "Nils</w:t></w:r><w:r><w:t> Nilsson"))
                                                                           for text in ROWS[0])))),
    ("plan.xlsx", workbook(hidden=f"{NAME} på ett dolt blad")),
])
def test_the_words_are_found_in_every_sort_of_file(name: str, content: bytes, town: Room) -> None:
    run = bring_file(town, content, name)
    take_in(town, run)
    assert [key for key, _ in find_words(town.partnership, [NAME]).originals] == [run.id]
    assert not find_words(town.partnership, ["Kalle Karlsson"]).originals


def test_a_file_that_cannot_be_searched_is_named(town: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from samsyn.formats.problems import Refused

    planned(town)

    def refuses(*_args: Any, **_given: Any) -> None:
        raise Refused("Filen är skadad.")

    monkeypatch.setattr("samsyn.flows.redacting.read_safely", refuses)
    assert find_words(town.partnership, [NAME]).unsearched == (f"plan för {NAME}.xlsx",)


def test_words_that_a_frozen_report_is_built_of_are_refused_and_nothing_is_changed(town: Room) -> None:
    head, _ = planned(town)
    report = saved(town, head)
    before = report_as_saved(head, report)
    with pytest.raises(WordsOfOurs):
        take_out(words=[TODAY.isoformat()], originals=[], why="prov", **given(town))
    assert report_as_saved(head, report) == before


def test_somebody_elses_original_is_not_reached(town: Room) -> None:
    from samsyn.records.partnership.writes import add_partnership

    _, run = planned(town)
    other = add_partnership(name="Norrängen", organisation_name="Norrängens kommun", actor=actor(town), at=NOW)
    assert find_words(other.id, [NAME]).is_nothing
    take_out(words=[NAME], originals=[run], why="prov", **{**given(town), "partnership": other.id})
    assert reads.original(town.partnership, run) is not None
