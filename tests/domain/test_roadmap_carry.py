"""A roadmap carried over to another year: years moved, every date to be confirmed."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.deadline import Deadline, DeadlineError, DeadlineKind, parse_deadline
from domain.roadmap import Channel, Executor, Flag, FlagState, Item, ItemKind, OwedBy, Roadmap
from domain.roadmap_carry import carried_over


def item(deadline: str = "", *, year: int = 2022, number: int = 1, title: str = "Опрос") -> Item:
    return Item(
        number=number,
        title=title,
        short_title=title[:60],
        deadline_text=deadline,
        deadline=parse_deadline(deadline, year=year),
        executors=("coordinator",),
        indicator="Протокол",
        channels=("500+",),
        kind=ItemKind.SURVEY,
        owed_by=OwedBy.SCHOOL,
    )


def roadmap(*items: Item, year: int = 2022, slug: str = "ivanovo-2022") -> Roadmap:
    return Roadmap(
        slug=slug,
        title=f"Дорожная карта на {year} год",
        year=year,
        region="Ивановская область",
        order_number="1222-О",
        order_date=date(2021, 12, 4),
        channels=(Channel("500+", "500+", group=True),),
        executors=(Executor("coordinator", "Региональный координатор", "coordinator"),),
        items=items,
    )


def carried_item(one: Item, *, to: int = 2023) -> Item:
    return carried_over(roadmap(one), year=to).items[0]


def test_the_heading_moves_and_the_new_order_is_to_be_named() -> None:
    old = replace(
        roadmap(item()),
        flags=(
            Flag("order_number", FlagState.RESTORED, "«1222-0»"),
            Flag("order_date", FlagState.RESTORED, "в приложении 01.12.2021"),
            Flag("channels", FlagState.RESTORED, "адреса"),
        ),
    )
    assert carried_over(old, year=2023) == replace(
        old,
        slug="ivanovo-2023",
        title="Дорожная карта на 2023 год",
        year=2023,
        order_number="",
        order_date=date(2022, 12, 4),
        flags=(
            Flag("order_number", FlagState.MISSING),
            Flag("order_date", FlagState.CARRIED),
            Flag("channels", FlagState.RESTORED, "адреса"),
        ),
    )


def test_an_item_moves_whole_and_forgets_the_day_it_was_held_on() -> None:
    restored = Flag("deadline", FlagState.RESTORED, "год не указан")
    old = replace(
        item("после 29.04", title="Совещание 2022 года"),
        held_on=date(2022, 5, 6),
        flags=(restored,),
        indicator="План на 2022 год",
    )
    assert carried_item(old) == replace(
        old,
        title="Совещание 2023 года",
        short_title="Совещание 2023 года",
        indicator="План на 2023 год",
        deadline=Deadline(DeadlineKind.AFTER, start=date(2023, 4, 29)),
        flags=(restored, Flag("deadline", FlagState.CARRIED, "после 29.04")),
        held_on=None,
    )


def test_an_item_without_a_date_gets_nothing_to_confirm() -> None:
    missing = Flag("deadline", FlagState.MISSING)
    assert carried_item(replace(item(""), flags=(missing,))).flags == (missing,)


def test_an_item_carried_twice_is_flagged_once_with_the_last_wording() -> None:
    twice = carried_over(carried_over(roadmap(item("до 20.03.2022")), year=2023), year=2024)
    assert twice.items[0].flags == (Flag("deadline", FlagState.CARRIED, "до 20.03.2023"),)
    assert twice.flags == (Flag("order_number", FlagState.MISSING), Flag("order_date", FlagState.CARRIED))


@pytest.mark.parametrize(
    ("slug", "carried"),
    [
        ("ivanovo-2022", "ivanovo-2023"),
        ("ivanovo-2021", "ivanovo-2023"),
        ("ivanovo2022", "ivanovo-2023"),
        ("ivanovo", "ivanovo-2023"),
        ("2022", "2023"),
        ("plan-12345", "plan-12345-2023"),
        ("a" * 40, "a" * 35 + "-2023"),
        ("a" * 34 + "-" + "b" * 5, "a" * 34 + "-2023"),
    ],
)
def test_the_slug_ends_with_the_year(slug: str, carried: str) -> None:
    assert carried_over(roadmap(slug=slug), year=2023).slug == carried


@given(slug=st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True), year=st.integers(2000, 2100))
def test_a_carried_slug_is_a_slug(slug: str, year: int) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,40}", carried_over(roadmap(slug=slug), year=year).slug)


@pytest.mark.parametrize(
    ("text", "carried", "deadline"),
    [
        ("25.11.2021", "25.11.2022", Deadline(DeadlineKind.ON, date(2022, 11, 25), date(2022, 11, 25))),
        ("до 20.12.2021", "до 20.12.2022", Deadline(DeadlineKind.BY, end=date(2022, 12, 20))),
        ("до 20.03.22", "до 20.03.23", Deadline(DeadlineKind.BY, end=date(2023, 3, 20))),
        ("до 20 марта 22 г.", "до 20 марта 23 г.", Deadline(DeadlineKind.BY, end=date(2023, 3, 20))),
        ("до 20.03", "до 20.03", Deadline(DeadlineKind.BY, end=date(2023, 3, 20))),
        (
            "10.03-24.03.2022",
            "10.03-24.03.2023",
            Deadline(DeadlineKind.BETWEEN, date(2023, 3, 10), date(2023, 3, 24)),
        ),
        (
            "01.03. – 20.04. 2022",
            "01.03. – 20.04. 2023",
            Deadline(DeadlineKind.BETWEEN, date(2023, 3, 1), date(2023, 4, 20)),
        ),
        (
            "20.12.2021 – 10.01.2022",
            "20.12.2022 – 10.01.2023",
            Deadline(DeadlineKind.BETWEEN, date(2022, 12, 20), date(2023, 1, 10)),
        ),
        ("июнь 2022", "июнь 2023", Deadline(DeadlineKind.BETWEEN, date(2023, 6, 1), date(2023, 6, 30), exact=False)),
        ("июнь", "июнь", Deadline(DeadlineKind.BETWEEN, date(2023, 6, 1), date(2023, 6, 30), exact=False)),
        ("после 30.06.2022", "после 30.06.2023", Deadline(DeadlineKind.AFTER, start=date(2023, 6, 30))),
        (
            "2021/22 учебный год",
            "2022/23 учебный год",
            Deadline(DeadlineKind.BETWEEN, date(2022, 9, 1), date(2023, 5, 31), exact=False),
        ),
        (
            "2021–2022 учебный год",
            "2022–2023 учебный год",
            Deadline(DeadlineKind.BETWEEN, date(2022, 9, 1), date(2023, 5, 31), exact=False),
        ),
        ("ежемесячно", "ежемесячно", Deadline(DeadlineKind.RECURRING, exact=False)),
        ("по отдельному графику", "по отдельному графику", Deadline(DeadlineKind.NONE, exact=False)),
        ("", "", Deadline(DeadlineKind.NONE, exact=False)),
    ],
)
def test_the_years_of_a_deadline_move(text: str, carried: str, deadline: Deadline) -> None:
    moved = carried_item(item(text))
    assert (moved.deadline_text, moved.deadline) == (carried, deadline)


@pytest.mark.parametrize(
    ("text", "to", "carried"),
    [
        ("до 29.02.2024", 2025, "до 28.02.2025"),
        ("до 29.02.24", 2025, "до 28.02.25"),
        ("до 29.02", 2025, "до 28.02"),
        ("до 29.2.2024", 2025, "до 28.2.2025"),
        ("до 29 февраля 2024 года", 2025, "до 28 февраля 2025 года"),
        ("до 29-го февраля", 2025, "до 28-го февраля"),
        ("29 фев. 2024", 2025, "28 фев. 2025"),
        ("с 12 по 29 февраля 2024", 2025, "с 12 по 28 февраля 2025"),
        ("10.02 – 29.02.2024", 2025, "10.02 – 28.02.2025"),
        ("28.02.2024 – 29.02.2024", 2025, "28.02.2025 – 28.02.2025"),
        ("29.01.2024 – 29.02.2024", 2025, "29.01.2025 – 28.02.2025"),
        ("до 29.02.2024", 2028, "до 29.02.2028"),
        ("до 29.02", 2028, "до 29.02"),
    ],
)
def test_29_february_becomes_28_where_the_year_has_none(text: str, to: int, carried: str) -> None:
    moved = carried_over(roadmap(item(text, year=2024), year=2024), year=to).items[0]
    assert moved.deadline_text == carried
    assert moved.deadline == parse_deadline(carried, year=to)


def test_the_order_s_29_february_becomes_28() -> None:
    old = replace(roadmap(year=2024), order_date=date(2024, 2, 29))
    assert carried_over(old, year=2025).order_date == date(2025, 2, 28)
    assert carried_over(old, year=2028).order_date == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("title", "carried"),
    [
        ("Перечень школ на 2022 год", "Перечень школ на 2023 год"),
        ("Итоги 2021/22 учебного года", "Итоги 2022/23 учебного года"),
        ("Итоги 2021-2022 учебного года", "Итоги 2022-2023 учебного года"),
        ("План на 2022–2023 годы", "План на 2023–2024 годы"),
        ("Переход на ФГОС 2010 года", "Переход на ФГОС 2010 года"),
        ("Курсы для школы № 2022", "Курсы для школы № 2022"),
        ("Курсы для школы № 22 г. Родники", "Курсы для школы № 22 г. Родники"),
        ("Письмо 120222", "Письмо 120222"),
        ("Проект «500+»", "Проект «500+»"),
    ],
)
def test_the_years_of_a_title_move_and_other_numbers_stay(title: str, carried: str) -> None:
    moved = carried_item(item(title=title))
    assert (moved.title, moved.short_title) == (carried, carried)


@pytest.mark.parametrize("year", [1999, 2101])
def test_an_impossible_year_is_a_mistake_of_the_caller(year: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        carried_over(roadmap(), year=year)


SHAPES = (
    "{0:%d.%m.%Y}",
    "до {0:%d.%m.%Y}",
    "до {0:%d.%m.%y}",
    "до {0:%d.%m}",
    "после {0:%d.%m.%Y} г.",
    "{0:%d.%m.%Y} – {1:%d.%m.%Y}",
    "{0:%d.%m}. – {1:%d.%m}. {1:%Y}",
    "с {0:%d.%m.%Y} по {1:%d.%m.%Y}",
    "ежемесячно до {1:%d.%m.%Y}",
)
near = st.dates(date(2021, 1, 1), date(2023, 12, 31))


@given(shape=st.sampled_from(SHAPES), days=st.tuples(near, near), to=st.integers(2010, 2040))
def test_every_day_moves_by_the_same_number_of_years(shape: str, days: tuple[date, date], to: int) -> None:
    text = shape.format(*sorted(days))
    try:
        old = item(text)
    except DeadlineError:
        assume(False)
    new = carried_item(old, to=to)

    def moved(day: date | None) -> date | None:
        return day and day.replace(year=day.year + to - 2022)

    assert new.deadline == replace(old.deadline, start=moved(old.deadline.start), end=moved(old.deadline.end))
    assert new.flags == (Flag("deadline", FlagState.CARRIED, text),)
