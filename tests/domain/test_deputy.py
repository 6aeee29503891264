"""Who may stand in for whom: the nearest in their work first."""

from dataclasses import replace

import pytest

from domain.deputy import possible_deputies
from domain.people import Duty, Role
from domain.registry import Registered, Registry

PLACES = {
    "coordinator": Duty(Role.COORDINATOR),
    "second": Duty(Role.COORDINATOR),
    "university": Duty(Role.ORGANISER, organisation="university"),
    "colleague": Duty(Role.ORGANISER, organisation="university"),
    "centre": Duty(Role.ORGANISER, organisation="centre"),
    "south": Duty(Role.MUNICIPAL, municipality_id=1),
    "north": Duty(Role.MUNICIPAL, municipality_id=2),
    "curator": Duty(Role.CURATOR, school_id=1),
    "other curator": Duty(Role.CURATOR, school_id=2),
    "director": Duty(Role.SCHOOL, school_id=1, responsible=True),
    "teacher": Duty(Role.SCHOOL, school_id=1),
    "stranger's director": Duty(Role.SCHOOL, school_id=2, responsible=True),
}
PEOPLE = tuple(
    Registered(number, name, duties=(duty,), has_come=True, has_agreed=True)
    for number, (name, duty) in enumerate(PLACES.items(), 1)
)
IDS = {one.name: one.id for one in PEOPLE}


def near(name: str, people: tuple[Registered, ...] = PEOPLE) -> list[str]:
    return [one.name for one in possible_deputies(Registry(people=people), IDS[name])]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("director", ["teacher", "coordinator", "second"]),
        ("teacher", ["director", "coordinator", "second"]),
        ("curator", ["other curator", "coordinator", "second"]),
        ("south", ["coordinator", "second"]),
        ("university", ["colleague", "coordinator", "second"]),
        ("coordinator", ["second", "university", "colleague", "centre", "south", "north", "curator", "other curator"]),
    ],
)
def test_the_same_work_in_the_same_place_then_the_coordinators(who: str, expected: list[str]) -> None:
    assert near(who) == expected


@pytest.mark.parametrize(("has_come", "has_agreed"), [(False, False), (True, False)])
def test_only_who_has_come_in_and_agreed(has_come: bool, has_agreed: bool) -> None:
    hesitant = replace(PEOPLE[IDS["teacher"] - 1], has_come=has_come, has_agreed=has_agreed)
    people = tuple(hesitant if one.id == hesitant.id else one for one in PEOPLE)
    assert near("director", people) == ["coordinator", "second"]


def test_several_duties_count_by_the_nearest() -> None:
    both = (Duty(Role.CURATOR, school_id=5), Duty(Role.SCHOOL, school_id=1))
    people = tuple(replace(one, duties=both) if one.name == "north" else one for one in PEOPLE)
    assert near("director", people) == ["north", "teacher", "coordinator", "second"]


def test_nobody_for_who_is_not_there() -> None:
    assert possible_deputies(Registry(people=PEOPLE), 99) == []
