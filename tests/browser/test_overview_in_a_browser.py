"""The overview as a coordinator uses it: stepping through weeks, by person, teacher and room, in a file on her disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from plans import ROWS, changed, make_plan, small_problem

from skemaplan.overview import overview

from .conftest import Tab

Show = Callable[..., Tab]
MOVED = changed(ROWS, {3: ("2026-04-01", "09:15-10:00", "mat", "U-MAT", "Lokale 2", "A B"), 5: None})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["participants", "teachers", "rooms"])
def test_every_view_is_sound(show: Show, view: str, scheme: str) -> None:
    tab = show(overview(make_plan(rows=MOVED), make_plan()), 1280, scheme=scheme)
    tab.page.select_option("#view", view)

    assert not tab.is_too_wide()
    assert tab.violations() == []
    assert len(tab.asked) == 1


def test_stepping_through_the_weeks_shows_each_session_once_for_each_participant(show: Show) -> None:
    plan = make_plan()
    tab = show(overview(plan), 1280)

    for week in plan.weeks.values():
        blocks = tab.page.locator("#grid .b:not(.fixed)").count()
        assert blocks == sum(len(people) for people in week.schedule.attendance.values())
        tab.page.click("#on")


def test_a_block_lies_where_its_time_is(show: Show) -> None:
    tab = show(overview(make_plan()), 1280)
    tab.page.select_option("#day", "1")
    cell = tab.page.locator("#grid td.day").first.bounding_box()
    block = tab.page.locator("#grid .b").first
    box = block.bounding_box()

    assert cell
    assert box
    assert block.inner_text().startswith("Matematik\n08:30–10:00\nLokale 1")
    hours = 5  # the day is drawn from 8 to 13
    assert box["x"] - cell["x"] == pytest.approx(0.5 / hours * cell["width"], abs=2)
    assert box["width"] == pytest.approx(1.5 / hours * cell["width"], abs=2)


def test_a_draft_opens_at_the_first_change_and_marks_it(show: Show) -> None:
    tab = show(overview(make_plan(rows=MOVED), make_plan()), 1280)

    assert " 14 ·" in tab.page.inner_text("#title")
    assert tab.page.locator("#grid .ghost").count() == 5, "Tuesday's for two, Friday's for three"
    assert tab.page.locator("#grid .changed").count() == 2
    assert tab.page.locator("#changes tbody tr").all_inner_texts() == [
        "Matematik\ttirsdag 08:30, Lokale 1\tonsdag 09:15, Lokale 2\tDeltager A, Deltager B",
        "Engelsk\tfredag 12:15, Online\tvæk\tDeltager A, Deltager B, Deltager C",
    ], "one change that meets several is told once"


def test_what_is_lost_for_one_reason_is_told_once_with_how_much_for_whom(show: Show) -> None:
    plan = make_plan()
    week, dated = next(iter(plan.weeks.items()))
    easter = dated.missing[0]
    more = [replace(easter, participant=p, minutes=m) for p, m in (("A", 30), ("B", 30), ("B", 45))]
    plan = replace(plan, weeks={**plan.weeks, week: replace(dated, missing=(easter, *more))})
    tab = show(overview(plan), 1280)

    [row] = tab.page.locator("#missing tbody tr").all_inner_texts()
    assert row.startswith("Matematik\t3,3 mistet\t")
    assert row.endswith("\tDeltager A 1,7, Deltager B 1,7")


def test_a_short_session_has_a_picture_and_a_long_one_a_word_too(show: Show) -> None:
    tab = show(overview(make_plan()), 1280)
    blocks = tab.page.locator("#grid .b:not(.fixed)")

    assert blocks.locator("svg").count() == blocks.count()
    assert {text.split("\n")[0] for text in blocks.all_inner_texts()} == {"Mat", ""}


def test_courses_of_one_name_stand_once_in_the_legend(show: Show) -> None:
    problem = small_problem()
    courses = (*problem.courses, *(replace(problem.courses[0], id=f"mat {n}") for n in range(2, 5)))
    teaches = (*problem.teaches, *(replace(problem.teaches[0], course=f"mat {n}") for n in range(2, 5)))
    tab = show(overview(make_plan(replace(problem, courses=courses, teaches=teaches))), 1280)

    assert sorted(tab.page.locator("#legend li").all_inner_texts()) == sorted({c.name for c in problem.courses})


def test_arrows_step_and_the_ends_hold(show: Show) -> None:
    tab = show(overview(make_plan()), 1280)
    first = tab.page.inner_text("#title")
    tab.page.keyboard.press("ArrowLeft")
    assert tab.page.inner_text("#title") == first
    tab.page.keyboard.press("ArrowRight")
    assert tab.page.inner_text("#title") != first


@pytest.mark.parametrize(
    "label", ["Æ" * 200, "meget lang " * 18, "</script><script>alert(1)</script>\"' 👩🏽‍🏫 دلتاغر"]
)
@pytest.mark.parametrize("view", ["participants", "teachers", "rooms"])
def test_hostile_labels_stay_inside_the_overview(show: Show, label: str, view: str) -> None:
    problem = small_problem()
    problem = replace(
        problem,
        participants=tuple(replace(p, label=label, team=label + p.id) for p in problem.participants),
        teachers=tuple(replace(t, label=label) for t in problem.teachers),
        courses=tuple(replace(c, name=label) for c in problem.courses),
    )
    tab = show(overview(make_plan(problem, MOVED), make_plan(problem)), 1280)
    tab.page.select_option("#view", view)

    assert not tab.is_too_wide()
    assert tab.violations() == []
    assert max(row["height"] for row in boxes(tab, "#grid tbody tr")) < 180, "a row is no page"


def boxes(tab: Tab, selector: str) -> list[dict[str, float]]:
    found = [x.bounding_box() for x in tab.page.locator(selector).all()]
    return [{"x": b["x"], "y": b["y"], "width": b["width"], "height": b["height"]} for b in found if b]
