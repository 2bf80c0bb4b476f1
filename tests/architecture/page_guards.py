"""Guards that read templates, stylesheets, scripts and the definitions of the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from tests.architecture.looking import Guard, Look, modules, short

PAGE_FILES = {".html", ".css", ".js", ".svg", ".txt"}
LOADS = re.compile(
    r"""<(?:script|img|iframe|source|audio|video|embed|object|use|image|link|track|input)\b[^>]*?\b"""
    r"""(?:src|srcset|href|data|poster|xlink:href)\s*=\s*["']?\s*((?:https?:)?//[^\s"'>]+)"""
    r"""|url\(\s*["']?((?:https?:)?//[^)"']+)|@import\s+["']((?:https?:)?//[^"']+)"""
    r"""|(?:fetch|import|importScripts|EventSource|WebSocket|Worker)\s*\(\s*["'`]((?:https?:|wss?:)?//[^"'`]+)"""
    r"""|\bfrom\s+["']((?:https?:)?//[^"']+)|\bhx-(?:get|post)\s*=\s*["']((?:https?:)?//[^"']+)""", re.IGNORECASE)
INLINE = re.compile(
    r"""<style\b|<script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*["']application/json)|\sstyle\s*=\s*["'{]"""
    r"""|\son[a-z]+\s*=\s*["'{]|href\s*=\s*["']javascript:""", re.IGNORECASE)


def page_files(root: Path) -> Iterator[Path]:
    """Yield every file that a browser gets, and those it is made from; what others wrote and we ship is looked at too."""
    for path in sorted((root / "src/samsyn").rglob("*")):
        if path.is_file() and path.suffix in PAGE_FILES and "fonts" not in path.parts:
            yield path


def nothing_is_loaded_from_elsewhere(root: Path) -> Look:
    """A page asks no other host for anything. A link that a person may follow is not meant."""
    seen = Look()
    for path in page_files(root):
        seen.places += 1
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            seen.wrong += [f"{short(root, path)}:{number} {found.group(0)[:80]}" for found in LOADS.finditer(line)]
    return seen


def nothing_is_inline(root: Path) -> Look:
    """The strict Content-Security-Policy stops inline style, inline script and handlers in attributes."""
    seen = Look()
    for path, number, text in [*markup_in_files(root), *markup_in_code(root)]:
        seen.places += 1
        seen.wrong += [f"{short(root, path)}:{number} {found.group(0).strip()}" for found in INLINE.finditer(text)]
    return seen


def markup_in_files(root: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield every line of the templates and pictures."""
    for path in page_files(root):
        if path.suffix in {".html", ".svg"}:
            yield from ((path, number, line) for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1))


def markup_in_code(root: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield every text in the code of web and its reports that is not a docstring."""
    for folder in ("src/samsyn/web", "src/samsyn/flows"):
        for path, tree in modules(root, folder):
            docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                    yield path, node.lineno, node.value


def definitions_have_a_source(root: Path) -> Look:
    """Every YAML file of the catalogue can be read, and each definition in it says where it comes from."""
    seen = Look()
    for path in sorted((root / "src/samsyn/catalog").rglob("*.yaml")):
        seen.places += 1
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as fault:
            seen.wrong.append(f"{short(root, path)}: {fault}")
            continue
        seen.wrong += [f"{short(root, path)}: {key} has no source" for key in sourceless(entries)]
    return seen


def sourceless(entries: object) -> list[str]:
    """Return the names of the definitions without a source: the file itself, or each entry of it."""
    if not isinstance(entries, dict) or not entries:
        return ["the file"]
    if entries.get("source"):
        return []
    return [str(key) for key, entry in entries.items() if not (isinstance(entry, dict) and entry.get("source"))]


GUARDS = (
    Guard("No page loads anything from another host", nothing_is_loaded_from_elsewhere, {
        "src/samsyn/web/templates/base.html": '<p>\n<script defer src="https://example.org/a.js"></script>\n'}),
    Guard("No stylesheet loads anything from another host", nothing_is_loaded_from_elsewhere, {
        "src/samsyn/web/static/samsyn.css": "body { background: url('//example.org/a.png') }\n"}),
    Guard("No script loads anything from another host", nothing_is_loaded_from_elsewhere, {
        "src/samsyn/web/static/samsyn.js": 'fetch("https://example.org/count")\n'}),
    Guard("No style in an attribute", nothing_is_inline, {
        "src/samsyn/web/templates/a.html": '<p style="color: red">Sen</p>\n'}),
    Guard("No handler in an attribute", nothing_is_inline, {
        "src/samsyn/web/templates/b.html": '<button type="button" onclick="go()">Spara</button>\n'}),
    Guard("No script in a page", nothing_is_inline, {"src/samsyn/web/templates/c.html": "<script>go()</script>\n"}),
    Guard("No style in markup made by code", nothing_is_inline, {
        "src/samsyn/web/components/bar.py": "def bar(share):\n    return f'<i style=\"width: {share}%\"></i>'\n"}),
    Guard("Every definition has a source", definitions_have_a_source, {
        "src/samsyn/catalog/checks/planted.yaml": "id: planted\ntitle: Utan källa\n"}),
    Guard("Every definition can be read", definitions_have_a_source, {
        "src/samsyn/catalog/checks/broken.yaml": "id: [planted\n"}),
)
