"""`samsyn check`: what a person reads, what a program reads, and the exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samsyn.catalog.load import rules
from samsyn.chain.check import check
from samsyn.chain.choices import Approach
from samsyn.chain.facts import facts_of_columns
from samsyn.chain.plan import Action, Cause, Goal, Plan, Problem, Silence
from samsyn.cli.check import Checked, hold_personal_numbers, json_of, plain, read_plan_of, write_text
from samsyn.cli.main import run
from samsyn.formats.problems import Refused, RowProblem, Weight

TODAY = date(2027, 3, 1)
HEADER = "Orsak;Åtgärd;Operativa mål;När;Vem;Uppföljning\n"
WHOLE_ROW = "1. Ingen vuxen på torget;1.1 Nattvandra;Färre slagsmål;2027-06-30;Bo Ek, bo.ek@exempel.se;\n"
LACKING_ROW = "2. Mörk gångväg;2.1 Byta lampor;Tryggare;2027-06-30;;\n"


@pytest.fixture
def plan_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a plan as a text file of the handbook's six columns."""
    def write(rows: str) -> Path:
        path = tmp_path / "plan.csv"
        path.write_text(HEADER + rows, encoding="utf-8-sig")
        return path

    return write


def checked(plan: Plan, *reading: RowProblem) -> Checked:
    return Checked("plan.xlsx", plan, TODAY, check(plan, TODAY), reading)


def plan_of(*actions: Action, **about: object) -> Plan:
    whole: dict[str, object] = {
        "problems": (Problem(id="p", title="Slagsmål"),), "causes": (Cause(id="c", problem="p", number=1, text="Mörkt"),),
        "goals": (Goal(id="g", problem="p", text="Färre slagsmål"),),
        "from_file": True, "knows": facts_of_columns(("problem", "cause", "action", "goal", "when", "responsible", "status"))}
    return Plan(id="plan", name="Trygg kväll", actions=actions, **(whole | about))  # type: ignore[arg-type]


def action(number: int, **about: object) -> Action:
    whole: dict[str, object] = {
        "causes": ("c",), "goals": ("g",), "responsible": "Bo Ek", "responsible_phone": "070-1", "due_typed": "löpande",
        "approach": Approach.SOCIAL, "place": f"Blad Plan, rad {number}", "text": "Nattvandring"}
    return Action(id=f"a{number}", number=f"1.{number}", **(whole | about))  # type: ignore[arg-type]


def test_a_plan_that_must_be_mended_ends_with_one(plan_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(plan_file(WHOLE_ROW + LACKING_ROW)), "--today", "2027-03-01"]) == 1
    shown = capsys.readouterr().out
    assert "En sak i planen måste rättas." in shown
    assert "2.1 Byta lampor har ingen ansvarig." in shown
    assert "Går inte att se i filen" in shown


def test_a_plan_with_nothing_that_must_be_mended_ends_with_zero(
    plan_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["check", str(plan_file(WHOLE_ROW)), "--today", "2027-03-01"]) == 0
    assert "måste rättas\n" not in capsys.readouterr().out.replace("Inget i planen måste rättas", "")


def test_the_day_that_counts_as_today_can_be_given(plan_file: Callable[[str], Path]) -> None:
    file = str(plan_file(WHOLE_ROW))
    assert run(["check", file, "--today", "2027-06-30"]) == 0
    assert run(["check", file, "--today", "2027-07-01"]) == 1


def test_a_day_that_is_no_day_is_said_in_swedish(plan_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(plan_file(WHOLE_ROW)), "--today", "igår"]) == 2
    assert "”igår” är inget datum" in capsys.readouterr().err


def test_json_holds_what_the_module_says_it_holds(plan_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(plan_file(WHOLE_ROW + LACKING_ROW)), "--json", "--today", "2027-03-01"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["file", "plan", "today", "headline", "must_be_mended", "rows", "counts", "three_first", "remarks", "fine",
                            "silenced", "unseen", "reading"]
    assert (answer["file"], answer["today"], answer["must_be_mended"]) == ("plan.csv", "2027-03-01", True)
    assert (answer["rows"]["causes"], answer["rows"]["actions"]) == (2, 2)
    assert answer["counts"]["must"] == 1
    remark, = [one for one in answer["remarks"] if one["severity"] == "must"]
    assert (remark["rule"], remark["field"], remark["kind"]) == ("action-without-responsible", "responsible", "action")
    assert answer["three_first"][0]["sentence"] == remark["sentence"] == "2.1 Byta lampor har ingen ansvarig."
    assert "goal-without-indicator" in {one["rule"] for one in answer["unseen"]}


def test_a_file_that_is_refused_ends_with_two_and_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(b"PK\x03\x04 this is no workbook")
    assert run(["check", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert run(["check", str(file), "--json"]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"file": "plan.xlsx", "refused": told.err.strip()}


def test_a_file_with_a_personal_identity_number_is_refused_and_the_number_is_not_shown(
    plan_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(plan_file(WHOLE_ROW + "2. Mörkt;2.1 Ring 640823-3234;Tryggare;2027-06-30;Bo Ek, 070-1;\n"))
    for arguments in (["check", file], ["check", file, "--json"]):
        assert run(arguments) == 2
        told = capsys.readouterr()
        assert "personnummer" in told.out + told.err
        assert "640823" not in told.out + told.err
    assert run(["check", str(plan_file(WHOLE_ROW))]) in (0, 1)


def test_every_place_of_a_personal_number_is_named_up_to_a_limit() -> None:
    hold_personal_numbers([])
    with pytest.raises(Refused, match=r"cell B2 och cell B3\. Ta bort"):
        hold_personal_numbers(["cell B2", "cell B3"])
    with pytest.raises(Refused, match="B10 och fler ställen"):
        hold_personal_numbers([f"cell B{n}" for n in range(1, 40)])


def test_a_file_with_a_header_and_no_actions_is_not_called_good(
    plan_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["check", str(plan_file(""))]) == 0
    shown = capsys.readouterr().out
    assert "Filen har inga åtgärder, så det finns inget att kontrollera." in shown
    assert "hittar inget att rätta" not in shown


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"Filen borta\.xlsx går inte att öppna"):
        read_plan_of(tmp_path / "borta.xlsx", TODAY)


def test_a_file_that_does_not_exist_is_said_in_swedish(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "finns-inte.xlsx"]) == 2
    assert "”finns-inte.xlsx” finns inte" in capsys.readouterr().err


def test_what_is_read_stands_in_order_the_finding_first(capsys: pytest.CaptureFixture[str]) -> None:
    read = RowProblem("Blad Plan, cell D7", "v. 60", "Veckan finns inte.", "Skriv en annan.", Weight.ASK)
    silence = Silence(rule="cause-without-action", reason="Vi väntar")
    write_text(checked(plan_of(action(1, responsible=""), silences=(silence,)), read))
    shown = capsys.readouterr().out
    order = ["Trygg kväll", "En sak i planen måste rättas.", "Rätta det här först",
             "1) 1.1 Nattvandring har ingen ansvarig. (Blad Plan, rad 1)",
             "Åtgärd utan ansvarig (1) – måste rättas", "Inget att rätta",
             "Tystat (1)", "Vi väntar", "Går inte att se i filen",
             "När filen lästes (1)", "Blad Plan, cell D7 ”v. 60”: Veckan finns inte. Skriv en annan."]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_many_rows_of_one_rule_are_folded(capsys: pytest.CaptureFixture[str]) -> None:
    write_text(checked(plan_of(*(action(n, responsible="") for n in range(1, 15)))))
    shown = capsys.readouterr().out
    assert "1.10 Nattvandring har ingen ansvarig." in shown
    assert "1.11 Nattvandring har ingen ansvarig." not in shown
    assert "och 4 till. Alla finns med --json." in shown


def test_rows_that_one_mend_frees_are_said_together(capsys: pytest.CaptureFixture[str]) -> None:
    write_text(checked(plan_of(*(action(n, responsible_phone="") for n in range(1, 4)))))
    assert "• Bo Ek har ingen e-post eller telefon. Det gäller tre åtgärder." in capsys.readouterr().out


def test_no_line_is_wider_than_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    write_text(checked(plan_of(*(action(n, responsible="", place="x" * 60) for n in range(1, 4)))))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 10
    assert max(map(len, lines)) <= 100


def test_what_a_file_says_never_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write_text(checked(replace(plan_of(action(1, text="\x1b[31mRöd\x07 [bold]ram[/bold]", responsible="")), name="\x1b]0;x\x07")))
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[bold]ram[/bold]" in shown
    assert plain("a\u202eb\tc") == "a b c"


def test_json_gives_every_row_and_the_reader_s_words() -> None:
    read = RowProblem("rad 7", "x", "Varför.", "Gör så.", Weight.ASK)
    answer = json_of(checked(plan_of(*(action(n, responsible="") for n in range(30))), read))
    assert len(answer["remarks"]) == 30
    assert [(first["rule"], first["remarks"]) for first in answer["three_first"]] == [("action-without-responsible", 30)]
    assert answer["reading"] == [{"place": "rad 7", "value": "x", "why": "Varför.", "what_to_do": "Gör så.", "weight": "ask"}]
    assert answer["counts"] == {"must": 30, "should": 0, "consider": 0, "fine": len(answer["fine"]), "silenced": 0,
                                "unseen": len(answer["unseen"])}
    assert len(answer["fine"]) + len(answer["unseen"]) + 1 == len(rules())


BLOCKED = """\
import sys
from importlib.abc import MetaPathFinder

class Blocker(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "sqlite3", "pysqlite3"}:
            raise ImportError(name + " is blocked")

sys.meta_path.insert(0, Blocker())
from samsyn.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


def test_the_check_works_where_django_is_not_installed(plan_file: Callable[[str], Path]) -> None:
    done = subprocess.run([sys.executable, "-c", BLOCKED, "check", str(plan_file(WHOLE_ROW)), "--json", "--today", "2027-03-01"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["must_be_mended"] is False
    stopped = subprocess.run([sys.executable, "-c", BLOCKED.replace("from samsyn.cli.main import run", "import django")],
                             capture_output=True, text=True, check=False)
    assert "django is blocked" in stopped.stderr
