"""Working days: the official calendar with its transfers, and the region's own days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar

OFFICIAL = WorkCalendar()
ONE_DAY = timedelta(days=1)

days = st.dates(date(2021, 1, 1), date(2026, 12, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=5).map(WorkCalendar)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2021, 11, 3), True),
        (date(2021, 11, 4), False),  # Unity Day, Thursday
        (date(2021, 11, 5), False),  # moved from 2 January 2021
        (date(2021, 12, 30), True),
        (date(2021, 12, 31), False),  # moved from 3 January 2021
        (date(2022, 1, 9), False),
        (date(2022, 1, 10), True),
        (date(2022, 2, 23), False),
        (date(2022, 3, 4), True),
        (date(2022, 3, 5), True),  # a working Saturday
        (date(2022, 3, 6), False),
        (date(2022, 3, 7), False),  # the day off moved from that Saturday
        (date(2022, 3, 8), False),
        (date(2022, 3, 9), True),
        (date(2022, 4, 29), True),
        (date(2022, 5, 2), False),  # 1 May is a Sunday
        (date(2022, 5, 3), False),  # moved from 1 January
        (date(2022, 5, 4), True),
        (date(2022, 5, 9), False),
        (date(2022, 5, 10), False),  # moved from 2 January
        (date(2022, 5, 11), True),
        (date(2022, 6, 13), False),  # 12 June is a Sunday
        (date(2022, 11, 4), False),
        (date(2022, 11, 7), True),
    ],
)
def test_the_official_calendar_with_transfers(day: date, working: bool) -> None:
    assert OFFICIAL.is_working(day) is working


def test_an_override_says_more_than_the_official_calendar() -> None:
    calendar = WorkCalendar({date(2022, 3, 9): False, date(2022, 3, 8): True})
    assert [calendar.is_working(date(2022, 3, day)) for day in (5, 7, 8, 9, 10)] == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2022, 3, 4), date(2022, 3, 4), date(2022, 3, 4)),
        (date(2022, 3, 6), date(2022, 3, 5), date(2022, 3, 9)),
        (date(2022, 3, 20), date(2022, 3, 18), date(2022, 3, 21)),
        (date(2022, 1, 3), date(2021, 12, 30), date(2022, 1, 10)),
        (date(2022, 5, 1), date(2022, 4, 29), date(2022, 5, 4)),
        (date(2022, 6, 13), date(2022, 6, 10), date(2022, 6, 14)),
    ],
)
def test_the_nearest_working_day_on_each_side(day: date, before: date, after: date) -> None:
    assert (OFFICIAL.back(day), OFFICIAL.forward(day)) == (before, after)


@given(calendars, days)
def test_back_is_the_last_working_day_that_is_not_later(calendar: WorkCalendar, day: date) -> None:
    found = calendar.back(day)
    assert calendar.is_working(found)
    between = [found + ONE_DAY * step for step in range(1, (day - found).days + 1)]
    assert not any(map(calendar.is_working, between))


@given(calendars, days)
def test_forward_is_the_first_working_day_that_is_not_earlier(calendar: WorkCalendar, day: date) -> None:
    found = calendar.forward(day)
    assert calendar.is_working(found)
    between = [day + ONE_DAY * step for step in range((found - day).days)]
    assert not any(map(calendar.is_working, between))


@given(calendars, days)
def test_moving_twice_is_moving_once(calendar: WorkCalendar, day: date) -> None:
    assert calendar.back(calendar.back(day)) == calendar.back(day)
    assert calendar.forward(calendar.forward(day)) == calendar.forward(day)
    assert (calendar.back(day) == day) == (calendar.forward(day) == day) == calendar.is_working(day)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2022, 3, 4), date(2022, 3, 4), 0),
        (date(2022, 3, 4), date(2022, 3, 5), 1),
        (date(2022, 3, 5), date(2022, 3, 8), 0),
        (date(2022, 3, 4), date(2022, 3, 11), 4),
        (date(2022, 3, 20), date(2022, 3, 23), 3),
        (date(2022, 3, 11), date(2022, 3, 4), 0),
    ],
)
def test_working_days_after_the_first_up_to_the_last(start: date, end: date, count: int) -> None:
    assert OFFICIAL.working_days_after(start, end) == count


@given(days, st.integers(0, 40), st.integers(0, 40))
def test_working_days_add_up(start: date, first: int, second: int) -> None:
    middle, end = start + ONE_DAY * first, start + ONE_DAY * (first + second)
    together = OFFICIAL.working_days_after(start, middle) + OFFICIAL.working_days_after(middle, end)
    assert OFFICIAL.working_days_after(start, end) == together
