"""A real server, a real browser. Nothing is asked of another host, and no script is stopped by the policy unseen."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route, expect, sync_playwright

HERE = Path(__file__).resolve().parent
FAILED = HERE / "failed"
PICTURES = HERE.parent.parent / "docs" / "handbok" / "bilder"
SAMSYN = Path(sys.executable).parent / "samsyn"
CHROMIUM = "/usr/bin/chromium"
PATIENCE = 30_000  # ms that the browser waits for something to be seen before it says that it is not
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass
class Server:
    """A served installation in a folder of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def said(self) -> str:
        return (self.folder / "said.txt").read_text()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(folder: Path, *, demo: bool) -> Server:
    """Start `samsyn serve` as a person would, and wait until it says that it is ready."""
    port = free_port()
    environment = {**os.environ, "SAMSYN_FOLDER": str(folder), "SAMSYN_PORT": str(port)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if demo:
        subprocess.run([SAMSYN, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen([SAMSYN, "serve"], env=environment, stdout=said, stderr=subprocess.STDOUT)
    server = Server(folder, port, process)
    while not _is_ready(server.address):
        assert process.poll() is None, f"the server ended: {server.said()}"
        time.sleep(0.1)
    return server


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz") as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration town, served."""
    server = start_server(tmp_path_factory.mktemp("town"), demo=True)
    yield server
    server.end()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """An installation that nobody has visited yet, served."""
    folder = tmp_path / "var"
    folder.mkdir()
    server = start_server(folder, demo=False)
    yield server
    server.end()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"])
    yield started
    started.close()


@dataclass
class Watched:
    """What a browser met that it should not: faults in the console, answers of 500, and hosts it was sent to."""

    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def unexpected(self) -> list[str]:
        return [fault for fault in self.faults if not any(words in fault for words in self.expected)]


Open = Callable[..., Page]


@pytest.fixture
def watched() -> Watched:
    """What the browsers of this test met. A test that means to meet a fault adds its words to `expected`."""
    return Watched()


@pytest.fixture
def open_browser(browser: Browser, watched: Watched, request: pytest.FixtureRequest) -> Iterator[Open]:
    """
    Return a function that opens a browser of its own (own cookies) at a server.

    open_browser(server, "Anna")   signs in as one of the cast with one click; None stays outside
    width, dark, js, motion        of the screen and the person
    """
    contexts: list[BrowserContext] = []

    def opened(server: Server, name: str | None = None, *, width: int = 1280, height: int = 900, dark: bool = False, js: bool = True,
               **more: Any) -> Page:
        context = browser.new_context(
            base_url=server.address, locale="sv-SE", timezone_id="Europe/Stockholm", viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light", java_script_enabled=js, reduced_motion="reduce", **more)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        _watch(context, server, watched)
        page = context.new_page()
        page.goto("/")
        if name:
            page.get_by_role("button", name=re.compile(rf"^{name[0]}?\s*{name} ")).click()
            page.wait_for_url(f"{server.address}/")
        return page

    yield opened
    if getattr(request.node, "went_wrong", False):
        _keep(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert watched.unexpected() == []


def _watch(context: BrowserContext, server: Server, watched: Watched) -> None:
    def told(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            watched.faults.append(f"console: {message.text}")

    def asked(route: Route) -> None:
        if route.request.url.startswith((server.address, "data:", "blob:")):
            route.continue_()
        else:
            watched.faults.append(f"another host: {route.request.url}")
            route.abort()

    context.on("console", told)
    context.on("weberror", lambda error: watched.faults.append(f"script: {error.error}"))
    context.on("response", lambda answer: answer.status >= 500 and watched.faults.append(f"{answer.status}: {answer.url}"))
    context.route("**/*", asked)


def _keep(contexts: list[BrowserContext], name: str) -> None:
    """Keep what the screens showed when a test failed."""
    FAILED.mkdir(exist_ok=True)
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower())[:80]
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=FAILED / f"{stem}-{number}.png", full_page=True)
        (FAILED / f"{stem}-{number}.html").write_text(f"<!-- {page.url} -->\n{page.content()}", encoding="utf-8")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome: Any = yield
    if outcome.get_result().failed:
        item.went_wrong = True  # type: ignore[attr-defined]


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Return a function that takes a picture for the user guide, when SAMSYN_PICTURES=1 asks for it: `make pictures`."""
    def taken(page: Page, name: str) -> None:
        if os.environ.get("SAMSYN_PICTURES") == "1":
            PICTURES.mkdir(exist_ok=True)
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(path=PICTURES / f"{name}.png")

    return taken
