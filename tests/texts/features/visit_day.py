"""Values for what is said of visits by itself: with everything known of a school and with nothing, today and ahead."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from actions.visit_asking import AgreedLine, Tally, VisitLine
from actions.visit_brief import Brief
from actions.visit_sight import SeenVisit
from domain.registry import School
from domain.visit import AgreedAction, Standing, Visit
from domain.visit_form import Seen

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)
AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
SAID = 3
"""A message of the day tells of so many visits, and of so many promises, at most."""


def seen(mood: "Mood", standing: Standing = Standing.TODAY, day: date = TODAY) -> SeenVisit:
    """A visit of a school with a long name, by curators with long names."""
    visit = Visit(7, 1, 5, day=day)
    return SeenVisit(visit, School(1, mood.line, 1), mood.line, 21, standing, mood.line * 2, TODAY)


def briefs(mood: "Mood") -> list[Brief]:
    """Nothing known, and everything at its longest."""
    empty = Brief("", "", "", None, (), dict.fromkeys(Seen, 0), 0, 0, 0, 0)
    full = Brief(
        mood.text[:300],
        mood.line,
        mood.line,
        (3, date(2022, 2, 28)),
        (mood.line,) * 10,
        dict.fromkeys(Seen, 21),
        11,
        240,
        21,
        5,
    )
    return [empty, full]


def visit_lines(mood: "Mood", count: int) -> list[VisitLine]:
    """As many as a message of the day tells of; the first is of today."""
    full = briefs(mood)[1]
    days = [TODAY + timedelta(days=ahead) for ahead in (0, 1, 3)][: min(count, SAID)]
    return [
        VisitLine(
            seen(mood, Standing.PLANNED, day), is_guest=day != days[-1] or count > 1, brief=None if place else full
        )
        for place, day in enumerate(days)
    ]


def agreed_lines(mood: "Mood", count: int) -> list[AgreedLine]:
    """As many as a message of the day tells of: late, today, ahead."""
    made = AgreedAction(1, 7, 1, mood.text[:500], mood.line[:100], TODAY, AT)
    days = [TODAY + timedelta(days=step) for step in (-21, 0, 3)][: min(count, SAID)]
    return [AgreedLine(replace(made, until=day), TODAY) for day in days]


def tally(count: int) -> Tally | None:
    """What the week says of visits."""
    return Tally(count, 21, 5, 11) if count else None


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every brief; lines of who goes and of the school; promises late and not."""
    for brief in briefs(mood):
        for line in [*visit_lines(mood, SAID), VisitLine(seen(mood), is_guest=False)]:
            for standing in (Standing.TODAY, Standing.OVERDUE):
                one = replace(line.one, standing=standing)
                said = {"brief": brief, "one": one, "is_begun": not brief.address, "today": TODAY}
                lines = agreed_lines(mood, SAID) if name == "agreed" else [line]
                yield from (said | {"line": each} for each in lines)
