"""How a survey goes: every share right, whole and broken down; the pace by the rules of every indicator."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Reach
from domain.calendar import WorkCalendar
from domain.contact import Contact, Phonebook
from domain.form import Form
from domain.indicator import IndicatorState
from domain.people import Duty, Role
from domain.registry import Municipality, Registered, Registry, School
from domain.survey import Audience, Course, Party, Respondent, Survey, Window
from domain.survey_count import (
    AskedDays,
    Group,
    Places,
    Silence,
    Split,
    asked_of,
    pace,
    portions,
    share,
    silent,
)
from domain.survey_waiting import Known, waiting

DAY = date(2022, 3, 15)
SOUTH, NORTH = Municipality(1, "Южский район"), Municipality(2, "Тейково")
SEVEN, NINE, TEN = School(7, "Школа № 7", 1), School(9, "Школа № 9", 1), School(10, "Школа № 10", 2)
WINDOW = Window(date(2022, 3, 10), date(2022, 3, 24))
SURVEY = Survey(1, "Опрос", Form("", ()))


def person(number: int, *duties: Duty, has_come: bool = True, has_agreed: bool = True) -> Registered:
    return Registered(number, f"Участник {number}", "", duties, has_come, has_agreed)


def team(school: School, *, responsible: bool = False) -> Duty:
    return Duty(Role.SCHOOL, school.id, responsible=responsible)


def curates(school: School) -> Duty:
    return Duty(Role.CURATOR, school.id)


PEOPLE = (
    person(1, team(SEVEN, responsible=True)),
    person(2, team(SEVEN), team(NINE)),
    person(3, team(TEN)),
    person(4, curates(NINE), curates(TEN)),
    person(5, Duty(Role.MUNICIPAL, municipality_id=1)),
    person(6, Duty(Role.ORGANISER, organisation="university")),
)
REGISTRY = Registry((SOUTH, NORTH), (), (SEVEN, NINE, TEN), PEOPLE)


def of(*numbers: int, done: tuple[int, ...] = ()) -> AskedDays:
    return {Respondent(Party.PERSON, one): DAY if one in done else None for one in numbers}


def told(
    asked: AskedDays, split: Split, survey: Survey = SURVEY, seen: Reach | None = None
) -> dict[str, tuple[int, int]]:
    """Group → (answered, asked)."""
    places = Places(survey, REGISTRY, seen or Reach(everything=True))
    found = portions(asked, split, places)
    return {one.group.name or one.group.role or "": (one.count.done, one.count.of) for one in found}


def test_everybody_who_should_answer_counts_once_in_the_whole() -> None:
    counted = share(of(1, 2, 3, 4, 5, done=(1, 2)), 90)
    assert (counted.done, counted.of, counted.percent, counted.needed, counted.lacking) == (2, 5, 40, 5, 3)
    assert share({}, 90).percent == 0


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        (
            Split.SCHOOL,
            {
                "Школа № 7": (2, 2),
                "Школа № 9": (1, 2),
                "Школа № 10": (0, 2),
                "Южский район": (0, 1),
                "organiser": (0, 1),
            },
        ),
        (Split.HOME, {"Южский район": (2, 4), "Тейково": (0, 2), "organiser": (0, 1)}),
        (Split.ROLE, {"school": (2, 3), "curator": (0, 1), "municipal": (0, 1), "organiser": (0, 1)}),
    ],
)
def test_somebody_with_two_schools_counts_once_in_each(split: Split, expected: dict[str, tuple[int, int]]) -> None:
    everybody = Audience(people=frozenset({6}))
    assert told(of(1, 2, 3, 4, 5, 6, done=(1, 2)), split, Survey(1, "", SURVEY.form, everybody)) == expected


def test_the_lowest_share_comes_first() -> None:
    places = Places(SURVEY, REGISTRY)
    found = [one.group.name for one in portions(of(1, 2, 3, done=(1, 2)), Split.SCHOOL, places)]
    assert found == ["Школа № 10", "Школа № 7", "Школа № 9"]


def test_only_duties_by_which_somebody_is_asked_count() -> None:
    narrow = Survey(1, "", SURVEY.form, Audience(schools=frozenset({7})))
    assert told(of(1, 2), Split.SCHOOL, narrow) == {"Школа № 7": (0, 2)}
    schools = Survey(1, "", SURVEY.form, per_school=True)
    asked = {Respondent(Party.SCHOOL, 7): DAY, Respondent(Party.SCHOOL, 10): None}
    assert told(asked, Split.HOME, schools) == {"Тейково": (0, 1), "Южский район": (1, 1)}


def test_whoever_is_not_in_the_registry_still_counts() -> None:
    assert told(of(1, 99, done=(99,)), Split.SCHOOL) == {"Школа № 7": (0, 1), "": (1, 1)}


def test_a_municipal_coordinator_sees_their_own_municipality() -> None:
    seen = Reach(municipalities=frozenset({2}))
    places = Places(SURVEY, REGISTRY, seen)
    assert {one.id for one in places.seen(of(1, 2, 3, 4, 5, 99))} == {3, 4}
    assert told(of(3, 4), Split.SCHOOL, seen=seen) == {"Школа № 10": (0, 2)}


def test_before_it_opens_those_count_whom_it_would_ask_now() -> None:
    coming = asked_of(SURVEY, REGISTRY, {})
    assert coming == dict.fromkeys(Respondent(Party.PERSON, one) for one in (1, 2, 3, 4, 5))


def test_the_pace_is_that_of_every_indicator() -> None:
    asked = of(*range(100), done=tuple(range(83)))
    found = pace(share(asked, 90), WINDOW, Course.OPEN, 90, date(2022, 3, 22), WorkCalendar())
    assert (found.count.percent, found.target, found.count.lacking, found.working_days_left) == (83, 90, 7, 2)
    assert (found.forecast, found.state) == (date(2022, 3, 24), IndicatorState.RUNNING)


@pytest.mark.parametrize(
    ("course", "done", "target", "state"),
    [
        (Course.CLOSED, 80, 90, IndicatorState.FAILED),
        (Course.CLOSED, 90, 90, IndicatorState.DONE),
        (Course.GRACE, 80, 90, IndicatorState.FAILED),
        (Course.CLOSED, 80, None, IndicatorState.DONE),
        (Course.OPEN, 0, 90, IndicatorState.THREATENED),
    ],
)
def test_nothing_is_expected_of_what_is_over(
    course: Course, done: int, target: int | None, state: IndicatorState
) -> None:
    asked = of(*range(100), done=tuple(range(done)))
    found = pace(share(asked, target), WINDOW, course, target, date(2022, 3, 23), WorkCalendar())
    assert (found.forecast, found.state) == (None, state)


def test_why_nobody_can_be_written_to() -> None:
    people = (
        person(1, team(SEVEN), has_come=False, has_agreed=False),
        person(2, team(NINE), has_agreed=False),
        person(3, team(TEN)),
        person(4, team(TEN)),
    )
    registry = Registry((SOUTH, NORTH), (), (SEVEN, NINE, TEN), people)
    expected = {1: Silence.NOT_COME, 2: Silence.NOT_AGREED, 3: Silence.BLOCKED, 99: Silence.GONE}
    found = silent(of(1, 2, 3, 4, 99), registry, {3})
    assert {one.id: reason for one, reason in found.items()} == expected
    schools = dict.fromkeys(Respondent(Party.SCHOOL, one) for one in (7, 9, 10))
    found = silent(schools, registry, {3})
    assert {one.id: reason for one, reason in found.items()} == {7: Silence.NOT_COME, 9: Silence.NOT_AGREED}


def test_who_has_not_answered_with_whom_to_phone() -> None:
    asked = of(1, 2, 3, 4, 5, 99, done=(3,))
    known = Known(frozenset({Respondent(Party.PERSON, 2)}), {}, {2: 2})
    book = Phonebook(REGISTRY, {4: 1})
    found = waiting(asked, Places(SURVEY, REGISTRY), REGISTRY, book, known, {99: ""})
    assert [(one.name, one.began, one.reminded) for one in found] == [
        ("Участник 4", False, 0),
        ("Участник 1", False, 0),
        ("Участник 2", True, 2),
        ("Участник 5", False, 0),
        ("участник № 99", False, 0),
    ]
    contacts = {one.name: one.contacts for one in found}
    assert contacts["Участник 2"] == (Contact("Участник 1"),)
    assert contacts["Участник 4"] == (Contact("Участник 1", "", "Участник 4"),)
    assert contacts["Участник 1"] == contacts["Участник 5"] == ()


def test_of_a_school_the_responsible_one_is_phoned() -> None:
    schools = Survey(1, "", SURVEY.form, per_school=True)
    asked = {Respondent(Party.SCHOOL, 7): None}
    known = Known(None, {}, {1: 1, 2: 3})
    (found,) = waiting(asked, Places(schools, REGISTRY), REGISTRY, Phonebook(REGISTRY, {}), known, {})
    assert (found.name, found.began, found.reminded) == ("Школа № 7", None, 3)
    assert found.contacts == (Contact("Участник 1"),)


duties = st.one_of(
    st.sampled_from([team(SEVEN), team(NINE), team(TEN), curates(SEVEN), curates(NINE), curates(TEN)]),
    st.sampled_from([Duty(Role.MUNICIPAL, municipality_id=1), Duty(Role.MUNICIPAL, municipality_id=2)]),
)


@given(st.lists(st.tuples(st.lists(duties, min_size=1, max_size=4, unique=True), st.booleans()), max_size=12))
def test_every_share_equals_a_slow_recount(everybody: list[tuple[list[Duty], bool]]) -> None:
    people = tuple(person(number, *own) for number, (own, _) in enumerate(everybody, 1))
    registry = Registry((SOUTH, NORTH), (), (SEVEN, NINE, TEN), people)
    asked = {
        Respondent(Party.PERSON, number): DAY + timedelta(days=number) if done else None
        for number, (_, done) in enumerate(everybody, 1)
    }
    found = portions(asked, Split.SCHOOL, Places(SURVEY, registry))
    for school in (SEVEN, NINE, TEN):
        there = [done for own, done in everybody if any(duty.school_id == school.id for duty in own)]
        counted = [one.count for one in found if one.group.id == school.id and one.group.home]
        assert [(one.done, one.of) for one in counted] == ([(sum(there), len(there))] if there else [])
    for home, schools in ((SOUTH, (7, 9)), (NORTH, (10,))):
        there = [
            done
            for own, done in everybody
            if any(duty.school_id in schools or duty.municipality_id == home.id for duty in own)
        ]
        counted = [
            one.count for one in portions(asked, Split.HOME, Places(SURVEY, registry)) if one.group.id == home.id
        ]
        assert [(one.done, one.of) for one in counted] == ([(sum(there), len(there))] if there else [])
    whole = share(asked, 90)
    done = sum(done for _, done in everybody)
    assert (whole.done, whole.of, whole.percent) == (done, len(everybody), done * 100 // max(1, len(everybody)))
    assert len(whole.days) == done


def test_a_group_knows_its_place_in_the_list() -> None:
    groups = [Group(), Group(role=Role.CURATOR), Group(1, "Южский район"), Group(7, "Школа № 7", "Южский район")]
    assert sorted(groups, key=Places(SURVEY, REGISTRY).order) == groups[::-1]
