"""The shipped roadmap: what the order says, and what of it is to be confirmed."""

from datetime import date
from pathlib import Path

import pytest

from domain.deadline import Deadline, DeadlineKind
from domain.review import reviewers
from domain.roadmap import Channel, Item, ItemKind, OwedBy, Roadmap, Threshold, ThresholdKind
from domain.roadmap_carry import carried_over
from domain.roadmap_file import read_roadmap, unconfirmed

FILE = Path(__file__).parents[2] / "roadmaps" / "ivanovo-2022.toml"
TEXT = FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def roadmap() -> Roadmap:
    return read_roadmap(TEXT)


@pytest.fixture(scope="module")
def items(roadmap: Roadmap) -> dict[int, Item]:
    return {item.number: item for item in roadmap.items}


def test_the_heading_is_the_order_s(roadmap: Roadmap) -> None:
    assert (roadmap.slug, roadmap.year, roadmap.region) == (FILE.stem, 2022, "Ивановская область")
    assert (roadmap.order_number, roadmap.order_date) == ("1222-О", date(2021, 12, 4))


def test_all_34_items_are_there_in_their_order(roadmap: Roadmap) -> None:
    assert [item.number for item in roadmap.items] == list(range(1, 35))


def kind(item: Item) -> str:
    if item.deadline.kind is DeadlineKind.BETWEEN and not item.deadline.exact:
        return "month"
    return item.deadline.kind


@pytest.mark.parametrize(
    ("expected", "numbers"),
    [
        ("on", [1, 14]),
        ("by", [2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 20, 31]),
        ("between", [8, 9, 15, 16, 18, 19, 23, 24, 26, 29, 30, 33]),
        ("after", [21, 27, 32]),
        ("month", [25, 28, 34]),
        ("none", [17, 22]),
    ],
)
def test_the_six_kinds_of_deadline(roadmap: Roadmap, expected: str, numbers: list[int]) -> None:
    assert [item.number for item in roadmap.items if kind(item) == expected] == numbers


@pytest.mark.parametrize(
    ("number", "start", "end"),
    [
        (1, date(2021, 11, 25), date(2021, 11, 25)),
        (2, None, date(2021, 12, 20)),
        (3, None, date(2021, 12, 20)),
        (4, None, date(2021, 12, 20)),
        (5, None, date(2022, 2, 1)),
        (6, None, date(2022, 2, 1)),
        (7, None, date(2021, 12, 30)),
        (8, date(2022, 1, 17), date(2022, 2, 4)),
        (9, date(2022, 1, 24), date(2022, 2, 1)),
        (10, None, date(2022, 2, 7)),
        (11, None, date(2022, 2, 7)),
        (12, None, date(2022, 2, 24)),
        (13, None, date(2022, 2, 25)),
        (14, date(2022, 2, 28), date(2022, 2, 28)),
        (15, date(2022, 3, 1), date(2022, 10, 20)),
        (16, date(2022, 3, 10), date(2022, 3, 24)),
        (17, None, None),
        (18, date(2022, 3, 22), date(2022, 3, 23)),
        (19, date(2022, 3, 1), date(2022, 4, 20)),
        (20, None, date(2022, 3, 20)),
        (21, date(2022, 4, 29), None),
        (22, None, None),
        (23, date(2022, 1, 20), date(2022, 10, 20)),
        (24, date(2022, 2, 1), date(2022, 11, 1)),
        (25, date(2022, 6, 1), date(2022, 6, 30)),
        (26, date(2022, 5, 30), date(2022, 6, 13)),
        (27, date(2022, 6, 30), None),
        (28, date(2022, 7, 1), date(2022, 7, 31)),
        (29, date(2022, 10, 1), date(2022, 10, 20)),
        (30, date(2022, 10, 3), date(2022, 10, 14)),
        (31, None, date(2022, 10, 10)),
        (32, date(2022, 10, 17), None),
        (33, date(2022, 10, 25), date(2022, 10, 28)),
        (34, date(2022, 11, 1), date(2022, 11, 30)),
    ],
)
def test_the_dates(items: dict[int, Item], number: int, start: date | None, end: date | None) -> None:
    assert (items[number].deadline.start, items[number].deadline.end) == (start, end)


def test_the_thresholds(roadmap: Roadmap) -> None:
    assert {item.number: item.threshold for item in roadmap.items if item.threshold} == {
        10: Threshold(ThresholdKind.SHARE, 100, "teams"),
        15: Threshold(ThresholdKind.COUNT, 4),
        16: Threshold(ThresholdKind.SHARE, 90, "participants"),
        23: Threshold(ThresholdKind.MONTHLY, 1),
        24: Threshold(ThresholdKind.PER_MUNICIPALITY, 1),
        26: Threshold(ThresholdKind.SHARE, None, "participants"),
        30: Threshold(ThresholdKind.SHARE, 90, "participants"),
        34: Threshold(ThresholdKind.SHARE, 70, "schools"),
    }


def test_the_executors(roadmap: Roadmap) -> None:
    assert {one.id: one.role for one in roadmap.executors} == {
        "coordinator": "coordinator",
        "department": "organiser",
        "university": "organiser",
        "centre": "organiser",
        "municipal": "municipal",
        "curators": "curator",
        "schools": "school",
    }
    assert [item.number for item in roadmap.items if not item.executors] == [34]


def test_who_has_to_do_it(roadmap: Roadmap) -> None:
    owed = {party: [item.number for item in roadmap.items if item.owed_by is party] for party in OwedBy}
    assert {party: numbers for party, numbers in owed.items() if party is not OwedBy.EXECUTORS} == {
        OwedBy.SCHOOL: [10, 16, 17, 20, 22, 26, 30, 31, 34],
        OwedBy.MUNICIPALITY: [24],
        OwedBy.CURATOR: [12, 13],
    }


def test_who_reviews_it(roadmap: Roadmap) -> None:
    found = {item.number: reviewers(item, roadmap) for item in roadmap.items if item.owed_by is not OwedBy.EXECUTORS}
    coordinator, department = "role:coordinator", "organiser:department"
    university = "organiser:university"
    assert found == {number: {coordinator} for number in (10, 12, 13, 16, 24, 26, 30, 34)} | {
        17: {department, university},
        20: {department},
        22: {department},
        31: {coordinator, university},
    }
    executors_owe = [item for item in roadmap.items if item.owed_by is OwedBy.EXECUTORS]
    assert {who for item in executors_owe for who in reviewers(item, roadmap)} == {coordinator}


def test_the_kinds_of_work(roadmap: Roadmap) -> None:
    assert {sort: [item.number for item in roadmap.items if item.kind is sort] for sort in ItemKind} == {
        ItemKind.ORDER: [1, 3, 5, 11],
        ItemKind.MEETING: [4, 6, 10, 14, 18, 21, 27, 32],
        ItemKind.SURVEY: [16, 26, 30],
        ItemKind.MONITORING: [13, 20, 22, 31],
        ItemKind.TRAINING: [15, 17, 19, 29],
        ItemKind.EVENT: [24, 33],
        ItemKind.GROUP: [7],
        ItemKind.SCHEDULE: [12],
        ItemKind.ANALYSIS: [2, 25, 28],
        ItemKind.SUPPORT: [23],
        ItemKind.SUMMARY: [34],
        ItemKind.UNKNOWN: [8, 9],
    }


def test_what_is_to_be_confirmed(roadmap: Roadmap) -> None:
    assert [(number, flag.field, flag.state.value) for number, flag in unconfirmed(roadmap)] == [
        (None, "order_number", "restored"),
        (None, "order_date", "restored"),
        (None, "channels", "restored"),
        (1, "indicator", "restored"),
        (7, "title", "unreadable"),
        (7, "title", "restored"),
        (8, "title", "unreadable"),
        (8, "indicator", "unreadable"),
        (9, "title", "unreadable"),
        (11, "indicator", "restored"),
        (17, "title", "restored"),
        (17, "deadline", "missing"),
        (17, "indicator", "restored"),
        (21, "deadline", "restored"),
        (22, "deadline", "missing"),
        (22, "indicator", "restored"),
        (26, "threshold", "missing"),
        (30, "executors", "restored"),
        (34, "executors", "unreadable"),
    ]
    assert all(flag.note for _, flag in unconfirmed(roadmap))


def test_what_is_empty_is_flagged(roadmap: Roadmap) -> None:
    def empty(item: Item) -> set[str]:
        values = {"deadline": item.deadline_text, "indicator": item.indicator, "executors": item.executors}
        return {field for field, value in values.items() if not value}

    flagged = {(number, flag.field) for number, flag in unconfirmed(roadmap)}
    assert {(item.number, field) for item in roadmap.items for field in empty(item)} <= flagged


def test_an_unreadable_title_still_has_a_name_for_lists(items: dict[int, Item]) -> None:
    assert items[7].title == "Создание группы проекта в Viber"
    assert [items[number].title for number in (8, 9)] == [
        "Мероприятие п. 8 (в скане не читается)",
        "Мероприятие п. 9 (в скане не читается)",
    ]


def test_the_eight_schools_of_item_17_are_named(items: dict[int, Item]) -> None:
    schools = items[17].title.partition(": ")[2].split("; ")
    assert len(schools) == 8
    assert schools[0] == "МБОУ «Средняя школа № 37», г. о. Иваново"


def test_the_channels(roadmap: Roadmap) -> None:
    assert roadmap.channels == (
        Channel("site", "Сайт Департамента", address="https://www.iv-edu.ru/"),
        Channel("mail", "Электронная почта регионального координатора"),
        Channel("500+", "500+", group=True),
        Channel("ВУ", "Вектор успеха", group=True),
        Channel("centre", "Сайт Центра", address="http://www.ivege.ru/"),
        Channel("ped", "Портал «Педсовет37.ру»", address="https://pedsovet37.ru/"),
        Channel("umail", "Электронный адрес Университета"),
        Channel("school-sites", "Сайты образовательных организаций"),
    )


@pytest.mark.parametrize(
    ("channel", "numbers"),
    [
        ("500+", [*range(2, 15), 16, 17, 18, 20, 21, 22, 26, 27, 30, 31, 32, 34]),
        ("ВУ", [5, 23, 24, 29]),
        ("centre", [2, 25, 28]),
        ("ped", [5, 6, 15, 18, 19, 23, 24, 29, 33]),
        ("umail", [5, 23, 24, 29, 33]),
        ("school-sites", [17]),
    ],
)
def test_where_an_item_is_covered(roadmap: Roadmap, channel: str, numbers: list[int]) -> None:
    assert [item.number for item in roadmap.items if channel in item.channels] == numbers


def test_no_address_of_a_person_is_shipped() -> None:
    assert "@" not in TEXT
    assert "yandex" not in TEXT.lower()


@pytest.mark.parametrize(
    "lost", ["Кваново", "Тагилка", "Муреево", "Дежневский", "Латвии", "среднекожная", "iv-edu.lv", ".lu"]
)
def test_a_misreading_stands_in_notes_only(roadmap: Roadmap, lost: str) -> None:
    shown = [text for item in roadmap.items for text in (item.title, item.short_title, item.indicator)]
    assert lost not in " ".join([roadmap.title, *shown, *(channel.address for channel in roadmap.channels)])


def test_short_titles_tell_the_items_apart(roadmap: Roadmap) -> None:
    shorts = [item.short_title for item in roadmap.items]
    assert len(set(shorts)) == 34
    assert max(map(len, shorts)) <= 60


def test_it_carries_over_to_the_next_year(roadmap: Roadmap) -> None:
    carried = carried_over(roadmap, year=2023)
    assert (carried.slug, carried.title) == ("ivanovo-2023", roadmap.title.replace("2022", "2023"))
    moved = {item.number: item for item in carried.items}
    assert moved[1].deadline_text == "25.11.2022"
    assert moved[21].deadline == Deadline(DeadlineKind.AFTER, start=date(2023, 4, 29))
    assert moved[19].deadline_text == "01.03. – 20.04. 2023"
    assert "проекте 2023 года" in moved[4].indicator
    assert moved[17].title == next(item.title for item in roadmap.items if item.number == 17)
    flagged = {number for number, flag in unconfirmed(carried) if number and flag.state == "carried"}
    assert flagged == set(range(1, 35)) - {17, 22}
