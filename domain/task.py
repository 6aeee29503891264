"""What a person owes: the open items that rest on them, the most pressing first, and whom each waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.agenda import Status, status
from domain.notice import COORDINATOR, effective, responsible
from domain.people import Duty
from domain.roadmap import Item, KeptItem, KeptRoadmap, Roadmap


class WaitsFor(StrEnum):
    """Whose turn it is."""

    YOU = "you"
    START = "start"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Task:
    """An item that a person owes, in the state of a local day. ``year`` is its roadmap's."""

    kept: KeptItem
    year: int
    status: Status
    waits_for: WaitsFor


def tasks(roadmaps: Iterable[KeptRoadmap], duties: Iterable[Duty], today: date) -> list[Task]:
    """Overdue ones first, then what runs by its end, what begins later, and what has no day yet."""
    addresses = frozenset(duty.address for duty in duties)
    found = [
        _task(kept, roadmap.roadmap.year, today, is_coordinator=COORDINATOR in addresses)
        for roadmap in roadmaps
        for kept in roadmap.items
        if kept.is_open and responsible(kept.item, roadmap.roadmap) & addresses
    ]
    return sorted(found, key=_pressing)


def is_owed(item: Item, roadmap: Roadmap, duties: Iterable[Duty]) -> bool:
    """Whether an item rests on whoever has these duties."""
    return bool(responsible(item, roadmap) & {duty.address for duty in duties})


def _task(kept: KeptItem, year: int, today: date, *, is_coordinator: bool) -> Task:
    state = status(kept, today)
    match state:
        case Status.COMING:
            waits_for = WaitsFor.START
        case Status.WAITING | Status.UNPLANNED if not is_coordinator:
            waits_for = WaitsFor.COORDINATOR  # the date is the coordinator's to choose
        case _:
            waits_for = WaitsFor.YOU
    return Task(kept, year, state, waits_for)


_ORDER = (Status.OVERDUE, Status.RUNNING, Status.COMING, Status.WAITING, Status.UNPLANNED)


def _pressing(task: Task) -> tuple[int, date, int]:
    deadline = effective(task.kept.item)
    day = deadline.start if task.status is Status.COMING else deadline.end
    return _ORDER.index(task.status), day or date.max, task.kept.item.number
