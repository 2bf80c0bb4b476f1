"""The command itself: help, mistakes and faults, in Swedish and in one sentence each."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Annotated, Literal

import pytest
import typer
from samsyn.cli import main as command_line
from samsyn.cli.main import COMMANDS, Entry, load, main, run
from samsyn.cli.swedish import MISTAKES, in_swedish

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"\b(Usage|Options|Arguments|Commands|Show this|and exit|required|default|Missing|Invalid|Error|such)\b")


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A command `planted` whose function the test decides."""
    module = ModuleType("planted_command")
    monkeypatch.setitem(sys.modules, "planted_command", module)
    monkeypatch.setattr(command_line, "COMMANDS", {**COMMANDS, "planted": Entry("planted_command:go", "Prova.", "web")})
    return module


def test_help_names_every_command_in_swedish(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "Så här skriver du: samsyn [VAL] KOMMANDO" in shown
    assert all(f"  {name} " in shown and entry.help in shown for name, entry in COMMANDS.items())
    assert not ENGLISH.search(shown)


def test_help_imports_no_command_and_nothing_heavy() -> None:
    program = (
        "import sys\nfrom samsyn.cli.main import run\nrun(['--help'])\n"
        "heavy = {'django', 'openpyxl', 'docx', 'typst', 'rich', 'yaml', 'pydantic', 'python_calamine', 'holidays', 'xlsxwriter'}\n"
        "loaded = {name.split('.')[0] for name in sys.modules} & heavy\n"
        "ours = {'samsyn.cli', 'samsyn.cli.main', 'samsyn.cli.swedish'}\n"
        "commands = {name for name in sys.modules if name.startswith('samsyn.')} - ours\n"
        "sys.exit(' '.join(sorted(loaded | commands)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"loaded too early: {done.stderr}"


def test_no_command_at_all_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Kommandon:" in capsys.readouterr().err


def test_the_command_line_runs_as_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "samsyn.cli.main", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()[0]) == (0, "samsyn")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"samsyn \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(("arguments", "said"), [
    (["chek"], "Kommandot chek finns inte. Menade du 'check'?"),
    (["nothing-like-it"], "Kommandot nothing-like-it finns inte."),
    (["--sort"], "Valet --sort finns inte."),
    (["planted"], "who saknas."),
    (["planted", "Anna", "Bo"], "Det här blev för mycket: Bo."),
    (["planted", "Anna", "--times"], "Valet --times måste följas av ett värde."),
    (["planted", "Anna", "--way", "runt"], "--way: ”runt” går inte. Välj något av 'fram', 'bak'."),
    (["planted", "Anna", "--on", "snart"], "--on: ska vara ett datum, som 2026-11-21."),
    (["planted", "Anna", "--file", "finns-inte.xlsx"], "--file: ”finns-inte.xlsx” finns inte."),
    (["planted", "Anna", "--times", "två"], "--times: ska vara ett heltal."),
])
def test_a_command_written_wrongly_is_told_in_swedish(
    planted: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str,
) -> None:
    def go(
        who: str, times: int = 1, way: Literal["fram", "bak"] = "fram", on: date | None = None,
        file: Annotated[Path | None, typer.Option(exists=True)] = None,
    ) -> None:
        """Hälsa på någon."""

    planted.go = go  # type: ignore[attr-defined]
    assert run(arguments) == 2
    shown = capsys.readouterr().err
    assert shown.splitlines()[0] == said
    assert "--help" in shown.splitlines()[1]
    assert not ENGLISH.search(shown.replace("--help", ""))


def test_a_sentence_that_is_not_in_the_table_is_shown_as_it_is() -> None:
    assert in_swedish("Something nobody has seen.", MISTAKES) == "Something nobody has seen."


def test_a_missing_part_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "planted_part", None)
    monkeypatch.setattr(command_line, "COMMANDS", {"planted": Entry("planted_part:go", "Prova.", "web")})
    assert run(["planted"]) == 69
    assert capsys.readouterr().err == (
        'Kommandot planted behöver mer än som är installerat. Skriv pip install "samsyn[web,report]" och försök igen.\n')


def test_a_command_that_lacks_a_part_of_its_extra_does_nothing_but_gives_help(
    planted: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    planted.go = lambda: pytest.fail("it was begun")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "granian", None)
    assert run(["planted"]) == 69
    assert "samsyn[web,report]" in capsys.readouterr().err
    assert run(["planted", "--help"]) == 0


def test_a_module_of_ours_that_cannot_be_found_is_our_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command_line, "COMMANDS", {"planted": Entry("samsyn.cli.planted:go", "Prova.", "web")})
    assert run(["planted"]) == 70
    assert "Installera" not in capsys.readouterr().err


def fall() -> None:
    """Fall."""
    raise ZeroDivisionError("noll")


def test_a_fault_is_said_in_one_sentence_and_ends_with_its_own_status(
    planted: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("SAMSYN_DEBUG", raising=False)
    planted.go = fall  # type: ignore[attr-defined]
    assert run(["planted"]) == 70
    shown = capsys.readouterr().err
    assert shown == "Något gick fel i Samsyn (ZeroDivisionError: noll). Visa hela felet med: samsyn --felsok planted\n"


def test_the_trace_is_shown_when_asked_for(planted: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    planted.go = fall  # type: ignore[attr-defined]
    assert run(["--felsok", "planted"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_the_exit_status_of_a_command_is_kept(planted: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def go() -> None:
        raise typer.Exit(1)

    planted.go = go  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "argv", ["samsyn", "planted"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1


def test_a_user_who_breaks_off_gets_no_trace(planted: ModuleType) -> None:
    def go() -> None:
        raise KeyboardInterrupt

    planted.go = go  # type: ignore[attr-defined]
    assert run(["planted"]) == 130


def without_help(names: list[str]) -> list[str]:
    """Return the commands and options without a Swedish help text."""
    wrong = []
    for name in names:
        command = load(name)
        if not (command.help or "").strip() or ENGLISH.search(command.help):
            wrong.append(name)
        wrong += [f"{name} {part.name}" for part in command.params if part.param_type_name == "option" and not part.help]
    return wrong


def test_every_command_and_option_has_a_help_text() -> None:
    assert COMMANDS
    assert without_help(list(COMMANDS)) == []


def test_an_option_without_help_is_caught(planted: ModuleType) -> None:
    def go(loud: bool = False) -> None:
        """Prova."""

    planted.go = go  # type: ignore[attr-defined]
    assert without_help(["planted"]) == ["planted loud"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_is_in_swedish(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert not ENGLISH.search(capsys.readouterr().out)


def undocumented(names: list[str], texts: str) -> list[str]:
    """Return the commands that no text for users shows: "samsyn check"."""
    return [name for name in names if f"samsyn {name}" not in texts]


def test_every_command_is_in_the_handbook_or_the_readme() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs/handbok").glob("*.md"))]
    assert undocumented(list(COMMANDS), "\n".join(page.read_text(encoding="utf-8") for page in pages)) == []


def test_a_command_nobody_wrote_about_is_caught() -> None:
    assert undocumented(["check", "planted"], "Kör `samsyn check plan.xlsx`.") == ["planted"]
