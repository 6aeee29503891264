"""Who is wanting, of everything, of a municipality, and of nothing."""

import pytest

from domain.access import Reach
from domain.coverage import Coverage, Gap, Missing, coverage
from domain.people import Duty, Role
from domain.registry import Municipality, Organisation, Registered, Registry, School

EVERYTHING = Reach(everything=True)
SOUTH = Reach(municipalities=frozenset({1}))


def a_person(number: int, *duties: Duty, come: bool = True, agreed: bool = True, name: str | None = None) -> Registered:
    called = f"Участник {number}" if name is None else name
    return Registered(number, called, "учитель", duties, has_come=come, has_agreed=come and agreed)


REGISTRY = Registry(
    municipalities=(Municipality(1, "Южский район"), Municipality(2, "Ёлкино")),
    organisations=(Organisation(1, "department", "Департамент"),),
    schools=(
        School(1, "Школа № 1", 2),
        School(2, "Школа № 2", 1),
        School(3, "Школа № 3", 1),
        School(4, "Школа № 4", 1),
    ),
    people=(
        a_person(10, Duty(Role.COORDINATOR)),
        a_person(11, Duty(Role.SCHOOL, 1, responsible=True), come=False),
        a_person(12, Duty(Role.SCHOOL, 2, responsible=True)),
        a_person(13, Duty(Role.SCHOOL, 2), agreed=False),
        a_person(14, Duty(Role.SCHOOL, 3), come=False, name=""),
        a_person(15, Duty(Role.CURATOR, 1), Duty(Role.CURATOR, 2)),
        a_person(16, Duty(Role.MUNICIPAL, municipality_id=1), come=False),
        a_person(17, Duty(Role.ORGANISER, organisation="department"), come=False),
        a_person(18, come=False),
    ),
)


def ids(found: Coverage) -> dict[Gap, list[int]]:
    return {gap: [line.id for line in found.of(gap)] for gap in Gap}


def test_the_whole_region() -> None:
    found = coverage(REGISTRY, EVERYTHING, blocked={12})
    assert (found.schools, found.covered, found.people, found.come, found.agreed) == (4, 1, 9, 4, 3)
    assert ids(found) == {
        Gap.EMPTY: [3, 4, 1],
        Gap.UNKNOWN: [4],
        Gap.NO_RESPONSIBLE: [3, 4],
        Gap.NO_CURATOR: [3, 4],
        Gap.NOT_COME: [18, 17, 11, 14, 16],
        Gap.NOT_AGREED: [13],
        Gap.BLOCKED: [12],
    }


def test_a_municipality_sees_its_schools_its_people_and_the_curators_that_come_there() -> None:
    found = coverage(REGISTRY, SOUTH, blocked={15, 10})
    assert (found.schools, found.covered, found.people, found.come, found.agreed) == (3, 1, 5, 3, 2)
    assert ids(found) == {
        Gap.EMPTY: [3, 4],
        Gap.UNKNOWN: [4],
        Gap.NO_RESPONSIBLE: [3, 4],
        Gap.NO_CURATOR: [3, 4],
        Gap.NOT_COME: [14, 16],
        Gap.NOT_AGREED: [13],
        Gap.BLOCKED: [15],
    }
    assert found.of(Gap.BLOCKED) == (Missing(15, "Участник 15", "Школа № 2", "учитель"),)


def test_lines_say_where_and_how_many_are_registered() -> None:
    found = coverage(REGISTRY, EVERYTHING, blocked=())
    assert found.of(Gap.EMPTY) == (
        Missing(3, "Школа № 3", "Южский район", registered=1),
        Missing(4, "Школа № 4", "Южский район", registered=0),
        Missing(1, "Школа № 1", "Ёлкино", registered=1),
    )
    assert found.of(Gap.NOT_COME)[3] == Missing(14, "участник № 14", "Школа № 3", "учитель")
    assert found.of(Gap.NOT_COME)[0] == Missing(18, "Участник 18", "", "учитель")


@pytest.mark.parametrize("seen", [Reach(), Reach(municipalities=frozenset({99})), Reach(schools=frozenset({77}))])
def test_who_sees_nothing_is_shown_nothing(seen: Reach) -> None:
    found = coverage(REGISTRY, seen, blocked={12})
    assert (found.schools, found.covered, found.people, found.come, found.agreed) == (0, 0, 0, 0, 0)
    assert set(found.gaps.values()) == {()}


def test_empty_registry() -> None:
    assert ids(coverage(Registry(), EVERYTHING, blocked=())) == {gap: [] for gap in Gap}


def test_nothing_is_wanting_where_everybody_is_in() -> None:
    team = a_person(1, Duty(Role.SCHOOL, 1, responsible=True), Duty(Role.CURATOR, 1))
    home = Registry((Municipality(1, "Южский район"),), (), (School(1, "Школа № 1", 1),), (team,))
    found = coverage(home, EVERYTHING, blocked=())
    assert (found.schools, found.covered, set(found.gaps.values())) == (1, 1, {()})


def test_lists_of_people_and_of_schools_are_told_apart() -> None:
    assert [gap.is_of_people for gap in Gap] == [False] * 4 + [True] * 3
