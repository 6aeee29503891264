"""Names that may be one person's, one school's, one municipality's; and names that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import likeness_index
from domain.likeness import alike_people, alike_schools, same_municipality, same_person, same_school
from domain.likeness_index import NamesLike
from domain.registry import Registered, School, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Наталья Соловьёва", "Соловьева Наталия"),
        ("Соколова Анна Петровна", "Анна Соколова"),
        ("Соколова Анна Петровна", "Соколова А. П."),
        ("Соколова А.П.", "СОКОЛОВА АННА ПЕТРОВНА"),
        ("Соколова Анна Петровна", "Соколова Анна Петрвна"),
        ("Соколова Анна Петровна", "Соклова Анна Петровна"),
        ("Соколова Анна Петровна", "Сокоолва Анна Петровна"),
        ("Соколова Анна Петровна", "СоколоваАнна Петровна"),
        ("Петрова-Водкина Ольга", "Петрова Водкина Ольга"),
        ("Семёнов Пётр", "Семенов Петр"),
        ("Ильина Юлия Олеговна", "Ильина Юлия Алеговна"),
    ],
)
def test_one_person_written_two_ways(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Кузнецова Анна Ивановна", "Кузнецова Елена Ивановна"),
        ("Павлова Галина Алексеевна", "Павлова Алла Алексеевна"),
        ("Воробьёва Ирина Михайловна", "Волкова Ирина Михайловна"),
        ("Лебедева Ольга", "Лебедев Олег"),
        ("Иванова Анна", "Иванова Алла"),
        ("Ольга", "Ольга Лебедева"),
        ("Ли Ян", "Ли Ин"),
        ("Соколова Б. П.", "Соколова Анна Петровна"),
        ("", "Соколова Анна"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("МБОУ СОШ № 7", "Школа № 7", True),
        ("МБОУ «СОШ №7»", "МБОУ СОШ № 7", True),
        ("Школа № 7", "Школа № 17", False),
        ("Лицей № 7", "Школа № 8", False),
        ("МКОУ «Родниковская ООШ»", "Родниковская школа", True),
        ("Новинская основная школа", "МБОУ Новинская ОШ", True),
        ("Новинская школа", "Осановецкая школа", False),
        ("Гимназия имени Пушкина", "МБОУ Гимназия им. Пушкина", True),
        ("МБОУ СОШ", "МКОУ ООШ", False),
    ],
)
def test_schools_of_a_municipality(one: str, other: str, same: bool) -> None:
    assert same_school(one, other) is same
    assert same_school(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Южский район", "Южский муниципальный район", True),
        ("Южский р-н", "Южский район", True),
        ("г. Иваново", "Городской округ Иваново", True),
        ("Ивановский район", "г. Иваново", False),
        ("Шуйский район", "Южский район", False),
        ("Район № 1", "Район № 2", False),
        ("Фурмановский район", "Фурмaновский район", True),  # a Latin letter among them
    ],
)
def test_municipalities(one: str, other: str, same: bool) -> None:
    assert same_municipality(one, other) is same


def test_the_alike_of_a_list_are_in_its_order() -> None:
    people = [Registered(1, "Ольга Лебедева"), Registered(2, "Лебедев Олег"), Registered(3, "Лебедева О. И.")]
    assert [one.id for one in alike_people("Лебедева Ольга Ивановна", people)] == [1, 3]
    schools = [School(1, "Школа № 7", 1), School(2, "Школа № 8", 1), School(3, "Лицей № 7", 1)]
    assert [one.id for one in alike_schools("МБОУ СОШ № 7", schools)] == [1, 3]


FIRST = st.sampled_from(["Анна", "Алла", "Елена", "Алёна", "Юлия", "Юля", "А.", "Е", "Наталья", "Наталия"])
FATHER = st.sampled_from(["Ивановна", "Петровна", "Петрвна", "П.", "", "Анна Анна", "П. Анна Алла", "Анна П. П."])
LAST = st.sampled_from(["Соколова", "Соклова", "Ли", "Михайлова", "Петрова-Водкина", "Петрова Водкина", "Иванова"])
NAMES = st.builds(lambda last, first, father: f"{last} {first} {father}".strip(), LAST, FIRST, FATHER)


@given(st.lists(NAMES, max_size=12), NAMES)
def test_the_index_finds_what_every_pair_would(names: list[str], asked: str) -> None:
    pairwise = {name_key(one) for one in names if name_key(one) != name_key(asked) and same_person(asked, one)}
    assert NamesLike(names).like(asked) == sorted(pairwise)


@pytest.mark.parametrize("misprint", ["Смирноваа", "Смрнова", "Смирнава", "Симрнова", "Смирновa", "мирнова"])
def test_the_index_finds_every_kind_of_misprint(misprint: str) -> None:
    index = NamesLike(["Смирнова Анна", "Смолова Анна", "Иванова Анна"])
    assert index.like(f"{misprint} Анна Петровна") == ["смирнова анна"]


def test_a_word_too_long_for_a_name_is_met_as_it_is() -> None:
    long = "а" * 150
    index = NamesLike([f"{long} Анна", "Смирнова Анна"])
    assert index.like(f"Анна {long}") == [f"{long} анна"]
    assert index.like(f"Анна {long}б") == []


def test_a_tail_that_all_names_have_makes_no_pair_worth_comparing(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{first}{second}ова Анна, школа школа школа школа" for first in "бвгджзкл" for second in "аеиоуыэю"]
    compared: list[tuple[str, str]] = []

    def never(one: str, other: str) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr(likeness_index, "same_person", never)
    index = NamesLike(names)
    assert [index.like(name) for name in names] == [[]] * len(names)
    assert len(compared) < 20 * len(names)  # those whose first word is a misprint of the other's, of 63 each


def test_names_of_initials_alone_are_like_nobody_in_the_index() -> None:
    assert NamesLike(["Иванова Анна", "И. А."]).like("И. П.") == []
