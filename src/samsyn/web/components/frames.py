"""What stands around the content: page head, path, notice, empty page, table head, page numbers, text to copy."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from samsyn.web.components.symbols import NOTHING, icon, symbol

NOTES = {"": ("", "info"), "turn": (" note--turn", "clock"), "good": (" note--good", "tick"),
         "bad": (" note--bad", "warn"), "plain": (" note--plain", "info")}
NOTE_OF_LEVEL = {"debug": "plain", "info": "", "success": "good", "warning": "turn", "error": "bad"}


def crumbs(*path: str) -> SafeString:
    """
    Return the path to a page: `{% crumbs "/planer/" "Planer" plan.url plan.title "Åtgärd 2.1" %}`.

    path   pairs of address and label, then the label of this page alone
    """
    *before, here = path
    if len(before) % 2:
        raise ValueError("crumbs takes pairs of address and label, then one label.")
    links = format_html_join("", '<li><a href="{}">{}</a></li>', zip(before[::2], before[1::2], strict=True))
    return format_html('<nav aria-label="Du är här"><ol class="crumbs">{}<li>{}</li></ol></nav>', links, here)


def pagehead(content: str, title: str, lead: str = "", path: str = "", under: str = "") -> SafeString:
    """
    Return the head of a page; what stands between the tags are its buttons, at most one of them filled.

    `{% crumbs "/planer/" "Planer" plan.title as path %}{% pagehead plan.title lead=... path=path %}<a class="btn btn--do">...{% endpagehead %}`
    under   safe markup below the heading, such as a thread
    """
    lead_row = format_html('<p class="lead">{}</p>', lead) if lead else NOTHING
    buttons = format_html('<div class="row">{}</div>', content) if content.strip() else NOTHING
    return format_html(
        '<div class="head">{}<div class="head__in"><div><h1>{}</h1>{}{}</div>{}</div></div>',
        conditional_escape(path), title, lead_row, conditional_escape(under), buttons)


def notice(content: str, title: str, kind: str = "", role: str = "") -> SafeString:
    """
    Return a notice; what stands between the tags is its text: `{% notice "Sparat" "good" %}<p>…</p>{% endnotice %}`.

    kind   "" to know, "turn" your turn, "good" it went well, "bad" it went wrong, "plain" beside the rest
    role   "status" or "alert" when it answers what the user just did
    """
    css_class, drawing = NOTES[kind]
    said = format_html(' role="{}"', role) if role else NOTHING
    text = format_html('<div class="fine">{}</div>', content) if content.strip() else NOTHING
    return format_html('<div class="note{}"{}>{}<b>{}</b>{}</div>', css_class, said, icon(drawing), title, text)


def message(text: str, level: str = "info") -> SafeString:
    """Return an answer to what the user just did, read aloud once: `{% message m m.level_tag %}` for each of Django's messages."""
    kind = NOTE_OF_LEVEL.get(level, "")
    role = "alert" if kind == "bad" else "status"
    css_class, drawing = NOTES[kind]
    return format_html('<div class="note{}" role="{}">{}<p>{}</p></div>', css_class, role, icon(drawing), text)


def empty(content: str, title: str, drawing: str = "face-too_early") -> SafeString:
    """
    Return an empty page's invitation: `{% empty "Inga planer än" %}<p>Börja så här.</p><a class="btn">…</a>{% endempty %}`.

    Not straight inside a {% for %}, which has an {% empty %} of its own; inside an {% if %} in it all is well.
    """
    return format_html('<div class="empty">{}<h2>{}</h2>{}</div>', symbol(drawing, "i" if drawing.startswith("i-") else ""), title, content)


def columns(*headers: str) -> SafeString:
    """
    Return a table's head with the roles a folded table needs: `{% columns "Åtgärd" "Klart" "Tid|num" %}`.

    headers   "Label" or "Label|class"; "|hide" keeps the label for screen readers only
    """
    cells = format_html_join("", '<th scope="col" role="columnheader"{}>{}</th>', (_column(header) for header in headers))
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', cells)


def _column(header: str) -> tuple[SafeString, SafeString]:
    """Return the class attribute and the content of one header."""
    label, _, css_class = str(header).partition("|")
    if css_class == "hide":
        return NOTHING, format_html('<span class="hide">{}</span>', label)
    return (format_html(' class="{}"', css_class) if css_class else NOTHING), format_html("{}", label)


def page_links(number: int, count: int, address: str) -> SafeString:
    """
    Return links to the pages of a list: `{% page_links page.number page.paginator.num_pages "?agare=Bo&sida=" %}`.

    address   what the page's number is added to. One page needs no links and draws nothing.
    """
    if count < 2:
        return NOTHING
    links = format_html_join("", "{}", ((_page_link(n, number, address),) for n in _shown_pages(number, count)))
    return format_html('<nav class="pages" aria-label="Sidor">{}</nav>', links)


def _shown_pages(number: int, count: int) -> Sequence[int]:
    """Return the first, the last and those around; 0 stands for a gap."""
    near = sorted({1, count, *range(max(1, number - 1), min(count, number + 1) + 1)})
    shown: list[int] = []
    for n in near:
        if shown and n - shown[-1] > 1:
            shown.append(0)
        shown.append(n)
    return shown


def _page_link(n: int, number: int, address: str) -> SafeString:
    """Return one page's link, the mark of this page, or the dots of a gap."""
    if n == 0:
        return SafeString('<span aria-hidden="true">…</span>')
    if n == number:
        return format_html('<b aria-current="page"><span class="hide">Sida </span>{}</b>', n)
    return format_html('<a href="{}{}"><span class="hide">Sida </span>{}</a>', address, n, n)


def copytext(text: str, name: str, label: str) -> SafeString:
    """
    Return a ready text to copy: `{% copytext text "inbjudan" "Text att skicka" %}`. Without JavaScript it is marked by hand.

    name   an id, used once on the page
    """
    return format_html(
        '<div class="copy field"><label for="{0}">{1}</label><textarea class="in" id="{0}" readonly rows="6">{2}</textarea>'
        '<div class="row"><button class="btn" type="button" data-copy="{0}" hidden>{3}Kopiera texten</button>'
        '<span class="fine mute" role="status"></span></div></div>', name, label, text, icon("copy"))
