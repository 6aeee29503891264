"""Names as they are typed, who of the registry may be the one who asks, and when coordinators are told."""

from datetime import timedelta

import pytest

from domain.consent import VERSION
from domain.join_request import (
    FORM_LIFE,
    REASON_LIMIT,
    Asked,
    consent_holds,
    full_name,
    likely,
    may_be_claimed,
    position_of,
    reason_of,
    tell_at,
)
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import NAME_LIMIT, Registered, Registry
from tests.people import msk

NOON = msk("2022-03-10 12:00")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Соколова Анна Петровна", "Соколова Анна Петровна"),
        ("  соколова\n анна\t", "соколова анна"),
        ("Артёмова-Ёлкина Фёкла", "Артёмова-Ёлкина Фёкла"),
        ("О'Нил Шон, к. п. н.", "О'Нил Шон, к. п. н."),
        ("Мамедов Эльчин оглы (Эльчин)", "Мамедов Эльчин оглы (Эльчин)"),
        ("И\u0306ванова Мари\u0438\u0306", "Й" + "ванова Марий"),
        ("محمد علي", "محمد علي"),
        ("\u202eавонакоС\u202c Анна\u200d", "авонакоС Анна"),
    ],
)
def test_name_is_put_in_order(typed: str, kept: str) -> None:
    assert full_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "Анна",
        "Анна -",
        "- -",
        "Анна 7",
        "Анна 🎓 Соколова",
        "<b>Анна</b> Соколова",
        "@anna sokolova",
        "А&Б В;Г",
    ],
)
def test_what_is_no_name_and_surname_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"join_request\.bad-name"):
        full_name(typed)


def test_longest_name_position_and_reason_are_kept_and_longer_ones_are_refused() -> None:
    name = "Анна " + "Я" * (NAME_LIMIT - 5)
    assert (full_name(name), position_of(name), reason_of("я" * REASON_LIMIT)) == (name, name, "я" * REASON_LIMIT)
    for check, typed in ((full_name, name + "я"), (position_of, "я" * 4000), (reason_of, "я" * (REASON_LIMIT + 1))):
        with pytest.raises(Refusal, match=r"join_request\.too-long"):
            check(typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("", ""), ("  ", ""), (" директор\nшколы <b>№ 7</b> 🎓", "директор школы <b>№ 7</b> 🎓")]
)
def test_position_may_be_anything_or_nothing(typed: str, kept: str) -> None:
    assert position_of(typed) == kept


# --- Who it may be


def a_person(
    number: int, name: str, school: int | None = 1, role: Role = Role.SCHOOL, *, come: bool = False
) -> Registered:
    return Registered(number, name, duties=(Duty(role, school),), has_come=come)


def found(asked: str, *people: Registered) -> list[int]:
    return [one.id for one in likely(Asked(1, asked, "", VERSION, NOON), Registry(people=people))]


@pytest.mark.parametrize(
    ("asked", "known", "here", "elsewhere"),
    [
        ("Соколова Анна Петровна", "Соколова Анна Петровна", True, True),
        ("Анна Соколова", "Соколова Анна Петровна", True, True),
        ("соколова анна петровна", "Соколова А. П.", True, True),
        ("Соколова Анна Петровна", "Соколова Анна Петрвна", True, True),
        ("Артемова Фекла Ильинична", "Артёмова Фёкла Ильинична", True, True),
        ("Зимина Анна Петровна", "Соколова Анна Петровна", True, False),
        ("Зимина Анна", "Соколова Анна Петровна", False, False),
        ("Соколова Мария Ивановна", "Соколова Анна Петровна", False, False),
        ("Соколова Анна Петровна", "", False, False),
        ("Соколова Анна Петровна", "Анна", False, False),
    ],
)
def test_a_changed_surname_is_known_at_the_school_and_nowhere_else(
    asked: str, known: str, here: bool, elsewhere: bool
) -> None:
    assert found(asked, a_person(5, known)) == ([5] if here else [])
    assert found(asked, a_person(5, known, 2)) == ([5] if elsewhere else [])


def test_people_of_the_school_come_first_then_the_very_name_and_three_are_enough() -> None:
    people = (
        a_person(1, "Соколова Анна Петровна", 2),
        a_person(2, "Зимина Анна Петровна"),
        a_person(3, "Соколова Анна Петровна"),
        a_person(4, "Соколова Анна Петровна", None, Role.MUNICIPAL),
        a_person(5, "Лебедева Ольга", 1),
    )
    assert found("Соколова Анна Петровна", *people) == [3, 2, 1]
    assert found("Соколова Анна Петровна", *people[1:]) == [3, 2, 4]


def test_somebody_who_has_come_in_is_shown_and_cannot_be_claimed() -> None:
    waiting, come = a_person(1, "Соколова Анна"), a_person(2, "Соколова Анна", come=True)
    chief = a_person(3, "Соколова Анна", None, Role.COORDINATOR)
    assert found("Соколова Анна", waiting, come, chief) == [1, 2, 3]
    assert [may_be_claimed(one) for one in (waiting, come, chief)] == [True, False, False]


# --- When


@pytest.mark.parametrize(
    ("version", "agreed", "holds"),
    [
        (VERSION, timedelta(0), True),
        (VERSION, FORM_LIFE - timedelta(seconds=1), True),
        (VERSION, FORM_LIFE, False),
        (VERSION, -timedelta(minutes=1), False),
        ("2020-01", timedelta(0), False),
        ("", timedelta(0), False),
    ],
)
def test_consent_holds_for_a_day_and_for_its_version(version: str, agreed: timedelta, holds: bool) -> None:
    assert consent_holds(version, NOON - agreed, NOON) is holds


def test_coordinators_are_told_once_an_hour() -> None:
    assert tell_at(NOON, None) == NOON
    assert tell_at(NOON, msk("2022-03-10 11:20")) == msk("2022-03-10 12:20")
    assert tell_at(NOON, msk("2022-03-10 10:00")) == NOON
