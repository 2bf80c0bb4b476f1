"""
The command line's framework speaks English. These are its sentences in Swedish, in one table.

A sentence that is not in the table is shown as it is: a word too few in Swedish is better than a lost message.
The tests look at every command's help and at each kind of mistake, and let no English through.
"""

from __future__ import annotations

import re

HELP = (
    (r"^Usage: ", "Så här skriver du: "),
    (r"\[OPTIONS\]", "[VAL]"),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO ..."),
    (r"^Options:", "Val:"),
    (r"^Arguments:", "Uppgifter:"),
    (r"^Commands:", "Kommandon:"),
    (r"Show this message and exit\.", "Visa den här texten."),
    (r"\[required\]", "[måste anges]"),
    (r"; required\]", "; måste anges]"),
    (r"\[default:", "[om inget anges:"),
    (r"\[env var: ", "[miljövariabel: "),
    (r"\(dynamic\)", "(beror på läget)"),
)

MISTAKES = (
    (r"^No such option: (\S+)(?: Did you mean (.+)\?| \(Possible options: (.+)\))?.*$", r"Valet \1 finns inte."),
    (r"^No such command '(.+?)'\. Did you mean (.+)\?$", r"Kommandot \1 finns inte. Menade du \2?"),
    (r"^No such command '(.+?)'\.$", r"Kommandot \1 finns inte."),
    (r"^Missing command\.$", "Skriv vilket kommando du vill köra."),
    (r"^Missing argument '(.+?)'\..*$", r"\1 saknas."),
    (r"^Missing option '(.+?)'\..*$", r"Valet \1 måste anges."),
    (r"^Got unexpected extra arguments? ?(?:\(s\))? ?\((.+)\)$", r"Det här blev för mycket: \1."),
    (r"^Option '(.+?)' requires an argument\.$", r"Valet \1 måste följas av ett värde."),
    (r"^Option '(.+?)' requires (\d+) arguments\.$", r"Valet \1 måste följas av \2 värden."),
    (r"^Option '(.+?)' does not take a value\.$", r"Valet \1 tar inget värde."),
    (r"^Invalid value for '?(.+?)'?: ", r"\1: "),
    (r"^Invalid value: ", ""),
    (r"(?i:file|directory|path) '(.+)' does not exist\.", r"”\1” finns inte."),
    (r"(?i:file|directory|path) '(.+)' is a directory\.", r"”\1” är en mapp."),
    (r"(?i:file|directory|path) '(.+)' is a file\.", r"”\1” är en fil."),
    (r"(?i:file|directory|path) '(.+)' is not readable\.", r"”\1” går inte att läsa."),
    (r"(?i:file|directory|path) '(.+)' is not writable\.", r"”\1” går inte att skriva till."),
    (r"'(.*?)' is not one of (.+)\.", r"”\1” går inte. Välj något av \2."),
    (r"Value error, ", ""),
    (r"Input should be a valid integer.*$", "ska vara ett heltal."),
    (r"Input should be a valid number.*$", "ska vara ett tal."),
    (r"Input should be a valid date.*$", "ska vara ett datum, som 2026-11-21."),
    (r"Input should be greater than or equal to (\S+)$", r"ska vara minst \1."),
    (r"Input should be less than or equal to (\S+)$", r"ska vara högst \1."),
    (r"Input should be (.+) or (.+)$", r"ska vara \1 eller \2."),
    (r"(?:Value )?'(.*?)' is not a valid (?:integer|float|int|number)(?: range)?\.", r"”\1” är inget tal."),
    (r"'(.*?)' does not match the formats? .+\.", r"”\1” är inget datum. Skriv det som 2026-11-21."),
    (r"(\S+) is not in the range (.+?)\.", r"\1 ligger utanför \2."),
)


def in_swedish(text: str, table: tuple[tuple[str, str], ...]) -> str:
    """Return the text with every sentence of the table said in Swedish."""
    for pattern, replacement in table:
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text
