"""What a person owes, in which order, and whose turn it is."""

from datetime import date

import pytest

from domain.agenda import Status
from domain.people import Duty, Role
from domain.roadmap import OwedBy
from domain.task import WaitsFor, is_owed, tasks
from tests.domain.build import YEAR, a_roadmap, an_item, kept

TODAY = date(YEAR, 3, 10)
COORDINATOR, CURATOR = Duty(Role.COORDINATOR), Duty(Role.CURATOR, school_id=1)
SCHOOL = Duty(Role.SCHOOL, school_id=1)
UNIVERSITY = Duty(Role.ORGANISER, organisation="university")
CENTRE = Duty(Role.ORGANISER, organisation="centre")


def numbers(*duties: Duty) -> list[int]:
    roadmap = kept(
        a_roadmap(
            an_item("до 20 марта", number=1),
            an_item("до 1 марта", number=2),
            an_item("1 – 30 апреля", number=3),
            an_item("после 29 апреля", number=4),
            an_item("", number=5),
            an_item("до 15 марта", number=6),
            an_item("до 12 марта", number=7, executors=("department",), owed_by=OwedBy.SCHOOL),
            an_item("до 13 марта", number=8, executors=("coordinator", "curators")),
            an_item("до 14 марта", number=9),
        ),
        closed=[9],
    )
    return [task.kept.item.number for task in tasks([roadmap], duties, TODAY)]


@pytest.mark.parametrize(
    ("duties", "expected"),
    [
        ([UNIVERSITY], [2, 6, 1, 3, 4, 5]),
        ([SCHOOL], [7]),
        ([CURATOR], [8]),
        ([COORDINATOR], [8]),
        ([CENTRE], []),
        ([], []),
        ([SCHOOL, CURATOR, Duty(Role.SCHOOL, school_id=2)], [7, 8]),
    ],
)
def test_open_items_of_the_duties_the_most_pressing_first(duties: list[Duty], expected: list[int]) -> None:
    assert numbers(*duties) == expected


@pytest.mark.parametrize(
    ("deadline", "duty", "state", "turn"),
    [
        ("до 1 марта", UNIVERSITY, Status.OVERDUE, WaitsFor.YOU),
        ("до 20 марта", UNIVERSITY, Status.RUNNING, WaitsFor.YOU),
        ("1 – 30 апреля", UNIVERSITY, Status.COMING, WaitsFor.START),
        ("после 29 апреля", UNIVERSITY, Status.COMING, WaitsFor.START),
        ("после 1 марта", UNIVERSITY, Status.WAITING, WaitsFor.COORDINATOR),
        ("", UNIVERSITY, Status.UNPLANNED, WaitsFor.COORDINATOR),
        ("после 1 марта", COORDINATOR, Status.WAITING, WaitsFor.YOU),
        ("", COORDINATOR, Status.UNPLANNED, WaitsFor.YOU),
    ],
)
def test_whose_turn_it_is(deadline: str, duty: Duty, state: Status, turn: WaitsFor) -> None:
    roadmap = kept(a_roadmap(an_item(deadline, executors=("coordinator", "university"))))
    (task,) = tasks([roadmap], [duty], TODAY)
    assert (task.status, task.waits_for, task.year) == (state, turn, YEAR)


def test_a_chosen_day_makes_it_everybody_s_own_turn() -> None:
    chosen = an_item("после 1 марта", held_on=date(YEAR, 3, 18))
    (task,) = tasks([kept(a_roadmap(chosen))], [UNIVERSITY], TODAY)
    assert (task.status, task.waits_for) == (Status.COMING, WaitsFor.START)


def test_an_item_is_owed_by_those_it_rests_on() -> None:
    item = an_item("до 20 марта", owed_by=OwedBy.SCHOOL)
    owed = [is_owed(item, a_roadmap(), [duty]) for duty in (UNIVERSITY, SCHOOL, CURATOR, CENTRE)]
    assert owed == [True, True, False, False]
