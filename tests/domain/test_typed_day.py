"""A day as people type it."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusal import Refusal
from domain.typed_day import LATELY, read_day

THURSDAY = date(2022, 3, 10)
days = st.dates(date(2021, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 июля", date(2022, 7, 20)),
        ("до 20.07", date(2022, 7, 20)),
        ("по 20 июля включительно", date(2022, 7, 20)),
        ("С 1 сентября", date(2022, 9, 1)),
        ("со 2 сентября", date(2022, 9, 2)),
        ("20.07.22", date(2022, 7, 20)),
        ("20 июля 2021 г.", date(2021, 7, 20)),
        ("9 марта", date(2022, 3, 9)),
        ("10 января", date(2022, 1, 10)),
        ("8 января", date(2023, 1, 8)),
        ("31 декабря", date(2022, 12, 31)),
        ("сегодня", THURSDAY),
        ("завтра", date(2022, 3, 11)),
        ("С завтрашнего дня", date(2022, 3, 11)),
        ("до послезавтра.", date(2022, 3, 12)),
        ("пятница", date(2022, 3, 11)),
        ("до пятницы", date(2022, 3, 11)),
        ("со среды", date(2022, 3, 16)),
        ("во вторник", date(2022, 3, 15)),
        ("Четверг", date(2022, 3, 17)),
        ("в воскресенье", date(2022, 3, 13)),
        ("через неделю", date(2022, 3, 17)),
        ("через 2 недели", date(2022, 3, 24)),
        ("через 10 дней", date(2022, 3, 20)),
        ("через день", date(2022, 3, 11)),
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, day: date) -> None:
    assert read_day(text, near=THURSDAY, today=THURSDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("вчера", date(2022, 3, 9)),
        ("Позавчера.", date(2022, 3, 8)),
        ("со вчерашнего дня", date(2022, 3, 9)),
        ("сегодня", THURSDAY),
        ("2 дня назад", date(2022, 3, 8)),
        ("неделю назад", date(2022, 3, 3)),
        ("четверг", THURSDAY),
        ("в пятницу", date(2022, 3, 4)),
        ("среда", date(2022, 3, 9)),
        ("в прошлый вторник", date(2022, 3, 8)),
        ("10 марта", THURSDAY),
        ("09.03", date(2022, 3, 9)),
        ("11.05", date(2021, 5, 11)),
        ("30 декабря", date(2021, 12, 30)),
        ("15 марта 2020", date(2020, 3, 15)),
        # what is later is told as such
        ("завтра", date(2022, 3, 11)),
        ("через неделю", date(2022, 3, 17)),
        ("15.03.2022", date(2022, 3, 15)),
        # what comes soon was not meant a year ago
        ("11.03", date(2022, 3, 11)),
        ("14 марта", date(2022, 3, 14)),
        ("9 мая", date(2022, 5, 9)),
    ],
)
def test_a_day_that_was_is_the_last_such_one(text: str, day: date) -> None:
    assert read_day(text, near=THURSDAY, today=THURSDAY, past=True) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [("31 июня", "typed_day.impossible"), ("давно", "typed_day.not-a-day"), ("", "typed_day.not-a-day")],
)
def test_what_is_no_day_that_was_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        read_day(text, near=THURSDAY, today=THURSDAY, past=True)


@pytest.mark.parametrize("text", ["вчера", "позавчера", "2 дня назад", "в прошлую пятницу"])
def test_what_was_is_no_day_to_come(text: str) -> None:
    with pytest.raises(Refusal, match=r"typed_day\.not-a-day"):
        read_day(text, near=THURSDAY, today=THURSDAY)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("31.12", date(2022, 12, 31), date(2022, 12, 31)),
        ("31.12", date(2023, 1, 1), date(2022, 12, 31)),
        ("10 января", date(2022, 12, 30), date(2023, 1, 10)),
        ("30 декабря", date(2023, 1, 10), date(2022, 12, 30)),
        ("29 февраля", date(2028, 2, 20), date(2028, 2, 29)),
    ],
)
def test_a_day_that_was_at_the_turn_of_the_year(text: str, today: date, day: date) -> None:
    assert read_day(text, near=today, today=today, past=True) == day


@given(days, days)
def test_a_day_that_was_without_a_year_is_within_the_last_one_or_comes_soon(day: date, today: date) -> None:
    try:
        found = read_day(f"{day:%d.%m}", near=today, today=today, past=True)
    except Refusal:
        assert (day.month, day.day) == (2, 29)
        return
    if (day.month, day.day) != (2, 29):
        assert (found.month, found.day) == (day.month, day.day)
        assert today + LATELY - timedelta(days=366) <= found <= today + LATELY


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("5 января", date(2022, 12, 28), date(2023, 1, 5)),
        ("30 декабря", date(2023, 1, 3), date(2022, 12, 30)),
        ("29 февраля", date(2027, 12, 1), date(2028, 2, 29)),
        ("29 февраля", date(2028, 3, 1), date(2028, 2, 29)),
        ("вторник", date(2022, 12, 28), date(2023, 1, 3)),
    ],
)
def test_the_year_that_is_not_named_is_the_near_one(text: str, near: date, day: date) -> None:
    assert read_day(text, near=near, today=near) == day


def test_what_is_counted_is_counted_from_today_and_a_weekday_from_the_day_asked_for() -> None:
    assert read_day("через неделю", near=date(2022, 7, 1), today=THURSDAY) == date(2022, 3, 17)
    assert read_day("пятница", near=date(2022, 7, 1), today=THURSDAY) == date(2022, 7, 8)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31 июня", "typed_day.impossible"),
        ("29 февраля 2022", "typed_day.impossible"),
        ("32.01", "typed_day.impossible"),
        ("", "typed_day.not-a-day"),
        ("  ", "typed_day.not-a-day"),
        ("20", "typed_day.not-a-day"),
        ("июль", "typed_day.not-a-day"),
        ("с 1 по 14 июля", "typed_day.not-a-day"),
        ("после 1 июля", "typed_day.not-a-day"),
        ("до конца месяца", "typed_day.not-a-day"),
        ("через месяц", "typed_day.not-a-day"),
        ("через 100 дней", "typed_day.not-a-day"),
        ("ежемесячно", "typed_day.not-a-day"),
        ("٢٠.٠٧", "typed_day.not-a-day"),
        ("<b>20 июля</b>", "typed_day.not-a-day"),
        ("х" * 4000, "typed_day.not-a-day"),
    ],
)
def test_what_is_no_day_is_refused_and_said_shortly(text: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_day(text, near=THURSDAY, today=THURSDAY)
    assert caught.value.reason == reason
    assert len(caught.value.details["fragment"]) <= 80


@given(days, days)
def test_a_day_with_its_year_is_that_day(day: date, near: date) -> None:
    assert read_day(f"{day:%d.%m.%Y}", near=near, today=near) == day


@given(days, days)
def test_a_day_without_a_year_is_the_first_not_long_ago(day: date, near: date) -> None:
    try:
        found = read_day(f"{day:%d.%m}", near=near, today=near)
    except Refusal:
        assert (day.month, day.day) == (2, 29)
        return
    assert (found.month, found.day) == (day.month, day.day)
    if (day.month, day.day) != (2, 29):
        assert near - LATELY <= found < near - LATELY + timedelta(days=366)


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    with suppress(Refusal):
        assert isinstance(read_day(text, near=THURSDAY, today=THURSDAY), date)
