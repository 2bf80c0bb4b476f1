"""
Whether some words stand anywhere in a file that is kept, so that it can be removed. Run in the child process:

    read_safely("samsyn.formats.words_in_file:words_in_file", name, content, words=json.dumps(["Nils Nilsson"]))
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.chain.words_out import pattern_of
from samsyn.formats.file_kind import kind_of
from samsyn.formats.package import Package
from samsyn.formats.package_text import part_text

ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class WordsInFile:
    found: bool


def words_in_file(name: str, content: bytes, words: str) -> WordsInFile:
    """
    Return whether any of the words stands in the file: in its text, its name, or as bytes in any part of it.

    words    JSON: a list of names or other words
    raises   Refused    if it is a package that cannot be opened
    """
    pattern = pattern_of(json.loads(words))
    package = kind_of(content).package
    pieces = _of_package(package) if package else _of_bytes(content)
    return WordsInFile(bool(pattern.search(name)) or any(pattern.search(piece) for piece in pieces))


def _of_package(package: Package) -> Iterator[str]:
    for name in package.names:
        yield name
        if name.lower().endswith((".xml", ".rels", ".vml")):
            yield part_text(package.stream(name))  # a word that is cut into runs is put together
        yield from _of_bytes(package.read(name))


def _of_bytes(content: bytes) -> Iterator[str]:
    for encoding in ENCODINGS:
        for start in (0, 1) if encoding.startswith("utf-16") else (0,):
            yield re.sub("<[^<>]{0,2000}>", "", text) if "<" in (text := content[start:].decode(encoding, "ignore")) else text
            if "<" in text:
                yield text
