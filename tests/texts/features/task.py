"""Values for «Мои задачи» and the home screen."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.region import RegionView
from actions.tasks import TaskList
from domain.agenda import Status, status
from domain.task import Task, WaitsFor
from tests.texts.features import survey

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)
_DATED = (Status.OVERDUE, Status.RUNNING)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Long lists, short ones and none; of a turn, every item that it may be."""
    for kept in mood.items:
        state = status(kept, TODAY)
        found = TaskList((), TODAY, {})
        if name == "turn-start" and state is not Status.COMING:
            continue
        yield {
            "task": Task(kept, 2022, state, WaitsFor.YOU),
            "found": found,
            "tasks": (),
            "page": 1,
            "pages": 1,
            "one": True,
        } | _region(mood.line)
    if name in ("list", "screen"):
        yield from ({"found": found, "tasks": found.tasks[:9], "page": 1, "pages": 4} for found in _lists(mood))


def _lists(mood: "Mood") -> Iterator[TaskList]:
    turns = {Status.COMING: WaitsFor.START, Status.WAITING: WaitsFor.COORDINATOR}
    open_items, asked = [kept for kept in mood.items if kept.is_open], next(survey.every(mood))
    states = [(kept, status(kept, TODAY)) for kept in open_items]
    tasks = tuple(Task(kept, 2022, state, turns.get(state, WaitsFor.YOU)) for kept, state in states)
    for count in (0, 1, 9, len(tasks)):
        yield TaskList(
            *(tasks[:count], TODAY, {task.kept.id: date(2022, 3, 21) for task in tasks}, count, count, count, count),
            surveys=(asked,) * count,
            schedules=count,
            reports=count,
            agreed=count,
            next_visit=TODAY if count else None,
            untold=count,
        )


def _region(line: str) -> dict[str, Any]:
    view = RegionView(TODAY, {Status.RUNNING: 5}, 60, 59, (line,) * 5)
    return {"view": view, "counts": [(state, 7) for state in Status]}
