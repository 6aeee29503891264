"""Deadlines that recur: «ежемесячно», with both ends of its window named, one or none."""

from datetime import date, timedelta

import pytest

from domain.calendar import WorkCalendar
from domain.deadline import Deadline, DeadlineKind
from domain.notice import notices, window
from domain.notice_rules import Rules
from tests.domain.build import YEAR, an_item

EVERY_DAY = WorkCalendar({date(2021, 1, 1) + timedelta(days=step): True for step in range(3 * 365)})


def occasions(deadline: str) -> set[str]:
    return {one.occasion for one in notices(an_item(deadline), year=YEAR, calendar=WorkCalendar(), rules=Rules())}


def days_repeated(deadline: str, year: int = YEAR) -> list[date]:
    item = an_item(deadline)
    return [
        one.day for one in notices(item, year=year, calendar=EVERY_DAY, rules=Rules()) if one.occasion == "repeated"
    ]


@pytest.mark.parametrize(
    ("deadline", "months"),
    [
        ("ежемесячно", range(1, 13)),
        ("ежемесячно до 25 декабря", range(1, 13)),
        ("ежемесячно до 24 декабря", range(1, 12)),
        ("ежемесячно, начиная с сентября", range(9, 13)),
        ("ежемесячно с 26 сентября", range(10, 13)),
        ("ежемесячно, сентябрь – ноябрь", range(9, 12)),
    ],
)
def test_a_recurring_deadline_runs_from_edge_to_edge_or_the_whole_year(deadline: str, months: range) -> None:
    assert days_repeated(deadline) == [date(2022, month, 25) for month in months]


def test_a_recurring_deadline_has_no_other_occasions_than_its_reminders_and_overdue() -> None:
    assert occasions("ежемесячно с 1 сентября по 1 декабря") == {"repeated", "overdue"}
    assert occasions("ежемесячно, начиная с сентября") == {"repeated"}


@pytest.mark.parametrize(
    ("start", "end", "edges"),
    [
        (None, None, (date(2022, 1, 1), date(2022, 12, 31))),
        (date(2022, 9, 1), None, (date(2022, 9, 1), date(2022, 12, 31))),
        (date(2023, 9, 1), None, (date(2023, 9, 1), date(2023, 12, 31))),
        (None, date(2022, 5, 31), (date(2022, 1, 1), date(2022, 5, 31))),
        (None, date(2021, 12, 25), (date(2021, 1, 1), date(2021, 12, 25))),
        (date(2021, 9, 1), date(2022, 5, 31), (date(2021, 9, 1), date(2022, 5, 31))),
    ],
)
def test_an_edge_that_is_not_named_is_the_years(start: date | None, end: date | None, edges: tuple[date, date]) -> None:
    assert window(Deadline(DeadlineKind.RECURRING, start, end), YEAR) == edges


def test_a_reminder_is_not_moved_to_before_its_window() -> None:
    assert days_repeated("ежемесячно с 24.09.2022 до 30.09.2022") == [date(2022, 9, 25)]
    assert occasions("ежемесячно с 24.09.2022 до 30.09.2022") == {"overdue"}


def test_a_reminder_is_not_moved_into_a_window_that_ends_before_it() -> None:
    assert occasions("ежемесячно с 01.09.2022 до 24.09.2022") == {"overdue"}
