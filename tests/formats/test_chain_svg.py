"""The chain as a drawing: whole, safe, with the proportions of A3, and every text in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from samsyn.chain.chain_view import chain_of
from samsyn.chain.choices import RestsOn, Result
from samsyn.chain.plan import Action, Bundle, Cause, Face, Goal, Plan, Problem
from samsyn.chain.report_values import Timeline, TimelineRow
from samsyn.formats.chain_layout import HEIGHT, MARGIN, MOST_BUNDLES, WIDTH, Layout, column_places, foot_of, laid_out, whole_level
from samsyn.formats.chain_svg import chain_svg, chain_words
from samsyn.formats.svg_text import cut_to, lines_of, width_of
from samsyn.formats.timeline_strip import row_strip, strip_axis, strip_marks, strip_scale

TODAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"
NASTY = 'Åäö ł <b>"&\' \x00\ud800 ]]> </svg><script>alert(1)</script>'


def plan_of(count: int, *, text: str = "Vandra kvällstid med grupp", causes: int = 8, **more: Any) -> Plan:
    made = [Action(id=f"a{n}", number=f"{n % causes + 1}.{n // causes + 1}", causes=(f"c{n % causes}",), goals=(f"g{n % 5}",) if n % 7 else (),
                   text=f"{text} {n}", responsible="Bo Ek" if n % 9 else "", responsible_organisation="Granvikshus",
                   result=Face(value=list(Result)[n % 6], rests_on=RestsOn.MEASURED) if n % 2 else None) for n in range(count)]
    return Plan(
        id="plan", name="Trygg kväll i centrum", actions=tuple(made),
        problems=(Problem(id="p1", title="Oro runt stationen", place="Stationen", time="Kvällar"), Problem(id="p2", title="Inbrott")),
        causes=tuple(Cause(id=f"c{n}", problem=f"p{n % 2 + 1}", number=n + 1, text=f"Mörkt och få vuxna i kvarter {n}") for n in range(causes)),
        goals=tuple(Goal(id=f"g{n}", problem="p1", text=f"Färre anmälningar {n}", indicator="Anmälningar per år" if n else "", baseline="62",
                         target="45") for n in range(5)), **more)


def drawn(plan: Plan) -> ElementTree.Element:
    return ElementTree.fromstring(chain_svg(chain_of(plan, TODAY), TODAY))


def words_in(tree: ElementTree.Element) -> str:
    """Return every text that is drawn, on one line; not title and desc."""
    return " ".join(" ".join("".join(found.itertext()) for found in tree.iter(SVG + "text")).split())


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    """Return the pairs of boxes that lie over each other."""
    found = []
    for place, one in enumerate(layout.boxes):
        for other in layout.boxes[place + 1:]:
            if one.x < other.right and other.x < one.right and one.y < other.y + other.height - 0.01 and other.y < one.y + one.height - 0.01:
                found.append((one.node.label, other.node.label))
    return found


@pytest.mark.parametrize("count", [0, 1, 25, 60, 200])
def test_the_drawing_has_the_proportions_of_a3_and_nothing_lies_over_anything(count: int) -> None:
    plan = plan_of(count)
    tree, layout = drawn(plan), laid_out(chain_of(plan, TODAY))
    width, height = (float(tree.get(side, "").removesuffix("mm")) for side in ("width", "height"))
    assert width / height == pytest.approx(420 / 297, rel=0.001)
    assert overlaps(layout) == []
    assert all(box.x >= MARGIN and box.right <= layout.width - MARGIN + 0.1 and box.y + box.height <= layout.height for box in layout.boxes)


def test_boxes_laid_over_each_other_would_be_found() -> None:
    layout = laid_out(chain_of(plan_of(5), TODAY))
    layout.boxes[2].y = layout.boxes[1].y
    layout.boxes[2].x = layout.boxes[1].x
    assert overlaps(layout) != []


@pytest.mark.parametrize(("count", "causes"), [(25, 9), (60, 8), (60, 60)])
def test_sixty_actions_stand_on_one_a3_with_text_that_can_be_read(count: int, causes: int) -> None:
    layout = laid_out(chain_of(plan_of(count, causes=causes, text="Trygghetsvandra med boende två gånger per termin och följ upp. " * 3), TODAY))
    assert (layout.width, layout.height, layout.paper) == (WIDTH, HEIGHT, "A3")
    assert layout.level.size / 4 / 0.3528 > 5  # points: 4 units a millimetre


def test_more_than_one_a3_holds_is_drawn_for_a_larger_paper_and_says_so() -> None:
    tree = drawn(plan_of(200))
    assert "Ritad för A0." in words_in(tree)
    assert "Ritad för A3." in words_in(drawn(plan_of(3)))
    assert "större än A0" in words_in(drawn(plan_of(500)))


@pytest.mark.parametrize("count", [3, 25, 60])
def test_every_row_of_the_plan_is_in_the_drawing(count: int) -> None:
    plan = plan_of(count)
    tree = drawn(plan)
    found = words_in(tree) + " " + " ".join(found.text or "" for found in tree.iter(SVG + "title"))
    for row in (*plan.problems, *plan.causes, *plan.actions, *(g for g in plan.goals if any(g.id in a.goals for a in plan.actions))):
        words = getattr(row, "title", "") or getattr(row, "text", "")
        assert words in found, words
    assert found.count("Mål saknas") == sum(not action.goals for action in plan.actions)


def test_a_long_text_is_cut_at_a_word_and_stands_whole_in_the_title_of_its_knot() -> None:
    long = "Trygghetsvandra tillsammans med boende två gånger per termin och följ upp det som ska åtgärdas. " * 40
    long = long.strip()
    tree = drawn(plan_of(60, text=long))
    shown = [" ".join("".join(found.itertext()).split()) for found in tree.iter(SVG + "text")]
    cut = [words.split("…")[0] for words in shown if "…" in words and words.startswith("1.1 ")]
    assert cut and all(f"1.1 {long}".startswith(f"{words} ") or f"1.1 {long}".startswith(f"{words}.") for words in cut)
    assert any((found.text or "").startswith(f"1.1 {long} 0") for found in tree.iter(SVG + "title"))


def test_texts_that_are_markup_or_not_xml_stay_texts() -> None:
    plan = Plan(id="plan", name=NASTY, problems=(Problem(id="p", title=NASTY, place=NASTY),), causes=(Cause(id="c", problem="p", number=1, text=NASTY),),
                goals=(Goal(id="g", text=NASTY, indicator=NASTY, baseline=NASTY, target=NASTY),),
                actions=(Action(id="a", text=NASTY, causes=("c",), goals=("g",), responsible=NASTY),))
    svg = chain_svg(chain_of(plan, TODAY), TODAY)
    tree = ElementTree.fromstring(svg)
    assert not list(tree.iter(SVG + "script")) and "<script" not in svg
    assert words_in(tree).count("Åäö ł <b>") >= 5


def test_nothing_is_fetched_from_anywhere_and_no_policy_stops_it() -> None:
    svg = chain_svg(chain_of(plan_of(25), TODAY), TODAY)
    tree = ElementTree.fromstring(svg)
    references = [value for found in tree.iter() for name, value in found.attrib.items() if "href" in name or "url(" in value]
    assert references and all(re.fullmatch(r"#face-[a-z_]+", value) for value in references)
    assert {value[1:] for value in references} == {found.get("id") for found in tree.iter(SVG + "symbol")}
    assert not any(name in ("style", "class") or name.startswith("on") for found in tree.iter() for name in found.attrib)
    assert "var(--" not in svg and "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    ids = [found.get("id") for found in tree.iter() if found.get("id")]
    assert len(ids) == len(set(ids))


def test_the_description_says_how_much_there_is_and_names_the_gaps() -> None:
    plan = plan_of(9)
    words = chain_words(chain_of(plan, TODAY))
    assert words.startswith("Två problem, åtta orsaker, nio åtgärder och fem mål.")
    assert "Mål saknas: 1.1" in words
    assert "luckor till" in chain_words(chain_of(plan_of(300), TODAY))
    (described,) = [found.text for found in drawn(plan).iter(SVG + "desc")]
    assert described == words
    whole = Plan(id="plan", problems=(Problem(id="p", title="x"),), causes=(Cause(id="c", problem="p"),),
                 actions=(Action(id="a", causes=("c",), goals=("g",), responsible="Bo"),),
                 goals=(Goal(id="g", indicator="x", baseline="1", target="2"),))
    assert chain_words(chain_of(whole, TODAY)).endswith("Ingen länk fattas.")


def test_columns_fill_the_sheet_from_left_to_right() -> None:
    places = list(column_places(laid_out(chain_of(plan_of(3), TODAY))).values())
    assert places[0][0] == MARGIN and places[-1][0] + places[-1][1] == pytest.approx(WIDTH - MARGIN)
    assert all(x + width < other for (x, width), (other, _) in zip(places, places[1:], strict=False))


@pytest.mark.parametrize(("words", "room", "most"), [
    ("Mörkt och få vuxna", 4.0, 3), ("x" * 200, 5.0, 4), ("", 5.0, 2), ("en två tre fyra fem sex sju åtta", 3.0, 2), ("漢字" * 30, 6.0, 2)])
def test_lines_fit_their_room_and_lose_no_word_but_the_last(words: str, room: float, most: int) -> None:
    lines = lines_of(words, room, most)
    assert len(lines) <= most
    assert all(width_of(line) <= room for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == words.replace(" ", "") or (kept.endswith("…") and words.replace(" ", "").startswith(kept[:-1]))


def test_a_room_too_small_for_a_letter_still_ends() -> None:
    assert lines_of("WWW", 0.1, 3) and cut_to("WWW", 0.1).endswith("…")


def strip_row(**more: Any) -> TimelineRow:
    given: dict[str, Any] = {"start_on": TODAY - timedelta(days=90), "due_on": TODAY + timedelta(days=30), "done_on": None, "days_late": 0, **more}
    return TimelineRow(action="a", label="x", code="under_way", state="Pågår", **given)


def test_strips_share_one_scale_and_todays_line_stands_at_the_same_place_in_all() -> None:
    rows = (strip_row(), strip_row(effect_from=TODAY + timedelta(days=400)), strip_row(days_late=3, due_on=TODAY - timedelta(days=3)))
    values = Timeline(today=TODAY, rows=rows, notes=())
    scale = strip_scale(values)
    trees = [ElementTree.fromstring(row_strip(row, values, scale)) for row in rows]
    lines = {[path.get("d") for path in tree.iter("path") if path.get("stroke") == "var(--ink)"][0] for tree in trees}
    assert len(lines) == 1
    assert scale.last > TODAY + timedelta(days=400)
    assert len(list(trees[1].iter("path"))) == len(list(trees[0].iter("path"))) + 1
    axis = "".join(ElementTree.fromstring(strip_axis(scale)).itertext())
    assert "2026" in axis and "2027" in axis
    assert [words for _, words in strip_marks()][-1] == "i dag"


def together(plan: Plan) -> Plan:
    """Return a plan with three combinations: parts side by side, parts under two causes, and one that is not whole."""
    marks = {0: "a", 8: "a", 1: "b", 2: "b", 3: "c", 11: "c"}
    actions = tuple(replace(action, bundle=marks.get(n), responsible="" if n == 11 else "Bo Ek") for n, action in enumerate(plan.actions))
    return replace(plan, actions=actions, bundles=tuple(Bundle(id=letter, text=f"Ihop {letter}") for letter in "abc"))


@pytest.mark.parametrize("count", [12, 60, 200])
def test_a_combination_is_drawn_as_one_thing_and_nothing_lies_over_anything(count: int) -> None:
    plan = together(plan_of(count))
    view = chain_of(plan, TODAY)
    layout = laid_out(view)
    assert overlaps(layout) == []
    assert len(layout.trays) == 4  # two runs of two, and two parts that stand alone under their causes
    for box in layout.boxes:
        lies_on = [tray for tray in layout.trays if tray.x <= box.x and box.right <= tray.x + tray.width
                   and tray.y <= box.y and box.y + box.height <= tray.y + tray.height]
        assert len(lies_on) == (box.node.part is not None)
    assert max(box.y + box.height for box in layout.boxes) <= layout.height - MARGIN - foot_of(view)
    assert [tray.is_broken for tray in layout.trays].count(True) == 1


def test_the_letters_of_combinations_are_explained_and_what_is_lacking_is_said() -> None:
    plan = together(plan_of(60))
    words, said = words_in(drawn(plan)), chain_words(chain_of(plan, TODAY))
    for text in (words, said):
        assert "Ihop a" in text and "1.1 och 1.2 måste båda göras." in text
        assert "Inte hel: 4.2 Vandra kvällstid med grupp 11 har ingen ansvarig" in text
    assert "Ihop" not in words_in(drawn(plan_of(60)))


def test_many_combinations_are_cut_and_counted() -> None:
    plan = plan_of(60)
    plan = replace(plan, actions=tuple(replace(a, bundle=f"b{n // 2}") for n, a in enumerate(plan.actions)),
                   bundles=tuple(Bundle(id=f"b{n}", text=f"Ihop nummer {n}") for n in range(30)))
    words = words_in(drawn(plan))
    assert words.count("Ihop nummer") == MOST_BUNDLES and "och 18 kombinationer till" in words
    assert laid_out(chain_of(plan, TODAY)).paper == "A3"


def test_a_short_chain_is_drawn_large_with_every_word_and_over_much_of_the_sheet() -> None:
    indicator = "Antal trasiga lampor längs gångvägen, räknat på kvällsvandringen den första fredagen i varje månad"
    plan = plan_of(3, causes=2)
    plan = replace(plan, goals=tuple(replace(goal, indicator=indicator) for goal in plan.goals))
    view = chain_of(plan, TODAY)
    layout = laid_out(view)
    assert layout.level.size / 4 / 0.3528 > 12, "points: 4 units a millimetre"
    assert not any(box.is_cut for box in layout.boxes) and overlaps(layout) == []
    drawn_down_to = max(box.y + box.height for box in layout.boxes)
    assert layout.height / 3 < drawn_down_to <= layout.height - MARGIN - foot_of(view)


def test_no_word_is_broken_to_make_the_text_larger() -> None:
    plan = plan_of(3, causes=2)
    long = "Trygghetsvandringsledarutbildningskommittén"
    view = chain_of(replace(plan, goals=tuple(replace(goal, indicator=long) for goal in plan.goals)), TODAY)
    layout = laid_out(view)
    assert whole_level(view) != whole_level(chain_of(plan, TODAY))
    assert all(long in [line.text for line in box.lines] for box in layout.boxes if box.node.label == long) or whole_level(view) is None
