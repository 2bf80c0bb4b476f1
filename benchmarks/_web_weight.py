"""
What a page weighs with everything it asks for, in a real Chromium that has nothing kept since before.

Usage: python -m benchmarks._web_weight PORT COOKIE PATH [PATH ...]     prints one JSON line
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict, dataclass
from typing import Any

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class NoBrowser(Exception):
    """There is no Chromium on this machine."""


@dataclass(frozen=True, slots=True)
class Weight:
    """
    A page as a browser met it.

    kilobytes   bytes / 1000 over the wire, heads included, of the page and everything it fetched
    requests    how many things it fetched, the page included
    rows        actions it shows
    rows_plain  actions it shows without JavaScript
    same_words  whether its text is the same without JavaScript
    """

    kilobytes: float
    requests: int
    rows: int
    rows_plain: int
    same_words: bool


def weigh(port: int, cookie: str, paths: list[str]) -> dict[str, Weight]:
    """Open every page in a browser of its own. Raises NoBrowser."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise NoBrowser("There is no Chromium here: run `make browser`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            return {path: _weighed(browser, f"http://localhost:{port}", cookie, path) for path in paths}
        finally:
            browser.close()


def _weighed(browser: Any, origin: str, cookie: str, path: str) -> Weight:
    sizes, rows, words = _opened(browser, origin, cookie, path, with_script=True)
    _, rows_plain, words_plain = _opened(browser, origin, cookie, path, with_script=False)
    return Weight(sum(sizes) / 1000, len(sizes), rows, rows_plain, words == words_plain)


def _opened(browser: Any, origin: str, cookie: str, path: str, *, with_script: bool) -> tuple[list[float], int, str]:
    """Open a page with an empty cache; return the bytes of everything fetched, its actions and its text."""
    context = browser.new_context(java_script_enabled=with_script)
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": origin}])
    page = context.new_page()
    sizes: list[float] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(origin + path, wait_until="networkidle")
    rows, words = page.locator("tr.act").count(), page.locator("main").inner_text()
    context.close()
    return sizes, rows, words


if __name__ == "__main__":
    found = weigh(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
    print(json.dumps({path: asdict(weight) for path, weight in found.items()}))
