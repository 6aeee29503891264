"""The registry: whom words find, who leads a team, how names are kept and compared."""

import pytest

from domain.likeness import people_meant
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import (
    ADDRESS_LIMIT,
    NAME_LIMIT,
    Municipality,
    Organisation,
    Registered,
    Registry,
    School,
    called,
    name_key,
    tidy,
    typed_address,
    typed_name,
)
from domain.replacement import likely_heirs, passing

SEVEN, EIGHT = School(7, "Школа № 7", 1), School(8, "Берёзовская СОШ", 2)
OLGA = Registered(1, "Ольга Лебедева", "директор", (Duty(Role.SCHOOL, 7),), has_come=True, has_agreed=True)
ANNA = Registered(2, "Анна Ёлкина", "завуч", (Duty(Role.SCHOOL, 7, responsible=True),))
PETR = Registered(3, "Пётр Ершов", "", (Duty(Role.CURATOR, 7), Duty(Role.CURATOR, 8)), has_come=True)
MARINA = Registered(4, "Марина Королёва", "", (Duty(Role.COORDINATOR),), has_come=True, has_agreed=True)
PAVEL = Registered(5, "Павел Зимин", "", (Duty(Role.COORDINATOR),), has_come=True)
IRINA = Registered(6, "Ирина Белова", "", (Duty(Role.ORGANISER, organisation="centre"),))
SVETA = Registered(9, "Светлана Орлова", "", (Duty(Role.CURATOR, 8), Duty(Role.MUNICIPAL, municipality_id=2)))
REGISTRY = Registry(
    (Municipality(1, "Южский район"), Municipality(2, "г. о. Тейково")),
    (Organisation(1, "centre", "Центр"),),
    (SEVEN, EIGHT),
    (OLGA, ANNA, PETR, MARINA, PAVEL, IRINA, SVETA),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("лебедева", [OLGA]),
        ("ОЛЬГА  лебед", [OLGA]),
        ("елкина", [ANNA]),
        ("школа № 7", [OLGA, ANNA, PETR]),
        ("березовская", [PETR, SVETA]),
        ("ершов берёз", [PETR]),
        ("тейково", [SVETA]),
        ("центр", [IRINA]),
        ("ершов центр", []),
        ("<b>", []),
        ("«»", [*REGISTRY.people]),
        ("", [*REGISTRY.people]),
    ],
)
def test_words_are_looked_for_in_names_and_places(typed: str, found: list[Registered]) -> None:
    assert REGISTRY.people_like(typed) == found


def test_words_are_looked_for_in_one_school() -> None:
    assert REGISTRY.people_like("ер", school_id=8) == [PETR, SVETA]
    assert REGISTRY.people_like("", school_id=99) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Ольга Лебидева", [OLGA]), ("Лебедева О. П.", [OLGA]), ("Ольга", [OLGA]), ("Иван Прохожий", [])],
)
def test_whoever_may_be_meant_is_found_once(typed: str, found: list[Registered]) -> None:
    assert people_meant(typed, REGISTRY) == found


def test_a_team_begins_with_who_is_responsible() -> None:
    assert REGISTRY.team(7) == [ANNA, OLGA]
    assert REGISTRY.team(8) == []


def test_coordinators_who_can_act_have_come_in_and_agreed() -> None:
    assert REGISTRY.coordinators() == [MARINA]
    assert REGISTRY.coordinators(but=4) == []


def test_schools_without_anybody_of_the_team_are_uncovered() -> None:
    assert REGISTRY.uncovered() == [EIGHT]


def test_what_is_kept_is_found_by_its_id() -> None:
    found = REGISTRY.person(3), REGISTRY.school(7), REGISTRY.municipality(2), REGISTRY.organisation("centre")
    assert found == (PETR, SEVEN, REGISTRY.municipalities[1], REGISTRY.organisations[0])
    nothing = REGISTRY.person(None), REGISTRY.school(99), REGISTRY.municipality(None), REGISTRY.organisation("")
    assert nothing == (None,) * 4


def test_duties_are_shown_with_their_places() -> None:
    assert [place for _, place in REGISTRY.placed(SVETA)] == ["Берёзовская СОШ", "г. о. Тейково"]
    assert [place for _, place in REGISTRY.placed(IRINA)] == ["Центр"]
    assert REGISTRY.place(Duty(Role.COORDINATOR)) == ""
    assert REGISTRY.place(Duty(Role.CURATOR, 99)) == ""


def test_who_has_no_name_is_shown_by_a_number() -> None:
    assert (called("Ольга", 7), called("", 7)) == ("Ольга", "участник № 7")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МБОУ «СОШ № 7»", 'мбоу "сош № 7"'),
        ("Ёлкина  Анна", "елкина анна"),
        ("Анна-Мария", "Анна–Мария"),
    ],
)
def test_names_are_compared_without_case_quotes_and_dashes(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  МБОУ\t«СОШ  № 7»\n", "МБОУ «СОШ № 7»"),
        ("Ёлкина\u202e Анна", "Ёлкина Анна"),
        ("<b>Ольга</b>", "<b>Ольга</b>"),
        ("Н" * NAME_LIMIT, "Н" * NAME_LIMIT),
    ],
)
def test_names_keep_their_letters_and_lose_what_is_not_seen(typed: str, kept: str) -> None:
    assert (tidy(typed), typed_name(typed)) == (kept, kept)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("", "no-name"), (" \n ", "no-name"), ("«—»", "no-name"), ("\u200b", "no-name"), ("Н" * 201, "long-name")],
)
def test_what_is_no_name_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refusal, match=rf"registry\.{reason}"):
        typed_name(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Южа,\nул. Советская ,  5\u200b", "Южа, ул. Советская , 5"),
        ("<b>Ёлкино</b>", "<b>Ёлкино</b>"),
        ("д. 1", "д. 1"),
        ("А" * ADDRESS_LIMIT, "А" * ADDRESS_LIMIT),
    ],
)
def test_an_address_keeps_its_letters_on_one_line(typed: str, kept: str) -> None:
    assert typed_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "no-address"),
        (" \n ", "no-address"),
        ("155630, 5", "no-address"),
        ("—", "no-address"),
        ("\u200b", "no-address"),
        ("А" * (ADDRESS_LIMIT + 1), "long-name"),
    ],
)
def test_what_is_no_address_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refusal, match=rf"registry\.{reason}"):
        typed_address(typed)


# --- Who takes over ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("former", "found"),
    [(OLGA, [ANNA]), (PETR, [SVETA]), (SVETA, [PETR]), (MARINA, [PAVEL]), (IRINA, [])],
)
def test_the_nearest_in_their_work_are_offered(former: Registered, found: list[Registered]) -> None:
    assert likely_heirs(REGISTRY, former.id, former.duties) == found


def test_the_same_place_comes_before_another() -> None:
    far = Registered(7, "Алла", "", (Duty(Role.CURATOR, 99),))
    registry = Registry(people=(far, PETR, SVETA))
    assert likely_heirs(registry, PETR.id, [Duty(Role.CURATOR, 8)]) == [SVETA, far]


def test_everything_passes_on_or_the_one_duty() -> None:
    held = dict(enumerate(PETR.duties, 10))
    assert passing(held, None) == held
    assert passing(held, 11) == {11: PETR.duties[1]}
    for held_then, duty_id in (({}, None), (held, 99)):
        with pytest.raises(Refusal, match=r"replacement\.nothing-left"):
            passing(held_then, duty_id)
