"""
Text as it is kept: composed (NFC), with ordinary spaces and line breaks, and nothing in it that cannot be seen.

Invisible and direction characters are taken away and told, since they make two texts look the same that are not,
or one text read as another. What belongs to an emoji (joiner, colour variant) stays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from samsyn.formats.problems import Weight
from samsyn.formats.remarks import Remarks

LOST = "\ufffd"

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
_EMOJI = "\u203c-\u3299\U0001f000-\U0001faff\ufe0f\u20e3"
_LONE_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_LONE_VARIANT = re.compile(f"(?<![{_EMOJI}#*0-9\u00a9\u00ae])[\ufe0e\ufe0f]|[\ufe00-\ufe0d]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile("[\n\t -~åäöÅÄÖéÉ–”’§½°]*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """
    A text made plain, and what was taken out of it.

    invisible   zero-width and other invisible characters
    direction   characters that turn the reading direction
    control     control characters
    lost        characters that were broken and are now shown as a replacement sign
    """

    text: str
    invisible: int = 0
    direction: int = 0
    control: int = 0
    lost: int = 0


def is_plain(raw: str) -> bool:
    """Return whether there is surely nothing to clean. A False may still be clean."""
    return _PLAIN.fullmatch(raw) is not None


def clean(raw: str) -> Cleaned:
    """Return the text made plain, with counts of what was taken away. Leading and trailing space is left as it is."""
    if is_plain(raw):
        return Cleaned(raw)
    text, lost = _whole_characters(raw)
    text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
    text, direction = _DIRECTION.subn("", text)
    text, control = _CONTROL.subn("", text)
    text, invisible = _INVISIBLE.subn("", text)
    text, joiners = _LONE_JOINER.subn("", text)
    text, variants = _LONE_VARIANT.subn("", text)
    return Cleaned(unicodedata.normalize("NFC", text), invisible + joiners + variants, direction, control, lost)


def clean_text(raw: str, place: str, remarks: Remarks) -> str:
    """Return the text made plain, and tell in `remarks` what was taken away and where."""
    cleaned = clean(raw)
    if cleaned.invisible:
        remarks.add(place, "osynliga tecken borttagna.", "Du behöver inte göra något.", value=cleaned.text)
    if cleaned.direction:
        remarks.add(place, "riktningstecken borttagna; de kan få text att läsas baklänges.", "Kontrollera att texten är rätt.",
                    value=cleaned.text, weight=Weight.ASK)
    if cleaned.control:
        remarks.add(place, "styrtecken borttagna.", "Kontrollera att texten är rätt.", value=cleaned.text)
    if cleaned.lost:
        remarks.add(place, "ett eller flera tecken var trasiga och visas som \ufffd.", "Skriv in rätt tecken.",
                    value=cleaned.text, weight=Weight.BAD)
    return cleaned.text


def _whole_characters(raw: str) -> tuple[str, int]:
    """Return the text with surrogate pairs joined; a half without its other half becomes U+FFFD and is counted."""
    if not _SURROGATE.search(raw):
        return raw, 0
    joined = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined, joined.count(LOST) - raw.count(LOST)
