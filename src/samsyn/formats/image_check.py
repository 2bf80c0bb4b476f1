"""
Pictures judged byte by byte: PNG, JPEG, GIF and WebP from their first byte to their last. Nothing may be missing, and
nothing may follow: a picture with a web page after its end is two files in one.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.formats.problems import Refused

MAX_PIXELS = 50_000_000
MAX_SIDE = 20_000
MAX_FRAMES = 500

NOT_VALID = "Filen är inte en giltig bild. Öppna den, spara om den som PNG eller JPEG och försök igen."
CUT_OFF = "Bilden är avklippt eller skadad, och är inte en giltig bild. Spara om den och försök igen."
HAS_MORE = "Bilden har något mer efter sitt slut, till exempel en film eller en webbsida. Spara om den som PNG eller JPEG och försök igen."
TOO_LARGE = f"Bilden har för många bildpunkter: högst {MAX_PIXELS // 1_000_000} miljoner tas emot. Minska den och försök igen."

_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JPEG_FILLING = re.compile(rb"\xff+")
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_END, _LINES, _ABOUT = 0xD9, 0xDA, 0xE1
_WITHOUT_BODY = frozenset((0x01, *range(0xD0, 0xD8)))


@dataclass(frozen=True, slots=True)
class Picture:
    """width and height in pixels; `has_place` True if it says where it was taken."""

    width: int
    height: int
    has_place: bool = False


def check_picture(kind: str, content: bytes) -> Picture:
    """Return a picture's size. kind is png, jpeg, gif or webp. Raises Refused if it is not whole, too large, or more than a picture."""
    try:
        return {"png": _png, "jpeg": _jpeg, "gif": _gif, "webp": _webp}[kind](content)
    except (struct.error, IndexError, zlib.error) as fault:
        raise Refused(CUT_OFF) from fault


def _sized(width: int, height: int, has_place: bool = False) -> Picture:
    if not width or not height:
        raise Refused(NOT_VALID)
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        raise Refused(TOO_LARGE)
    return Picture(width, height, has_place)


def _png(content: bytes) -> Picture:
    chunks = _png_chunks(content)
    first = next(chunks, (b"", b""))
    if first[0] != b"IHDR" or len(first[1]) != 13:
        raise Refused(NOT_VALID)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", first[1])
    if colour not in _PNG_CHANNELS or depth not in (1, 2, 4, 8, 16) or interlaced > 1:
        raise Refused(NOT_VALID)
    picture = _sized(width, height)
    rest = list(chunks)
    has_place = any(kind == b"eXIf" and _tells_place(body) for kind, body in rest)
    if _unpacked_size(b"".join(body for kind, body in rest if kind == b"IDAT"), _png_size(picture, depth * _PNG_CHANNELS[colour], interlaced)):
        return Picture(width, height, has_place)
    raise Refused(CUT_OFF)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks up to the end chunk, their sums checked."""
    place = 8
    while True:
        length, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 8:place + 8 + length]
        if not kind.isalpha():
            raise Refused(NOT_VALID)
        if len(body) < length or struct.unpack_from(">I", content, place + 8 + length)[0] != zlib.crc32(kind + body):
            raise Refused(CUT_OFF if place > 8 else NOT_VALID)
        place += 12 + length
        if kind == b"IEND":
            break
        yield kind, body
    if content[place:].strip(b"\0\r\n"):
        raise Refused(HAS_MORE)


def _png_size(picture: Picture, bits: int, interlaced: int) -> int:
    """Return how many bytes the unpacked picture must have: each line and its filter byte."""
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    size = 0
    for left, top, across, down in passes:
        columns, lines = -(-(picture.width - left) // across), -(-(picture.height - top) // down)
        size += max(lines, 0) * (1 + (columns * bits + 7) // 8) if columns > 0 else 0
    return size


def _unpacked_size(packed: bytes, wanted: int) -> bool:
    """Return whether the packed bytes unpack to at least what the picture needs, and stop there. A bomb is never laid out."""
    unpacker, size = zlib.decompressobj(), 0
    while size < wanted:
        piece = unpacker.decompress(packed, 2 ** 20)
        if not piece:
            return False
        size += len(piece)
        packed = unpacker.unconsumed_tail
    return True


def _jpeg(content: bytes) -> Picture:
    size, has_place, has_lines, rest = None, False, False, b""
    for marker, body in _jpeg_parts(content):
        if marker in _FRAME_MARKERS:
            size = struct.unpack_from(">HH", body, 1)
        elif marker == _ABOUT:
            has_place = has_place or (body.startswith(b"Exif\0\0") and _tells_place(body[6:]))
        elif marker == _LINES:
            has_lines = True
        elif marker == _END:
            rest = body
    if size is None or not has_lines:
        raise Refused(NOT_VALID)
    _check_after_jpeg(rest)
    return _sized(size[1], size[0], has_place)


def _jpeg_parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the parts in their order as (marker, what it holds), last the end with all that stands after it. Coded lines are passed over."""
    place, has_lines = 2, False
    while content[place:place + 2] != bytes((0xFF, _END)):
        if content[place] != 0xFF:
            raise Refused(CUT_OFF if has_lines else NOT_VALID)
        marker = content[place + 1]
        if marker == 0xFF:
            place = _JPEG_FILLING.match(content, place).end() - 1  # type: ignore[union-attr]
        elif marker in _WITHOUT_BODY:
            place += 2
        else:
            body = _jpeg_body(content, place)
            yield marker, body
            place += 4 + len(body)
            if marker == _LINES:
                has_lines, place = True, _after_scan(content, place)
    yield _END, content[place + 2:]


def _jpeg_body(content: bytes, place: int) -> bytes:
    """Return what the part that begins at `place` holds."""
    length = struct.unpack_from(">H", content, place + 2)[0]
    body = content[place + 4:place + 2 + length]
    if length < 2 or len(body) < length - 2:
        raise Refused(CUT_OFF)
    return body


def _after_scan(content: bytes, place: int) -> int:
    """Return where the next marker stands after the coded lines: FF followed by anything but 00, FF or a restart."""
    marker = _JPEG_MARKER.search(content, place)
    if marker is None:
        raise Refused(CUT_OFF)
    return marker.start()


def _check_after_jpeg(rest: bytes) -> None:
    """Phones put a second picture after the first, and some fill with zeros; nothing else may follow."""
    rest = rest.strip(b"\0\r\n")
    if rest and not (rest.startswith(b"\xff\xd8\xff") and rest.endswith(b"\xff\xd9") and b"<script" not in rest.lower()):
        raise Refused(HAS_MORE)


def _gif(content: bytes) -> Picture:
    width, height, flags = struct.unpack_from("<HHB", content, 6)
    picture = _sized(width, height)
    place, frames = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0), 0
    while (kind := content[place]) != 0x3B:
        if kind == 0x2C:
            _, _, across, down, flags = struct.unpack_from("<HHHHB", content, place + 1)
            _sized(across, down)
            place += 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
            frames += 1
        elif kind == 0x21:
            place += 2
        else:
            raise Refused(NOT_VALID if not frames else CUT_OFF)
        while content[place]:
            place += content[place] + 1
        place += 1
    if not frames or frames > MAX_FRAMES:
        raise Refused(NOT_VALID if not frames else TOO_LARGE)
    if content[place + 1:].strip(b"\0\r\n"):
        raise Refused(HAS_MORE)
    return picture


def _webp(content: bytes) -> Picture:
    size = struct.unpack_from("<I", content, 4)[0] + 8
    if size > len(content):
        raise Refused(CUT_OFF)
    if content[size:].strip(b"\0\r\n"):
        raise Refused(HAS_MORE)
    place, picture, coded, has_place = 12, None, False, False
    while place + 8 <= size:
        kind, length = struct.unpack_from("<4sI", content, place)
        body = content[place + 8:place + 8 + length]
        if len(body) < length or place + 8 + length > size:
            raise Refused(CUT_OFF)
        picture = picture or _webp_size(kind, body)
        coded = coded or kind in (b"VP8 ", b"VP8L", b"ANMF")
        has_place = has_place or (kind == b"EXIF" and _tells_place(body.removeprefix(b"Exif\0\0")))
        place += 8 + length + length % 2
    if picture is None or not coded:
        raise Refused(NOT_VALID)
    return Picture(picture.width, picture.height, has_place)


def _webp_size(kind: bytes, body: bytes) -> Picture | None:
    if kind == b"VP8X":
        return _sized(1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"))
    if kind == b"VP8L":
        if body[:1] != b"\x2f":
            raise Refused(NOT_VALID)
        bits = struct.unpack_from("<I", body, 1)[0]
        return _sized((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        if body[3:6] != b"\x9d\x01\x2a":
            raise Refused(NOT_VALID)
        width, height = struct.unpack_from("<HH", body, 6)
        return _sized(width & 0x3FFF, height & 0x3FFF)
    return None


def _tells_place(exif: bytes) -> bool:
    """Return whether the picture's own notes (TIFF structure) hold a table of where it was taken: tag 0x8825."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 14:
        return False
    start = struct.unpack_from(order + "I", exif, 4)[0]
    if start + 2 > len(exif):
        return False
    count = struct.unpack_from(order + "H", exif, start)[0]
    entries = (start + 2 + 12 * number for number in range(count))
    return any(entry + 2 <= len(exif) and struct.unpack_from(order + "H", exif, entry)[0] == 0x8825 for entry in entries)
