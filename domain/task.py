"""What a person owes: the open items that rest on them, the most pressing first, and whom each waits for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.agenda import Status, status
from domain.happening import may_report
from domain.notice import COORDINATOR, effective, responsible
from domain.people import Duty
from domain.progress import NOTHING_YET, Part, Progress, Standing, part_of
from domain.roadmap import Item, KeptItem, KeptRoadmap, Roadmap


class WaitsFor(StrEnum):
    """Whose turn it is."""

    YOU = "you"
    START = "start"
    COORDINATOR = "coordinator"
    REVIEW = "review"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Task:
    """An item that a person owes, in the state of a local day. ``year`` is its roadmap's.

    ``may_confirm`` is whether there is something of theirs to be confirmed, ``may_report`` whether it counts what is
    held and they may tell of it now.
    """

    kept: KeptItem
    year: int
    status: Status
    waits_for: WaitsFor
    may_confirm: bool = False
    may_report: bool = False

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now, and not by a reviewer."""
        return self.status is Status.OVERDUE and self.waits_for is not WaitsFor.REVIEW


def tasks(
    roadmaps: Iterable[KeptRoadmap],
    duties: Collection[Duty],
    today: date,
    *,
    person_id: int = 0,
    progress: Progress = NOTHING_YET,
) -> list[Task]:
    """What was returned first, then overdue ones, what runs by its end, what begins later, what has no day yet, and
    what waits for its review. What was accepted is nobody's task any more."""
    addresses = frozenset(duty.address for duty in duties)
    found = [
        replace(
            _task(kept, roadmap.roadmap.year, today, part, is_coordinator=COORDINATOR in addresses),
            may_report=status(kept, today) is not Status.COMING and may_report(duties, kept.item, roadmap.roadmap),
        )
        for roadmap in roadmaps
        for kept in roadmap.items
        if kept.is_open and responsible(kept.item, roadmap.roadmap) & addresses
        for part in [part_of(kept, roadmap.roadmap, duties, person_id, progress)]
        if part.standing is not Standing.DONE or part.besides
    ]
    return sorted(found, key=_pressing)


def is_owed(item: Item, roadmap: Roadmap, duties: Iterable[Duty]) -> bool:
    """Whether an item rests on whoever has these duties."""
    return bool(responsible(item, roadmap) & {duty.address for duty in duties})


def _task(kept: KeptItem, year: int, today: date, part: Part, *, is_coordinator: bool) -> Task:
    state = status(kept, today)
    match state:
        case _ if part.standing is Standing.RETURNED:
            waits_for = WaitsFor.RETURNED
        case _ if part.is_done:
            waits_for = WaitsFor.REVIEW
        case Status.COMING:
            waits_for = WaitsFor.START
        case Status.WAITING | Status.UNPLANNED if not is_coordinator:
            waits_for = WaitsFor.COORDINATOR  # the date is the coordinator's to choose
        case _:
            waits_for = WaitsFor.YOU
    return Task(kept, year, state, waits_for, part.may_confirm)


_ORDER = (Status.OVERDUE, Status.RUNNING, Status.COMING, Status.WAITING, Status.UNPLANNED)
_TURNS = {WaitsFor.RETURNED: -1, WaitsFor.REVIEW: 1}


def _pressing(task: Task) -> tuple[int, int, date, int]:
    deadline = effective(task.kept.item)
    day = deadline.start if task.status is Status.COMING else deadline.end
    turn = _TURNS.get(task.waits_for, 0)
    return turn, _ORDER.index(task.status), day or date.max, task.kept.item.number
