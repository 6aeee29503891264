"""One's own hour, weekdays and pause: what can be chosen, and where notices move because of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.deadline import parse_deadline
from domain.hours import Hours
from domain.notice import notices
from domain.notice_rules import Rules
from domain.own_reminders import DAYS, HOURS, PAUSE_LIMIT, Reminders, hours_offered, kept, own_hours
from domain.refusal import Refusal
from tests.domain.build import an_item

ZONE = ZoneInfo("Europe/Moscow")
COMMON = Hours(ZONE, Rules(), WorkCalendar())
TODAY = date(2022, 3, 10)
MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4

weekdays = st.sets(st.sampled_from(DAYS), min_size=1).map(frozenset)
dates = st.dates(date(2021, 1, 1), date(2026, 12, 31))


def on(*days: int) -> Hours:
    """The hours of who chose these weekdays."""
    return own_hours(COMMON, Reminders(days=frozenset(days)))


def said(deadline: str, hours: Hours, year: int = 2022) -> list[tuple[date, str]]:
    """The days and occasions of an item up to its deadline."""
    item = replace(an_item(), deadline=parse_deadline(deadline, year=year))
    found = notices(item, year=year, calendar=hours.calendar, rules=hours.rules)
    return [(one.day, one.occasion) for one in found if one.occasion != "overdue"]


@pytest.mark.parametrize("hour", [None, *HOURS])
def test_an_hour_of_the_day_is_chosen(hour: int | None) -> None:
    assert Reminders(hour=9).with_hour(hour).hour == hour


@pytest.mark.parametrize("hour", [-1, 0, 7, 20, 24, 10**9])
def test_an_hour_of_the_night_is_refused(hour: int) -> None:
    with pytest.raises(Refusal, match=r"own_reminders\.no-such-hour"):
        Reminders().with_hour(hour)


def test_days_are_ticked_one_by_one_and_the_same_tick_twice_is_once() -> None:
    without = Reminders().with_day(MONDAY, heard=False)
    assert sorted(without.chosen) == [1, 2, 3, 4]
    assert without.with_day(MONDAY, heard=False) == without
    assert without.with_day(MONDAY, heard=True) == Reminders()
    assert Reminders().with_day(FRIDAY, heard=True) == Reminders()


@pytest.mark.parametrize("day", [-1, 5, 6, 7, 10**9])
def test_a_day_that_is_no_weekday_is_refused(day: int) -> None:
    with pytest.raises(Refusal, match=r"own_reminders\.no-such-day"):
        Reminders().with_day(day, heard=True)


def test_the_last_day_stays() -> None:
    only = Reminders(days=frozenset({FRIDAY}))
    assert only.with_day(MONDAY, heard=False) == only
    with pytest.raises(Refusal, match=r"own_reminders\.one-day-at-least"):
        only.with_day(FRIDAY, heard=False)


@given(weekdays, st.sampled_from(DAYS), st.booleans())
def test_a_tick_changes_that_day_and_no_other(days: frozenset[int], day: int, heard: bool) -> None:
    before = kept(None, days, None)
    try:
        after = before.with_day(day, heard=heard)
    except Refusal:
        assert before.chosen == {day}
    else:
        assert (day in after.chosen) is heard
        assert after.chosen - {day} == before.chosen - {day}


@pytest.mark.parametrize(
    ("until", "is_paused"),
    [
        (TODAY + timedelta(days=1), [True, False, False]),
        (TODAY + timedelta(days=2), [True, True, False]),
        (TODAY + timedelta(days=PAUSE_LIMIT), [True, True, True]),
    ],
)
def test_a_pause_lasts_to_the_day_before_the_one_named(until: date, is_paused: list[bool]) -> None:
    own = Reminders().paused(until, TODAY)
    assert [own.is_paused(TODAY + timedelta(days=step)) for step in range(3)] == is_paused
    assert not own.is_paused(until)
    assert not own.awake().is_paused(TODAY)


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (TODAY, "own_reminders.pause-is-over"),
        (date.min, "own_reminders.pause-is-over"),
        (TODAY + timedelta(days=PAUSE_LIMIT + 1), "own_reminders.pause-too-long"),
        (date.max, "own_reminders.pause-too-long"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(until: date, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        Reminders().paused(until, TODAY)


def test_what_is_put_off_waits_for_the_end_of_the_pause() -> None:
    own = Reminders(paused_until=date(2022, 3, 20))
    assert [own.not_before(date(2022, 3, day)) for day in (11, 20, 21)] == [
        date(2022, 3, 20), date(2022, 3, 20), date(2022, 3, 21),
    ]  # fmt: skip
    assert Reminders().not_before(TODAY) == TODAY


@pytest.mark.parametrize(
    ("hour", "days", "expected"),
    [
        (9, [0, 4], Reminders(9, frozenset({0, 4}))),
        (25, [9, -1], Reminders()),
        (None, range(7), Reminders()),
        (7, [], Reminders()),
    ],
)
def test_what_cannot_be_chosen_any_more_is_the_common_again(
    hour: int | None, days: list[int], expected: Reminders
) -> None:
    assert kept(hour, days, None) == expected


def test_an_own_hour_is_that_of_the_digest_too() -> None:
    mine = own_hours(COMMON, Reminders(hour=11))
    found = [mine.morning(date(2022, 3, 14), digest=digest) for digest in (True, False)]
    assert found == [datetime(2022, 3, 14, 8, tzinfo=UTC)] * 2
    assert own_hours(COMMON, Reminders()) == COMMON


@pytest.mark.parametrize(
    ("rules", "hour", "expected"),
    [
        (Rules(), 8, time(8)),
        (Rules(), 19, time(19)),
        (Rules(quiet_until=time(9), digest=time(9), morning=time(9)), 8, time(9)),
        (Rules(quiet_from=time(18)), 19, time(17)),
        (Rules(quiet_from=time(18, 30)), 18, time(17, 30)),
        (Rules(quiet_from=time(10), quiet_until=time(9, 30), digest=time(9, 30), morning=time(9, 30)), 19, time(9, 30)),
    ],
)
def test_an_own_hour_is_never_in_the_quiet_ones(rules: Rules, hour: int, expected: time) -> None:
    common = Hours(ZONE, rules, WorkCalendar())
    assert own_hours(common, Reminders(hour=hour)).own_morning == expected


def test_only_hours_outside_the_quiet_ones_are_offered() -> None:
    assert hours_offered(COMMON) == list(range(8, 20))
    late = Hours(ZONE, Rules(quiet_from=time(18), quiet_until=time(9), digest=time(9)), WorkCalendar())
    assert hours_offered(late) == list(range(9, 18))


@given(st.sampled_from(HOURS), st.times(time(5), time(10)), st.times(time(11), time(23, 59)), dates)
def test_an_own_morning_is_between_the_quiet_hours(hour: int, until: time, quiet_from: time, day: date) -> None:
    rules = Rules(quiet_until=until, quiet_from=quiet_from)
    mine = own_hours(Hours(ZONE, rules, WorkCalendar()), Reminders(hour=hour))
    assert mine.at(day, rules.quiet_until) <= mine.morning(day, digest=False) < mine.evening(day)


@pytest.mark.parametrize(
    ("days", "deadline", "expected"),
    [
        ([MONDAY, 3], "24 марта", {"2022-03-17": "ahead", "2022-03-21": "ahead", "2022-03-24": "today"}),
        ([FRIDAY], "до 30 марта", {"2022-03-11": "ahead", "2022-03-18": "ahead", "2022-03-25": "last-day"}),
        ([FRIDAY], "18 марта", {"2022-03-11": "ahead", "2022-03-18": "today"}),
        # the only Friday before a window that has none: it is said before it begins, with the true days
        ([FRIDAY], "14 – 16 марта", {"2022-03-04": "starts-soon", "2022-03-11": "last-day"}),
        ([WEDNESDAY], "31 декабря", {"2022-12-21": "ahead", "2022-12-28": "today"}),
    ],
)  # fmt: skip
def test_what_falls_on_a_day_not_chosen_is_said_on_the_chosen_one_before(
    days: list[int], deadline: str, expected: dict[str, str]
) -> None:
    assert {str(day): occasion for day, occasion in said(deadline, on(*days))} == expected


def test_the_days_of_a_leap_year_are_days_like_others() -> None:
    assert said("29 февраля", on(3), year=2024)[-1] == (date(2024, 2, 29), "today")
    assert said("29 февраля", on(WEDNESDAY), year=2024)[-1] == (date(2024, 2, 28), "today")
    assert said("29 февраля", on(FRIDAY), year=2024)[-1] == (date(2024, 2, 29), "today")  # Friday the 23rd is a holiday


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2022, 5, 12), date(2022, 5, 12), date(2022, 5, 16)),  # Mondays 2 and 9 May are holidays
        (date(2022, 5, 6), date(2022, 5, 6), date(2022, 5, 6)),
        (date(2022, 1, 9), date(2021, 12, 27), date(2022, 1, 10)),
        (date(2022, 3, 7), date(2022, 2, 28), date(2022, 3, 14)),
    ],
)
def test_where_the_only_chosen_day_is_a_holiday_for_weeks_the_working_day_itself_is_taken(
    day: date, before: date, after: date
) -> None:
    calendar = on(MONDAY).calendar
    assert (calendar.back(day), calendar.forward(day)) == (before, after)


@given(weekdays, dates)
def test_notices_move_to_a_working_day_at_most_a_week_farther(days: frozenset[int], day: date) -> None:
    calendar, common = own_hours(COMMON, kept(None, days, None)).calendar, COMMON.calendar
    for found, nearest in ((calendar.back(day), common.back(day)), (calendar.forward(day), common.forward(day))):
        assert calendar.is_working(found)
        assert abs((found - nearest).days) < 7
        assert found.weekday() in days or found == nearest


@given(weekdays, dates)
def test_moving_twice_is_moving_once_with_own_days_too(days: frozenset[int], day: date) -> None:
    calendar = own_hours(COMMON, kept(None, days, None)).calendar
    assert calendar.back(calendar.back(day)) == calendar.back(day) <= day
    assert calendar.forward(calendar.forward(day)) == calendar.forward(day) >= day


@given(weekdays, dates)
def test_everybody_is_at_work_on_the_days_that_one_person_does_not_want_to_hear(
    days: frozenset[int], day: date
) -> None:
    calendar = own_hours(COMMON, kept(None, days, None)).calendar
    assert calendar.is_working(day) == COMMON.calendar.is_working(day)
    later = day + timedelta(days=20)
    assert calendar.working_days_after(day, later) == COMMON.calendar.working_days_after(day, later)


def test_calendars_marked_off_by_the_region_do_not_keep_a_search_going() -> None:
    fridays = {date(2022, 1, 7) + timedelta(weeks=week): False for week in range(52)}
    calendar = replace(on(FRIDAY).calendar, overrides=fridays)
    assert (calendar.back(date(2022, 6, 15)), calendar.forward(date(2022, 6, 15))) == (date(2022, 6, 15),) * 2


@pytest.mark.parametrize(
    ("days", "monday", "expected"),
    [
        ([FRIDAY], date(2022, 3, 14), [18]),
        ([WEDNESDAY, FRIDAY], date(2022, 3, 14), [16]),
        ([FRIDAY], date(2022, 11, 7), [11]),
    ],
)
def test_the_digest_goes_on_the_first_chosen_day_of_the_week(
    days: list[int], monday: date, expected: list[int]
) -> None:
    week = [monday + timedelta(days=step) for step in range(7)]
    assert [day.day for day in week if on(*days).is_digest_day(day)] == expected
