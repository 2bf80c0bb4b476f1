"""A zip package is judged by its directory before anything in it is unpacked."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from samsyn.formats.package import open_package, refuse_dtd
from samsyn.formats.problems import Refused
from tests.formats.made_files import zipped


def test_an_ordinary_package_is_opened_and_read() -> None:
    package = open_package(zipped({"a.xml": "<a>å</a>", "b/c.bin": b"\x00\x01"}))
    assert package.read("A.xml").decode() == "<a>å</a>"
    assert "b/C.bin" in package
    assert package.tree("a.xml").text == "å"


def test_a_name_that_begins_with_a_slash_before_a_usual_folder_is_an_ordinary_name() -> None:
    package = open_package(zipped({"/xl/richData/a.xml": "<a/>"}))
    assert package.names == ["xl/richData/a.xml"]
    assert package.read("xl/richData/a.xml") == b"<a/>"


def altered(content: bytes, signature: bytes, offset: int, new: bytes) -> bytes:
    """Return the zip file with bytes of its first header of a sort replaced."""
    place = content.index(signature) + offset
    return content[:place] + new + content[place + len(new):]


def twice_named() -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", "<a/>")
        archive.writestr("A.XML", "<b/>")
    return target.getvalue()


ORDINARY = zipped({"a.xml": "<a>" + "x" * 5_000 + "</a>"})
SAID_SIZE, REAL_SIZE = struct.pack("<I", 3_000), struct.pack("<I", 5_007)


@pytest.mark.parametrize(("content", "says"), [
    (zipped({"a.xml": b" " * (90 * 2 ** 20)}), "uppackad storlek över gränsen"),
    (zipped({"a.bin": b"\0" * (9 * 2 ** 20)}), "uppackad storlek över gränsen"),
    (zipped({f"{number}.xml": "<a/>" for number in range(2_001)}), "för många delar"),
    (zipped({"../../etc/passwd": "x"}), "sökvägar utanför"),
    (zipped({"/etc/passwd": "x"}), "sökvägar utanför"), (zipped({"/xl/../../a": "x"}), "sökvägar utanför"),
    (zipped({"xl/a.xml": "<a/>", "/xl/A.xml": "<b/>"}), "samma namn"),
    (zipped({"C:\\a": "x"}), "sökvägar utanför"),
    (twice_named(), "samma namn"),
    (zipped({"inner.zip": zipped({"a": "x"})}), "en packad fil i den packade filen"),
    (zipped({"a": "x"}, zipfile.ZIP_LZMA), "ovanlig packning"),
    (altered(ORDINARY, b"PK\x01\x02", 8, b"\x01\x00"), "lösenordsskyddad"),
    (altered(ORDINARY, b"PK\x01\x02", 24, SAID_SIZE), "skadad"),
    (altered(ORDINARY, b"PK\x01\x02", 24, struct.pack("<I", 9_000)), "skadad"),
    (altered(ORDINARY, b"PK\x01\x02", 16, b"\0\0\0\0"), "skadad"),
    (altered(zipped({"a": "x"}), b"PK\x01\x02", 28, b"\0\0\1\0"), "sökvägar utanför|skadad"),
    (altered(zipped({"å.xml": "<a/>"}), b"PK\x03\x04", 30, b"\xff"), "skadad"),
    (ORDINARY[: len(ORDINARY) // 2], "skadad"),
    (b"PK\x03\x04" + b"\0" * 100, "skadad"),
    (zipped({"a.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}), "DOCTYPE"),
    (zipped({"a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}), "DOCTYPE"),
    (zipped({"no_ending": '<?xml version="1.0"?><!DOCTYPE a><a/>'}), "DOCTYPE"),
])
def test_a_package_that_lies_or_swells_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        open_package(content)
    assert str(refused.value).endswith(".")


def test_two_parts_that_share_their_bytes_are_refused() -> None:
    content = zipped({"a.bin": "x" * 50, "b.bin": "x" * 50}, zipfile.ZIP_STORED)
    second = content.rindex(b"PK\x01\x02")
    assert open_package(content).names == ["a.bin", "b.bin"]
    shared = content[:second + 42] + struct.pack("<I", 10) + content[second + 46:]
    with pytest.raises(Refused, match="på varandra"):
        open_package(shared)


def test_the_word_doctype_in_a_text_is_only_a_word() -> None:
    refuse_dtd([b"<a>&lt;!DOCTYPE a&gt; <![CDATA[<!DOCTYPE b>]]></a>"])
    assert open_package(zipped({"a.xml": "<a>&lt;!DOCTYPE html&gt;</a>"})).tree("a.xml").text == "<!DOCTYPE html>"
