"""The summary of a plan as a page of text for the coordinator, 80 columns wide at most where names allow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from .amounts import in_lessons, in_seconds, in_teaching_weeks
from .dates import Week, numbers
from .publishing.wording import word
from .schedule import Tier
from .summary import PersonSum, Sum, Summary
from .summary_document import versions
from .words import Text, decimal, say, say_n

WIDTH = 80


def summary_text(summary: Summary, language: str) -> str:
    """The whole summary, ready to print."""
    parts = (title, amounts, courses, lost, made_up, unmet, homework, below, proofs, made)
    blocks = ["\n".join(lines) for part in parts if (lines := list(part(summary, language)))]
    return "\n\n".join(blocks)


def title(summary: Summary, language: str) -> Iterator[str]:
    s = summary.problem.settings
    weeks, expected = len(summary.weeks), s.teaching_weeks
    count = in_teaching_weeks(weeks)
    if weeks != expected:
        count = say("{count} (expected: {expected})", count=count, expected=expected)
    yield s.name
    yield f"{between(s.start, s.end, language)} · {count.to(language)}"
    yield ""
    yield verdict(summary, language)


def verdict(summary: Summary, language: str) -> str:
    """Whether the plan works out, in one sentence."""
    lost = summary.all.lost_minutes
    if not summary.works_out:
        short = lessons(summary, summary.all.unmet)
        text = say("The plan does not quite work out: an ordinary week has no place for {lessons}.", lessons=short)
    elif lost:
        text = say("The plan works out. Closed days and absences take {lessons}.", lessons=lessons(summary, lost))
    else:
        text = say("The plan works out.")
    return text.to(language)


def amounts(summary: Summary, language: str) -> Iterator[str]:
    """wanted = held + made up + lost + unmet, and the average week, for each participant and in all."""

    back = summary.all.made_up > 0

    def row(label: str, x: Sum, rest: str) -> list[str]:
        parts = (x.held, *([x.made_up] if back else []), x.lost_minutes)
        cells = [f"{decimal(summary.lessons(m), language)} +" for m in parts]
        wanted, unmet = (decimal(summary.lessons(m), language) for m in (x.wanted, x.unmet))
        return [label, f"{wanted} =", *cells, unmet, rest]

    parts = (say("held"), *([say("made up")] if back else []), say("lost"))
    wanted, unmet, a_week = (text.to(language) for text in (say("wanted"), say("unmet"), say("a week")))
    rows = [["", f"{wanted} =", *(f"{text.to(language)} +" for text in parts), unmet, a_week]]
    rows += [row(p.label, p.all, average(summary, p, language)) for p in summary.persons]
    if len(summary.persons) > 1:
        rows.append(row(say("In all").to(language), summary.all, ""))
    yield say_n("Lessons of {n} minute", "Lessons of {n} minutes", n=summary.problem.settings.lesson_minutes).to(
        language
    )
    yield from columns(rows, left=(0, len(rows[0]) - 1))


def average(summary: Summary, p: PersonSum, language: str) -> str:
    """19.4 of 20 in 22 weeks."""
    mean = decimal(summary.lessons(p.minutes_a_week), language)
    of = say("{average} of {target}", average=mean, target=summary.problem.settings.weekly_target).to(language)
    weeks = say_n("in {n} week", "in {n} weeks", n=len(p.weeks))
    return f"{of} {weeks.to(language)}"


def courses(summary: Summary, language: str) -> Iterator[str]:
    """Held of wanted, a column for each course; as many rows of columns as the width asks for.

    What is made up counts as held here.
    """
    sums = {p.id: {**p.courses, **p.study} for p in summary.persons}
    ids = [c.id for c in summary.problem.courses if any(c.id in mine for mine in sums.values())]
    names = {c: course_name(summary, c, language) for c in ids}
    label = max(len(p.label) for p in summary.persons) if summary.persons else 0
    yield say("Held of wanted").to(language)
    for block in fitting(ids, [len(names[c]) + 2 for c in ids], WIDTH - label - 2):
        rows = [["", *(names[c] for c in block)]]
        for p in summary.persons:
            rows.append([p.label, *(_held_of_wanted(summary, sums[p.id].get(c), language) for c in block)])
        yield from columns(rows)


def _held_of_wanted(summary: Summary, x: Sum | None, language: str) -> str:
    if x is None:
        return "-"
    given, wanted = (decimal(summary.lessons(m), language) for m in (x.given, x.wanted))
    return f"{given}/{wanted}"


def lost(summary: Summary, language: str) -> Iterator[str]:
    reasons = sorted(summary.all.lost.items(), key=lambda r: (-r[1], r[0].to(language)))
    if reasons:
        yield say("Lost: {lessons}", lessons=lessons(summary, summary.all.lost_minutes)).to(language)
        rows = [[decimal(summary.lessons(minutes), language), reason.to(language)] for reason, minutes in reasons]
        yield from columns(rows, left=(1,))


def made_up(summary: Summary, language: str) -> Iterator[str]:
    """What of the lost lessons later weeks give, why they were lost, and whether any week could give more."""
    back, lost = summary.all.made_up, summary.all.lost_minutes
    if back:
        amount, of = decimal(summary.lessons(back), language), lessons(summary, back + lost)
        yield say("Made up: {n} of {lessons} that were lost", n=amount, lessons=of).to(language)
    sums: dict[str, int] = {}
    weeks: dict[str, set[Week]] = {}
    for x in summary.won_back:
        reason = x.reason.to(language)
        sums[reason] = sums.get(reason, 0) + x.minutes
        weeks.setdefault(reason, set()).add(x.held)
    for reason, minutes in sorted(sums.items(), key=lambda r: (-r[1], r[0])):
        when = week_list(weeks[reason], language)
        yield f"  {decimal(summary.lessons(minutes), language)}  {reason} ({when})"


def unmet(summary: Summary, language: str) -> Iterator[str]:
    if summary.unmet:
        total = lessons(summary, summary.all.unmet)
        yield say("Unmet, an ordinary week has no place for it: {lessons}", lessons=total).to(language)
    for participant, course, minutes, weeks in summary.unmet:
        label = summary.problem.participant[participant].label
        rest = f"{label}, {course_name(summary, course, language)} ({week_list(weeks, language)})"
        yield f"  {decimal(summary.lessons(minutes), language)}  {rest}"


def homework(summary: Summary, language: str) -> Iterator[str]:
    """What of anybody's homework her free time has no room for."""
    sums = [(p.label, c, x.wanted - x.held) for p in summary.persons for c, x in p.study.items() if x.wanted > x.held]
    if sums:
        total = lessons(summary, sum(short for _, _, short in sums))
        yield say("Homework that there is no free time for: {lessons}", lessons=total).to(language)
    for label, course, short in sums:
        yield f"  {decimal(summary.lessons(short), language)}  {label}, {course_name(summary, course, language)}"


def below(summary: Summary, language: str) -> Iterator[str]:
    if summary.below:
        yield say("Teachers below their least").to(language)
    for b in summary.below:
        given, least = decimal(summary.lessons(b.given), language), lessons(summary, b.least)
        name, teacher = course_name(summary, b.course, language), summary.problem.teacher[b.teacher].label or b.teacher
        what = say("{teacher} {given} of {least} a week", teacher=teacher, given=given, least=least)
        yield f"  {what.to(language)}, {name} ({week_list(b.weeks, language)})"


def proofs(summary: Summary, language: str) -> Iterator[str]:
    """What is proven, tier by tier: of the term, and of its ordinary weeks."""
    yield say("How good it is").to(language)
    for tier in summary.tiers:
        yield f"  {tier_text(tier, language)}"
    if summary.making_up:
        done = sum(t.proven for t in summary.making_up.values())
        text = say_n(
            "Making up: {done} of {n} week is proven to hold no more",
            "Making up: {done} of {n} weeks are proven to hold no more",
            n=len(summary.making_up),
            done=done,
        )
        yield f"  {text.to(language)}"
    yield from (f"  {line}" for line in _ordinary(summary, language))


def tier_text(tier: Tier, language: str) -> str:
    """A tier of the term with "proven" or its gap."""
    names = {
        "demands": say_n(
            "Wishes for lessons: {n} minute short, weighed",
            "Wishes for lessons: {n} minutes short, weighed",
            n=tier.value,
        ),
        "moves": say("Moves of what was published: {value}", value=tier.value),
        "inconvenience": say_n(
            "Inconvenience: {n} minute to the participants",
            "Inconvenience: {n} minutes to the participants",
            n=tier.value,
        ),
        "given_base": say_n(
            "Inconvenience, with the ordinary weeks as they are: {n} minute",
            "Inconvenience, with the ordinary weeks as they are: {n} minutes",
            n=tier.value,
        ),
    }
    what = names.get(tier.name, Text("{name}: {value}", (("name", tier.name), ("value", tier.value))))
    if tier.name == "demands" and tier.value == 0:
        what = say("Wishes for lessons: all are met")
    return f"{what.to(language)} · {proof_text(tier, language)}"


def proof_text(tier: Tier, language: str) -> str:
    """proven, or how far from the best that is possible at most."""
    if tier.proven:
        return say("proven").to(language)
    gap = decimal(100 * (tier.value - tier.bound) / tier.value, language) if tier.value else "0"
    return say("at least {bound} is proven (gap {gap} %)", bound=tier.bound, gap=gap).to(language)


def _ordinary(summary: Summary, language: str) -> Iterator[str]:
    bases = sorted(summary.ordinary.items())
    done = [name for name, base in bases if all(t.proven for t in base.tiers)]
    if bases:
        text = say_n(
            "{done} of {n} ordinary week is proven to be the best",
            "{done} of {n} ordinary weeks are proven to be the best",
            n=len(bases),
            done=len(done),
        )
        yield text.to(language)
    for name, base in bases:
        for tier in base.tiers:
            if not tier.proven:
                yield f"  {week_list([Week.parse(name[:8])], language)}: {tier_text(tier, language)}"


def made(summary: Summary, language: str) -> Iterator[str]:
    """How long it took, and what must be the same to get the same plan again."""
    parts = [in_seconds(summary.seconds)] if round(summary.seconds, 1) else []
    parts.append(say("seed {seed}", seed=summary.seed))
    found = [f"{name} {number_}" for name, number_ in versions().items() if number_]
    yield " · ".join([*(p.to(language) for p in parts), *found])


def lessons(summary: Summary, minutes: int) -> Text:
    return in_lessons(summary.lessons(minutes))


def course_name(summary: Summary, course: str, language: str) -> str:
    c = summary.problem.course[course]
    return (c.name_en if language == "en" and c.name_en else c.name) or c.id


def between(start: date, end: date, language: str) -> str:
    """3 February - 31 July 2020; 3. februar - 31. juli 2020."""
    months, dot = word(language, "months").split(), "." if language == "da" else ""

    def day(d: date, year: bool) -> str:
        return f"{d.day}{dot} {months[d.month - 1]}" + (f" {d.year}" if year else "")

    return f"{day(start, start.year != end.year)} - {day(end, True)}"


def week_list(weeks: Iterable[Week], language: str) -> str:
    """week 10; weeks 10-11, 19."""
    weeks = list(weeks)
    return say_n("week {weeks}", "weeks {weeks}", n=len(weeks), weeks=numbers(weeks)).to(language)


def columns(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> Iterator[str]:
    """Rows as aligned columns, indented by two; numbers to the right, the columns in `left` to the left."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [c.ljust(w) if i in left else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        yield ("  " + "  ".join(cells)).rstrip()


def fitting(things: Sequence[str], widths: Sequence[int], room: int) -> Iterator[list[str]]:
    """Things in blocks that fit a width, at least one in each."""
    block: list[str] = []
    used = 0
    for thing, width in zip(things, widths, strict=True):
        wide = max(width, 9)
        if block and used + wide > room:
            yield block
            block, used = [], 0
        block.append(thing)
        used += wide
    if block:
        yield block
