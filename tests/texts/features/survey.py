"""Values for what whoever is asked hears of surveys, and the coordinator of how they end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from actions.survey_asking import SurveyLine
from actions.survey_look import Looked
from actions.survey_reminder import ReminderSheet
from actions.survey_telling import Share
from actions.tasks import TaskList
from domain.survey import MOST_REMINDERS, Ask, Course
from handlers.picking import label
from tests.texts.features.survey_keeping import TODAY, looks

if TYPE_CHECKING:
    from tests.texts.values import Mood

SAID = 3
"""A message of the day tells of so many at most."""
_CLOSED_AT = datetime(2022, 3, 16, 9, tzinfo=UTC)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every survey that has days; asked for the first time and the last, of nobody, one and many."""
    for looked in every(mood):
        for place, ask in enumerate([*Ask, *Ask]):
            count = (0, 1, 21)[place % 3]
            line = SurveyLine(looked, ask, is_begun=place >= len(Ask))
            window = looked.window
            assert window is not None
            yield {
                "looked": looked, "survey": looked.survey, "item": looked.item, "line": line,
                "is_grace": looked.course is not Course.OPEN, "anew": place % 2 == 0, "answered": place % 2 == 1,
                "found": (looked,) * min(count, 7) if name == "waiting" else waiting_list(looked, count),
                "title": label(looked.survey.title), "closes": window.closes if place else None,
                "opens": window.opens, "is_sent": place % 2 == 1, "share": Share(count, 240 if count else 0),
                "sheet": _sheet(looked, count), "count": count or 240, "number": 999 if place % 2 else None,
            }  # fmt: skip


def every(mood: "Mood") -> Iterator[Looked]:
    """With days, as they stand, polls among them, and closed by hand before the end."""
    for looked in looks(mood):
        if looked.window is None:
            continue
        yield looked
        yield replace(looked, survey=replace(looked.survey, closed_at=_CLOSED_AT))
        soon = replace(looked.window, closes=TODAY + timedelta(days=1))
        yield replace(looked, window=soon, survey=replace(looked.survey, is_poll=True, reminders=MOST_REMINDERS))


def lines(mood: "Mood", count: int) -> list[SurveyLine]:
    """What a person hears with the message of a day."""
    open_ones = [one for one in every(mood) if one.course is Course.OPEN]
    asks = [*Ask]
    return [
        SurveyLine(open_ones[place % len(open_ones)], asks[place % len(asks)], is_begun=place % 2 == 0)
        for place in range(count)
    ]


def waiting_list(looked: Looked, count: int) -> TaskList:
    """Those that wait stand in a line of «Мои задачи»."""
    return TaskList((), TODAY, {}, surveys=(looked,) * count)


def _sheet(looked: Looked, count: int) -> ReminderSheet:
    times = tuple((place, 240) for place in range(MOST_REMINDERS + 1 if count > 1 else count))
    return ReminderSheet(looked, count * 240, times, 240 * (count > 1), 21 * (count > 0))
