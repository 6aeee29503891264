"""Filters of the templates: Russian plurals, days as people say them, titles on one line."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from domain.agenda import Status
from domain.deadline import parse_deadline
from domain.roadmap import Executor
from texts.filters import (
    after,
    clock,
    day,
    day_brief,
    day_month,
    decimal,
    left,
    local,
    mark,
    month,
    named,
    plural,
    short,
    short_lines,
    some,
    span,
    stamp,
    when,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 школ"),
        (1, "1 школа"),
        (2, "2 школы"),
        (4, "4 школы"),
        (5, "5 школ"),
        (11, "11 школ"),
        (12, "12 школ"),
        (14, "14 школ"),
        (21, "21 школа"),
        (22, "22 школы"),
        (25, "25 школ"),
        (101, "101 школа"),
        (111, "111 школ"),
        (112, "112 школ"),
        (1001, "1001 школа"),
    ],
)
def test_plurals(count: int, said: str) -> None:
    assert plural(count, "школа", "школы", "школ") == said.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "сегодня последний день"),
        (1, f"остался 1{NBSP}день"),
        (2, f"осталось 2{NBSP}дня"),
        (5, f"осталось 5{NBSP}дней"),
        (11, f"осталось 11{NBSP}дней"),
        (21, f"остался 21{NBSP}день"),
        (22, f"осталось 22{NBSP}дня"),
        (111, f"осталось 111{NBSP}дней"),
        (-1, f"просрочено на 1{NBSP}день"),
        (-2, f"просрочено на 2{NBSP}дня"),
        (-11, f"просрочено на 11{NBSP}дней"),
    ],
)
def test_days_to_a_deadline(days: int, said: str) -> None:
    assert left(days) == said


@pytest.mark.parametrize(
    ("days", "said"), [(1, "завтра"), (2, f"через 2{NBSP}дня"), (7, f"через 7{NBSP}дней"), (21, f"через 21{NBSP}день")]
)
def test_days_until_it_begins(days: int, said: str) -> None:
    assert after(days) == said


def test_a_day_has_its_weekday() -> None:
    days = ", ".join(day(date(2022, 3, number)) for number in range(14, 21))
    assert days == "14 марта, пн, 15 марта, вт, 16 марта, ср, 17 марта, чт, 18 марта, пт, 19 марта, сб, 20 марта, вс"
    assert day(date(2022, 3, 20), year=True) == "20 марта 2022, вс"
    assert day_month(date(2022, 3, 20)) == "20 марта"
    assert day_brief(date(2022, 3, 6)) == "вс 06.03"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2022, 3, 22), date(2022, 3, 22), "22 марта, вт"),
        (date(2022, 3, 22), date(2022, 3, 23), "22–23 марта"),
        (date(2022, 3, 31), date(2022, 4, 1), "31 марта – 1 апреля"),
        (date(2022, 12, 31), date(2023, 1, 1), "31 декабря 2022 – 1 января 2023"),
    ],
)
def test_several_days_in_a_row(start: date, end: date, said: str) -> None:
    assert span(start, end).replace("\u00a0", " ") == said


@pytest.mark.parametrize(("number", "said"), [(1, "январь"), (3, "март"), (5, "май"), (8, "август"), (12, "декабрь")])
def test_a_month_stands_in_the_nominative(number: int, said: str) -> None:
    assert month(date(2022, number, 1)) == f"{said} 2022"


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        ("17.03.2022", "17 марта, чт"),
        ("до 20.03.2022", "до 20 марта, вс"),
        ("до конца июня", "до 30 июня, чт"),
        ("10.03-24.03.2022", "10–24 марта"),
        ("01.03. – 20.10.2022", "1 марта – 20 октября"),
        ("15.12.2021 – 20.01.2022", "15 декабря 2021 – 20 января 2022"),
        ("14.03 – 14.03.2022", "14 марта, пн"),
        ("июнь 2022", "июнь 2022"),
        ("март – апрель", "март – апрель 2022"),
        ("декабрь 2021 – январь 2022", "декабрь 2021 – январь 2022"),
        ("II квартал 2022", "апрель – июнь 2022"),
        ("2022 год", "в течение 2022 года"),
        ("2021 – 2022 годы", "январь 2021 – декабрь 2022"),
        ("после 29.04", "после 29 апреля"),
        ("ежемесячно", "регулярно"),
        ("ежемесячно с 1 марта по 20 октября", "регулярно, 1 марта – 20 октября"),
        ("ежемесячно, март – октябрь", "регулярно, март – октябрь 2022"),
        ("ежемесячно до 25 декабря", "регулярно, до 25 декабря, вс"),
        ("ежемесячно, начиная с сентября", "регулярно, с 1 сентября"),
        ("", "срок не указан"),
        ("по отдельному графику", "срок не указан"),
    ],
)
def test_a_deadline_as_people_say_it(deadline: str, said: str) -> None:
    assert when(parse_deadline(deadline, year=2022)) == said


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("Первый опрос", 60, "Первый опрос"),
        ("  Первый\n\tопрос  ", 60, "Первый опрос"),
        ("", 60, ""),
        ("Первый опрос участников", 23, "Первый опрос участников"),
        ("Первый опрос участников", 22, "Первый опрос…"),
        ("Первый опрос участников", 13, "Первый опрос…"),
        ("Первый опрос участников", 12, "Первый…"),
        ("Первый опрос, а потом второй", 14, "Первый опрос…"),
        ("Неразделимоеслово", 6, "Нераз…"),
        ('МКОУ «Основная школа» и "Лицей"', 40, 'МКОУ «Основная школа» и "Лицей"'),
        ("<<<<<<<<<<<<", 12, "<<<…"),
    ],
)
def test_a_title_on_one_line(text: str, limit: int, said: str) -> None:
    assert short(text, limit) == said


@given(st.text(), st.integers(8, 200))
def test_a_shortened_text_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = short(text, limit)
    assert len(line) <= limit
    assert len(escape(line)) <= limit * 4 // 3 + 1  # the ellipsis
    assert line.splitlines() in ([], [line])


@given(st.text("абв где", max_size=60))
def test_what_fits_is_not_changed_but_for_spaces(text: str) -> None:
    assert short(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("ids", "names"),
    [("a, b", "Анна, Борис"), ("b", "Борис"), ("a, gone", "Анна, gone"), ("", "")],
)
def test_ids_become_names(ids: str, names: str) -> None:
    parties = [Executor("a", "Анна", "curator"), Executor("b", "Борис", "school")]
    assert named(ids, parties) == names


def test_every_status_has_one_mark() -> None:
    assert {status.value: mark(status) for status in Status} == {
        "overdue": "⚠️",
        "running": "⏳",
        "coming": "📅",
        "waiting": "📅",
        "unplanned": "📅",
        "closed": "✅",
    }


def test_an_instant_in_the_readers_zone() -> None:
    at = local(datetime(2021, 11, 24, 21, 30, tzinfo=UTC), ZoneInfo("Europe/Moscow"))
    assert (stamp(at), clock(at), clock(time(9))) == ("25.11.2021 00:30", "00:30", "09:00")


def test_some_of_a_list() -> None:
    assert (some([1, 2, 3], 2), some([1], 2), some([], 2)) == ([1, 2], [1], [])


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(4.25, 2, "4,25"), (4.0, 2, "4"), (3.666, 2, "3,67"), (-0.001, 2, "0"), (0.000001, 6, "0,000001")],
)
def test_numbers_with_a_comma(value: float, digits: int, expected: str) -> None:
    assert decimal(value, digits) == expected


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("1. Концепция\n\n  2.   Программы ", 60, "1. Концепция\n2. Программы"),
        ("Одна строка", 60, "Одна строка"),
        ("Первая строка\nВторая строка", 24, "Первая строка\nВторая…"),
        ("", 60, ""),
    ],
)
def test_lines_are_kept_where_they_mean_something(text: str, limit: int, said: str) -> None:
    assert short_lines(text, limit) == said
