"""What is sent is light: pages and static files are compressed, and a static file that a browser has is never fetched again."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Town

from samsyn.site.static_files import NamedByContent

WITH_GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}
READ_ONLY = (
    "/", "/planer/", "/plankollen/", "/installningar/", "/planer/{plan}/", "/planer/{plan}/?vy=lista", "/planer/{plan}/kollen/",
    "/planer/{plan}/mal/", "/planer/{plan}/rapport/", "/planer/{plan}/plan.xlsx", "/planer/{plan}/plan.csv", "/planer/{plan}/atgarder/ny/",
    "/planer/{plan}/atgarder/{action}/", "/planer/{plan}/atgarder/{action}/kort/", "/planer/{plan}/atgarder/{action}/avstamning/",
)


@pytest.fixture
def laid_out(tmp_path: Path, settings: Any) -> Path:
    """The static files as start-up lays them out."""
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", verbosity=0, interactive=False)
    return tmp_path


def test_a_page_is_sent_compressed_to_a_browser_that_can_read_it(anna: Client, town: Town) -> None:
    plain, packed = (anna.get(f"/planer/{town.plan}/", **given) for given in ({}, WITH_GZIP))
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) * 3 < len(plain.content)
    assert b"</html>" in gzip.decompress(packed.content)


def test_static_files_are_named_after_their_content_and_compressed(laid_out: Path) -> None:
    storage = NamedByContent(location=laid_out, base_url="/static/")
    name = storage.url("samsyn.css").removeprefix("/static/")
    assert name != "samsyn.css"
    styles = (laid_out / name).read_bytes()
    assert gzip.decompress((laid_out / f"{name}.gz").read_bytes()) == styles
    font = storage.url("fonts/hanken-grotesk.woff2").removeprefix("/static/")
    assert font.encode() in styles  # what the page preloads is what the styles ask for


def test_a_static_file_that_is_not_laid_out_goes_by_its_plain_name(tmp_path: Path) -> None:
    assert NamedByContent(location=tmp_path, base_url="/static/").url("samsyn.css") == "/static/samsyn.css"
    assert isinstance(storages["staticfiles"], NamedByContent)


def begins(asked: CaptureQueriesContext) -> list[str]:
    """The statements that open a transaction; inside that of the test it is a savepoint."""
    return [query["sql"] for query in asked if query["sql"].upper().startswith(("BEGIN", "SAVEPOINT"))]


def test_a_page_that_is_only_read_opens_no_transaction(anna: Client, town: Town) -> None:
    for address in READ_ONLY:
        with CaptureQueriesContext(connection) as asked:
            assert anna.get(address.format(plan=town.plan, action=town.bo_action)).status_code == 200, address
        assert begins(asked) == [], address


def test_a_write_is_seen_to_open_one(anna: Client, town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        anna.post(f"/planer/{town.plan}/atgarder/snabb/", {"text": "Byt lampor", "cause": str(town.cause)})
    assert begins(asked)


def test_the_board_takes_at_most_twelve_queries(anna: Client, town: Town) -> None:
    anna.get(f"/planer/{town.plan}/")
    with CaptureQueriesContext(connection) as asked:
        anna.get(f"/planer/{town.plan}/")
    assert 1 < len(asked) <= 12
