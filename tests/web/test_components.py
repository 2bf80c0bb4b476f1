"""The parts of a page: what they say, what they tie together, and what they never let through."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

import samsyn.web
from samsyn.chain.choices import FormFace, Implementation, Result
from samsyn.chain.row_words import THREAD
from samsyn.web.components.amounts import day, estimate, hours, meter, moment, money, number, week
from samsyn.web.components.fields import faults, field, pick
from samsyn.web.components.frames import columns, copytext, crumbs, message, page_links
from samsyn.web.components.marks import dial, face, form_face, person, tag, tally, thread
from samsyn.web.components.symbols import icon, symbol
from samsyn.web.pages.style.samples import FaultyForm
from samsyn.web.pages.style.views import shown

STATIC = Path(samsyn.web.__file__).parent / "static"
STYLES = (STATIC / "samsyn.css").read_text(encoding="utf-8")
SPRITE = (STATIC / "sprite.svg").read_text(encoding="utf-8")
ERROR_PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html", "500.html", "503.html")


class Elements(HTMLParser):
    """Every element of some markup with its attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.found if attribute in attrs]


def drawn(markup: str) -> set[str]:
    """The names of the drawings that markup asks the sprite for."""
    return set(re.findall(r"sprite\.svg#([\w-]+)", markup))


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def stil() -> str:
    return render_to_string("stil.html", shown())


# --- marks


@pytest.mark.parametrize("result", Result)
def test_every_face_has_its_word_its_drawing_and_its_class(result: Result) -> None:
    markup = face(result)
    assert words(markup) == result.label
    assert drawn(markup) == {f"face-{result.value}"}
    assert f"is-{result.value}" in markup


@pytest.mark.parametrize("implementation", Implementation)
def test_every_dial_has_its_word_and_its_drawing(implementation: Implementation) -> None:
    markup = dial(implementation, "13 av 20")
    assert words(markup) == f"{implementation.label} 13 av 20"
    assert drawn(markup) == {f"dial-{implementation.value}"}


@pytest.mark.parametrize("colour", FormFace)
def test_the_colour_of_a_form_is_never_drawn_as_a_result(colour: FormFace) -> None:
    assert drawn(form_face(colour)) == {f"form-{colour.value}"}


def test_a_face_nobody_has_set_is_not_measured_and_an_unknown_implementation_is_said_to_be_so() -> None:
    assert words(face(None)) == "Inte mätt"
    assert words(dial(None)) == "Inte sagt"
    assert form_face(None) == ""


def test_a_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="happy"):
        face("happy")
    with pytest.raises(ValueError, match="better"):
        dial("better")


def test_words_from_people_never_become_markup() -> None:
    text = "</textarea><b>x"
    for markup in (face("better", text), dial("done", text), person(text, text), tag(text), day(None, typed=text), crumbs(text),
                   message(text), columns(f"{text}|num"), copytext(text, "a", text), estimate(6, 4, 8, n=34, unit=text, top=10)):
        assert "&lt;b&gt;x" in markup
        assert "<b>x" not in markup


def test_a_mark_that_is_kept_does_not_trust_words_because_they_were_trusted_before() -> None:
    for trusted in ("<b>y", mark_safe("<b>y")):
        assert "<b>y" not in face("better", trusted) + dial("done", trusted) + person(trusted, trusted)


def test_an_action_without_a_responsible_says_so() -> None:
    assert words(person("")) == words(person("  ")) == "? Ingen ansvarig"
    assert words(person("Åke", "Granvikshus")) == "Å Åke Granvikshus"


def test_a_tally_shows_all_six_faces_also_those_without_rows() -> None:
    assert words(tally({Result.BETTER: 3, "worse": 1})) == (
        "3 Bättre 0 Oförändrat 1 Sämre 0 Går inte att säga 0 För tidigt 0 Inte mätt")


def test_the_thread_ends_at_the_first_gap() -> None:
    whole, broken = thread(THREAD), thread(["action", "cause", "problem", "result"])
    assert "knot-gap" not in drawn(whole)
    assert drawn(broken) == {"knot-problem", "knot-cause", "knot-action", "knot-gap"}
    assert words(broken) == "Mål saknas"
    assert 'aria-label="Tråden: problem, orsak och åtgärd finns."' in broken


def test_a_result_that_has_not_come_is_no_fault() -> None:
    waiting = thread([name for name in THREAD if name != "result"])
    assert words(waiting) == "Inget resultat än"
    assert 'class="gap"' not in waiting
    assert 'class="gap"' in thread(["problem"])


def test_a_date_under_a_word_stays_on_one_line() -> None:
    assert '<span class="n">2026-10-23</span>' in face("better", "satt 2026-10-23")


# --- amounts


def test_days_weeks_and_moments_are_swedish() -> None:
    assert words(day(date(2026, 11, 21))) == "2026-11-21"
    assert words(day(date(2026, 11, 21), late_days=1)) == "2026-11-21 1 dag sen"
    assert words(day(None)) == "Inget datum"
    assert words(day(None, typed="löpande")) == "löpande"
    assert words(week(date(2026, 11, 21))) == "v. 47"
    assert words(moment(datetime(2026, 7, 1, 8, 5, tzinfo=UTC))) == "2026-07-01 kl. 10.05"
    assert moment(None) == ""


def test_an_amount_that_is_not_known_is_never_zero() -> None:
    assert {words(number(None)), words(hours(None)), words(money(None))} == {"Inte känt"}
    assert words(number(0)) == "0"


def test_amounts_keep_number_and_unit_together() -> None:
    assert money(Decimal("40000.4")) == '<span class="n">40\u202f000\u202fkr</span>'
    assert hours(Decimal("12.50")) == '<span class="n">12,5\u202fh</span>'


def test_an_estimate_carries_its_interval_and_draws_it_in_place() -> None:
    markup = estimate(6, 4, 8, n=34, unit="poäng", bottom=0, top=10)
    assert words(markup).replace("\u202f", " ") == "6 poäng 95 %: 4 till 8, n = 34"
    assert 'x="58" y="4" width="57"' in markup


def test_a_bar_of_nothing_is_no_division_by_zero() -> None:
    assert 'value="0" max="1"' in meter(0, 0, "Kontroller")


# --- fields


class Kinds(forms.Form):
    text = forms.CharField(label="Åtgärd", help_text="Börja med ett verb.")
    due_on = forms.DateField(label="Klart", required=False)
    result = forms.ChoiceField(
        label="Resultat", widget=forms.RadioSelect, required=False, choices=[("", "---"), *((r.value, r.label) for r in Result)])
    causes = forms.MultipleChoiceField(label="Orsaker", widget=forms.CheckboxSelectMultiple, choices=[("1", "Mörkt"), ("2", "Skymt")])
    sure = forms.BooleanField(label="Säker", help_text="Det går inte att ångra.")
    file = forms.FileField(label="Fil", help_text="Högst 10 MB.")
    version = forms.IntegerField(widget=forms.HiddenInput)


def sent(**values: object) -> Kinds:
    return Kinds(values, {})


@pytest.mark.parametrize("name", ["text", "causes", "sure", "file"])
def test_help_and_fault_are_tied_to_the_control(name: str) -> None:
    elements = Elements(field(sent()[name]))
    ids = set(elements.values("id"))
    tied = " ".join(elements.values("aria-describedby")).split()
    assert f"id_{name}_fault" in tied
    assert (f"id_{name}_help" in tied) is bool(Kinds.base_fields[name].help_text)
    assert set(tied) <= ids
    assert set(elements.values("for")) <= ids


def test_a_field_without_fault_is_not_marked() -> None:
    assert "aria-invalid" not in field(Kinds()["text"])
    assert 'aria-invalid="true"' in field(sent()["text"])


def test_a_day_is_asked_for_as_a_day_and_keeps_its_iso_form() -> None:
    markup = field(Kinds(initial={"due_on": date(2026, 11, 21)})["due_on"])
    assert 'type="date"' in markup
    assert 'value="2026-11-21"' in markup


def test_what_was_typed_stands_there_again_and_is_escaped() -> None:
    assert 'value="&quot;&gt;&lt;b&gt;"' in field(sent(text='"><b>')["text"])


def test_tiles_draw_each_face_and_mark_the_chosen_one() -> None:
    markup = pick(Kinds(initial={"result": "worse"})["result"])
    assert drawn(markup) == {f"face-{result.value}" for result in Result}
    assert [attrs["value"] for tag, attrs in Elements(markup).found if "checked" in attrs] == ["worse"]
    assert "---" not in markup


def test_a_hidden_field_is_only_its_control() -> None:
    assert words(field(Kinds()["version"])) == ""
    assert 'type="hidden"' in field(Kinds()["version"])


def test_what_is_wrong_is_listed_first_with_links_that_lead_somewhere() -> None:
    form = FaultyForm.sent()
    page = faults(form) + "".join(pick(bound) if bound.name == "verdict" else field(bound) for bound in form)
    elements = Elements(page)
    links = [address.removeprefix("#") for address in elements.values("href") if address.startswith("#")]
    assert len(links) == 3
    assert set(links) <= set(elements.values("id"))
    assert "Tre saker behöver rättas" in page


def test_a_form_that_is_not_sent_has_nothing_wrong() -> None:
    assert faults(Kinds()) == ""


# --- frames


def test_a_path_links_all_but_this_page() -> None:
    markup = crumbs("/planer/", "Planer", "/planer/1/", "Centrum", "Åtgärd 2.1")
    assert Elements(markup).values("href") == ["/planer/", "/planer/1/"]
    with pytest.raises(ValueError, match="pairs"):
        crumbs("/planer/", "Åtgärd 2.1")


def test_a_table_head_keeps_its_roles_when_the_table_is_folded() -> None:
    elements = Elements(columns("Åtgärd", "Tid|num", "Val|hide"))
    assert Counter(elements.values("role")) == {"rowgroup": 1, "row": 1, "columnheader": 3}
    assert "num" in elements.values("class")


def test_page_links_show_the_ends_and_those_around() -> None:
    assert words(page_links(5, 9, "?sida=")).replace("Sida ", "") == "1 … 4 5 6 … 9"
    assert Elements(page_links(5, 9, "?q=a&sida=")).values("href")[0] == "?q=a&sida=1"
    assert page_links(1, 1, "?sida=") == ""


def test_only_what_went_wrong_interrupts_a_screen_reader() -> None:
    assert 'role="alert"' in message("Filen gick inte att läsa.", "error")
    assert 'role="status"' in message("Sparat.", "success")


def test_tags_do_what_the_functions_do() -> None:
    page = Template('{% face r "sedan juni" size="l" %}{% pagehead "Plan" lead="Så går det." %}<a>Ny</a>{% endpagehead %}'
                    '{% notice "Sparat" "good" %}<p>Tolv rader.</p>{% endnotice %}{% empty "Tomt" %}{% endempty %}')
    text = words(page.render(Context({"r": Result.BETTER})))
    assert text == "Bättre sedan juni Plan Så går det. Ny Sparat Tolv rader. Tomt"
    with pytest.raises(TemplateSyntaxError):
        Template("{% happy %}")


# --- drawings and colours


def sprite_names() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))


def test_the_style_page_shows_every_drawing_and_asks_for_none_that_is_missing() -> None:
    assert len(sprite_names()) > 40
    assert drawn(stil()) == sprite_names()


def test_a_name_without_drawing_would_be_seen() -> None:
    assert not drawn(icon("elephant")) <= sprite_names()
    assert drawn(symbol("mark")) <= sprite_names()


def test_the_style_page_uses_only_classes_that_have_a_style() -> None:
    styled = set(re.findall(r"\.([A-Za-z][\w-]*)", STYLES))
    used = {name for value in Elements(stil()).values("class") for name in value.split()}
    without_own_look = {"is-not_measured", "is-must"}
    assert len(used) > 80
    assert used - styled <= without_own_look


def test_the_style_page_has_no_id_twice() -> None:
    twice = [name for name, count in Counter(Elements(stil()).values("id")).items() if count > 1]
    assert twice == []


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", block))


def both_themes() -> list[tuple[str, dict[str, str]]]:
    day_block, night_block = STYLES.split("(prefers-color-scheme: dark)", 1)
    light = tokens(day_block)
    return [("light", light), ("dark", light | tokens(night_block.split("prefers-contrast", 1)[0]))]


def test_every_token_that_is_used_is_given_a_value() -> None:
    used = set(re.findall(r"var\(--([\w-]+)", "".join(path.read_text(encoding="utf-8") for path in (STATIC / "samsyn.css", *STATIC.glob("*.svg")))))
    given = set(re.findall(r"--([\w-]+):", STYLES))
    assert len(used) > 40
    assert used <= given


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1, as WCAG 2.2 defines it."""
    shares = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_published() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


SURFACES = ("sheet", "bg", "sunk", "dawn", "dawn-soft", "accent-tint", "better-tint", "unchanged-tint", "worse-tint",
            "too-early-tint", "cannot-be-told-tint", "not-measured-tint")
TEXT = (
    *(("ink", surface) for surface in SURFACES), *(("ink-2", surface) for surface in SURFACES),
    *(("accent", surface) for surface in SURFACES), ("error", "sheet"), ("error", "bg"), ("error", "worse-tint"), ("error", "unchanged-tint"),
    ("on-accent", "accent"), ("bg", "ink"), *(("face-ink", fill) for fill in ("better", "unchanged", "worse", "too-early", "cannot-be-told")),
)


@pytest.mark.parametrize(("theme", "colours"), both_themes(), ids=["light", "dark"])
def test_text_is_readable_on_every_surface(theme: str, colours: dict[str, str]) -> None:
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(("theme", "colours"), both_themes(), ids=["light", "dark"])
def test_controls_and_faces_stand_out_from_the_paper(theme: str, colours: dict[str, str]) -> None:
    assert contrast(colours["edge"], colours["sheet"]) >= 3
    for fill in ("better", "unchanged", "worse", "too-early", "cannot-be-told"):
        assert max(contrast(colours["face-ink"], colours["sheet"]), contrast(colours[fill], colours["sheet"])) >= 3


def test_loose_drawings_carry_their_own_colours() -> None:
    files = sorted((STATIC / "img").glob("*.svg"))
    assert {path.stem for path in files} >= {f"face-{r.value}" for r in Result} | {f"dial-{i.value}" for i in Implementation}
    for path in files:
        assert "var(" not in path.read_text(encoding="utf-8"), path.name


# --- pages for what went wrong


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_neither_database_nor_request(name: str) -> None:
    markup = render_to_string(name)
    assert markup.count("<h1") == 1
    assert "Gör så här" in markup
    assert "Till startsidan" in markup


def test_error_pages_have_titles_of_their_own() -> None:
    titles = [re.search(r"<title>(.*?)</title>", render_to_string(name)).group(1) for name in ERROR_PAGES]  # type: ignore[union-attr]
    assert len(set(titles)) == len(ERROR_PAGES)
    assert all(title.endswith(" · Samsyn") for title in titles)


def test_days_in_running_text_stay_whole_and_the_text_is_escaped() -> None:
    from samsyn.web.components.amounts import whole_days

    assert whole_days("Klar 2026-10-03, <b>") == 'Klar <span class="n">2026-10-03</span>, &lt;b&gt;'
    assert whole_days("Id 12026-10-031") == "Id 12026-10-031"
