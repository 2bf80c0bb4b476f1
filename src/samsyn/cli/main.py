"""
The command `samsyn`.

Only the names and one-line helps of the commands stand here. The module of a command is imported when that command
is asked for, so that `samsyn --help` answers at once and the pure commands work where the web parts are not installed.
"""

from __future__ import annotations

import os
import shlex
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from samsyn.cli.swedish import HELP, MISTAKES, in_swedish

SOFTWARE_FAULT = 70  # EX_SOFTWARE of sysexits.h: the program's own fault, not the user's
NOT_INSTALLED = 69   # EX_UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A command before it is loaded.

    place   "module:function"; the function carries the options as Typer annotations
    help    one Swedish sentence, the same as in `samsyn --help`
    extra   what has to be installed beside the base for it: "", "report", "analysis" or "web"; its parts stand in PARTS
    """

    place: str
    help: str
    extra: str = ""


COMMANDS: Mapping[str, Entry] = {
    "check": Entry("samsyn.cli.check:check_command", "Kontrollera en åtgärdsplan i en fil: vad saknas, vad är sent?"),
    "report": Entry("samsyn.cli.report:report_command", "Gör en rapport till styrgruppen av en åtgärdsplan i en fil.", "report"),
    "analyse": Entry("samsyn.cli.analyse:analyse_command", "Svara på sju frågor om en verksamhet, ur en tabell med deltagare.", "analysis"),
    "evaluate": Entry("samsyn.cli.evaluate:evaluate_command", "Jämför antal händelser på en plats före och efter en åtgärd.", "analysis"),
    "power": Entry("samsyn.cli.power:power_command", "Räkna ut hur stor en förändring måste vara för att synas.", "analysis"),
    "verify": Entry("samsyn.cli.verify:verify_command", "Kontrollera analysen mot publicerade tal, och skriv ett protokoll.", "analysis"),
    "import": Entry("samsyn.cli.import_:import_command", "Läs en fil och visa vad som förstods, utan att spara något."),
    "serve": Entry("samsyn.cli.serve:serve_command", "Starta Samsyn på den här datorn.", "web"),
    "remind": Entry("samsyn.cli.remind:remind_command", "Gå igenom vad som är dags att påminna om, och skicka det.", "web"),
    "password": Entry("samsyn.cli.password:password_command", "Skriv ut en länk där en person väljer ett nytt lösenord.", "web"),
    "backup": Entry("samsyn.cli.backup:backup_command", "Gör en säkerhetskopia av allt, medan andra arbetar.", "web"),
    "restore": Entry("samsyn.cli.backup:restore_command", "Lägg tillbaka en säkerhetskopia, eller prova att det går.", "web"),
    "demo": Entry("samsyn.cli.demo:demo_command", "Fyll en tom installation med en påhittad stad att prova i.", "web"),
}


# What each extra of pyproject.toml brings, as the modules are imported. A command looks for them before it does anything.
PARTS: Mapping[str, tuple[str, ...]] = {
    "": (),
    "report": ("typst",),
    "analysis": ("numpy", "scipy", "duckdb"),
    "web": ("django", "allauth", "argon2", "csp", "whitenoise", "granian", "pysqlite3", "typst"),
}


class MissingExtra(Exception):
    """Something a command needs is not installed. The message says in Swedish what to install."""

    def __init__(self, command: str, extra: str = "") -> None:
        wanted = "analysis,report" if extra == "analysis" else "web,report"
        super().__init__(f'Kommandot {command} behöver mer än som är installerat. Skriv pip install "samsyn[{wanted}]" och försök igen.')


class SwedishCommand(TyperCommand):
    """A command whose help is in Swedish, and that does nothing until all it needs is installed."""

    extra = ""

    def get_help(self, ctx: Any) -> str:
        return in_swedish(super().get_help(ctx), HELP)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises MissingExtra first if a part of its extra is not there."""
        if any(find_spec(part) is None for part in PARTS[self.extra]):
            raise MissingExtra(str(ctx.info_name), self.extra)
        return super().invoke(ctx)


class LazyGroup(TyperGroup):
    """The commands of COMMANDS, each imported only when it is run."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast(Any, dict.fromkeys(COMMANDS))  # names alone: "did you mean" looks here

    def get_help(self, ctx: Any) -> str:
        return in_swedish(super().get_help(ctx), HELP)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command, imported now; None if there is none of that name."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def load(name: str) -> Any:
    """
    Import a command's function and return it as a command of the framework.

    raises   MissingExtra if one of the parts it needs is not installed
    """
    entry = COMMANDS[name]
    module, function = entry.place.split(":")
    try:
        found = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        if not entry.extra or (error.name or "").startswith("samsyn"):
            raise
        raise MissingExtra(name, entry.extra) from error
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, help=found.__doc__ or entry.help, cls=SwedishCommand)(found)
    command = typer.main.get_command(single)
    command.extra = entry.extra  # type: ignore[attr-defined]  # a SwedishCommand, as was asked for
    return command


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"samsyn {version('samsyn')}")
        raise typer.Exit


app = typer.Typer(
    cls=LazyGroup, add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Samsyn: från problem till lärdom. Kontrollera, läs in och följ åtgärdsplaner.",
)


@app.callback()
def whole(
    debug: bool = typer.Option(False, "--felsok", help="Visa hela felspåret när något går fel."),
    version: bool = typer.Option(False, "--version", help="Visa vilken version det är.", callback=show_version, is_eager=True),
) -> None:
    """Take the options that belong to every command."""


def main(arguments: list[str] | None = None) -> None:
    """
    Run the command line and end the process.

    exit status   the command's own; 2 if the command was written wrongly; 69 if a part is not installed;
                  70 if Samsyn itself failed; 130 if the user broke it off
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without å must not end the program
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status. Every mistake is said in one sentence on standard error."""
    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="samsyn", standalone_mode=False)
    except typer.Abort:
        return told("Avbrutet.", 130)
    except MissingExtra as error:
        return told(str(error), NOT_INSTALLED)
    except Exception as error:
        if hasattr(error, "format_message"):
            return mistake(error)
        return fault(error, arguments)
    return code if isinstance(code, int) else 0


def mistake(error: Any) -> int:
    """Say what was wrong with the command as it was written, and where help is."""
    text = in_swedish(error.format_message(), MISTAKES)
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return told(in_swedish(text, HELP), error.exit_code)
    path = context.command_path if context else "samsyn"
    return told(f"{text}\nHjälp: {path} --help", error.exit_code)


def fault(error: Exception, arguments: list[str]) -> int:
    """Say that Samsyn itself failed; show the trace if it was asked for."""
    if os.environ.get("SAMSYN_DEBUG") or "--felsok" in arguments:
        traceback.print_exception(error)
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    again = shlex.join(["samsyn", "--felsok", *(argument for argument in arguments if argument != "--felsok")])
    return told(f"Något gick fel i Samsyn ({what}). Visa hela felet med: {again}", SOFTWARE_FAULT)


def told(text: str, code: int) -> int:
    """Write a sentence to standard error and return the exit status."""
    typer.echo(text, err=True)
    return code


if __name__ == "__main__":
    from samsyn.cli import main as named  # the module under its own name: a command raises that one's MissingExtra

    named.main()
