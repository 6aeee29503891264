"""Whom cards call in, in which order, and what stands on one."""

import pytest

from domain.card import Whom, absent, by_place, card_of
from domain.invite import Invitation
from domain.people import Duty, Role
from domain.registry import Municipality, Organisation, Registered, Registry, School
from tests.people import msk

NORTH, SOUTH = Municipality(1, "Северный район"), Municipality(2, "Южский район")
SCHOOLS = (School(11, "Школа № 1", 2), School(12, "Школа № 2", 1), School(13, "Школа № 3", 2))
CODE = Invitation("7KQ2-MN4P-X9CD", msk("2022-04-09 23:59:59"))


def person(person_id: int, *duties: Duty, has_come: bool = False) -> Registered:
    return Registered(person_id, f"Участник {person_id}", "директор", duties, has_come=has_come)


def of_school(school_id: int) -> Duty:
    return Duty(Role.SCHOOL, school_id)


REGISTRY = Registry(
    (NORTH, SOUTH),
    (Organisation(1, "university", "Университет"),),
    SCHOOLS,
    (
        person(1, Duty(Role.COORDINATOR), has_come=True),
        person(2, Duty(Role.ORGANISER, organisation="university")),
        person(3, Duty(Role.CURATOR, 13), Duty(Role.CURATOR, 12)),
        person(4, of_school(13)),
        person(5, of_school(12)),
        person(6, of_school(11)),
        person(7, of_school(11), has_come=True),
        person(8, Duty(Role.MUNICIPAL, municipality_id=2)),
        person(9),
        person(10, Duty(Role.CURATOR, 13), of_school(11)),
        person(11, of_school(99)),
    ),
)


@pytest.mark.parametrize(
    ("whom", "ids"),
    [
        (Whom(), [5, 8, 6, 10, 4, 2, 3, 11]),
        (Whom(1), [5]),
        (Whom(2), [8, 6, 10, 4]),
        (Whom(2, 11), [6, 10]),
        (Whom(school_id=13), [4]),
        (Whom(3), []),
        (Whom(2, 99), []),
    ],
)
def test_whoever_has_something_to_do_and_has_not_come_in_is_called_by_place(whom: Whom, ids: list[int]) -> None:
    assert [one.id for one in absent(REGISTRY, whom)] == ids


@pytest.mark.parametrize(
    ("person_id", "municipality", "place"),
    [
        (2, "", "Университет"),
        (3, "", "Школа № 3, Школа № 2"),
        (5, "Северный район", "Школа № 2"),
        (8, "Южский район", ""),
        (10, "Южский район", "Школа № 1"),
        (11, "", ""),
    ],
)
def test_a_card_names_one_s_own_school_or_all_the_places(person_id: int, municipality: str, place: str) -> None:
    whose = next(one for one in REGISTRY.people if one.id == person_id)
    card = card_of(REGISTRY, whose, CODE)
    assert (card.person, card.municipality, card.place, card.invitation) == (whose, municipality, place, CODE)


def test_people_are_counted_once_in_each_place_of_theirs() -> None:
    assert by_place(REGISTRY, absent(REGISTRY, Whom())) == ({1: 1, 2: 4}, {11: 2, 12: 1, 13: 1})
    both = person(20, of_school(11), of_school(13), Duty(Role.MUNICIPAL, municipality_id=2))
    assert by_place(REGISTRY, [both]) == ({2: 1}, {11: 1, 13: 1})


def test_a_registry_without_people_needs_no_cards() -> None:
    assert absent(Registry(), Whom()) == []
