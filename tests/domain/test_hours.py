"""When a message may go: mornings, the digest's day, the quiet hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.hours import Hours
from domain.notice_rules import Rules

MOSCOW = Hours(ZoneInfo("Europe/Moscow"), Rules(), WorkCalendar())
MONDAY = date(2022, 3, 14)

zones = st.sampled_from(["Europe/Kaliningrad", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Kamchatka"]).map(ZoneInfo)
instants = st.datetimes(datetime(2021, 11, 1), datetime(2023, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def moscow(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A time in Moscow as the instant that the product keeps."""
    return datetime(day.year, day.month, day.day, hour - 3, minute, second, tzinfo=UTC)


def test_the_day_of_an_instant_is_the_projects_own() -> None:
    late = datetime(2022, 3, 14, 21, 30, tzinfo=UTC)
    kamchatka = Hours(ZoneInfo("Asia/Kamchatka"), Rules(), WorkCalendar())
    assert MOSCOW.today(late) == date(2022, 3, 15)
    assert MOSCOW.today(late - timedelta(hours=1)) == date(2022, 3, 14)
    assert kamchatka.today(late - timedelta(hours=1)) == date(2022, 3, 15)


def test_the_morning_is_at_nine_and_half_past_eight_with_the_digest() -> None:
    assert MOSCOW.morning(MONDAY, digest=False) == moscow(MONDAY, 9)
    assert MOSCOW.morning(MONDAY, digest=True) == moscow(MONDAY, 8, 30)


def test_what_was_not_sent_expires_at_eight_in_the_evening() -> None:
    assert MOSCOW.evening(MONDAY) == moscow(MONDAY, 20)


def test_the_hours_are_those_of_the_rules() -> None:
    rules = Rules(morning=time(10), digest=time(9, 45), quiet_from=time(21), quiet_until=time(7))
    hours = Hours(ZoneInfo("Asia/Yekaterinburg"), rules, WorkCalendar())
    found = [hours.morning(MONDAY, digest=False), hours.morning(MONDAY, digest=True), hours.evening(MONDAY)]
    assert [f"{one:%H:%M}" for one in found] == ["05:00", "04:45", "16:00"]


@pytest.mark.parametrize(
    ("now", "awake"),
    [
        (moscow(MONDAY, 8), moscow(MONDAY, 8)),
        (moscow(MONDAY, 12, 34, 56), moscow(MONDAY, 12, 34, 56)),
        (moscow(MONDAY, 19, 59, 59), moscow(MONDAY, 19, 59, 59)),
        (moscow(MONDAY, 20), moscow(date(2022, 3, 15), 8)),
        (moscow(MONDAY, 23, 59), moscow(date(2022, 3, 15), 8)),
        (moscow(MONDAY, 3), moscow(MONDAY, 8)),
        (moscow(MONDAY, 7, 59, 59), moscow(MONDAY, 8)),
        (moscow(date(2021, 12, 31), 22), moscow(date(2022, 1, 1), 8)),
    ],
)
def test_nothing_goes_between_eight_in_the_evening_and_eight_in_the_morning(now: datetime, awake: datetime) -> None:
    assert MOSCOW.awake(now) == awake


@given(instants, zones)
def test_awake_is_the_first_instant_outside_the_quiet_hours(now: datetime, zone: ZoneInfo) -> None:
    hours = Hours(zone, Rules(), WorkCalendar())
    found = hours.awake(now)
    local = found.astimezone(zone).time()
    assert time(8) <= local < time(20)
    assert found == now or (found > now and local == time(8) and found - now <= timedelta(hours=12))
    assert hours.awake(found) == found


@pytest.mark.parametrize(
    ("day", "is_digest"),
    [
        (date(2022, 3, 14), True),
        (date(2022, 3, 15), False),
        (date(2022, 3, 7), False),  # Monday, but off
        (date(2022, 3, 8), False),
        (date(2022, 3, 9), True),  # the first working day of that week
        (date(2022, 3, 10), False),
        (date(2022, 3, 5), False),  # a working Saturday
        (date(2022, 5, 4), True),
        (date(2022, 5, 11), True),
        (date(2022, 1, 10), True),
    ],
)
def test_the_digest_goes_on_the_first_working_day_of_a_week(day: date, is_digest: bool) -> None:
    assert MOSCOW.is_digest_day(day) is is_digest


def test_a_week_of_holidays_has_no_digest() -> None:
    week = [date(2022, 1, 3) + timedelta(days=step) for step in range(7)]
    assert not any(map(MOSCOW.is_digest_day, week))


@given(st.dates(date(2021, 1, 1), date(2026, 12, 20)), st.sets(st.integers(0, 6)))
def test_a_week_has_one_digest_if_it_has_a_working_day(day: date, off: set[int]) -> None:
    week = [day - timedelta(days=day.weekday() - step) for step in range(7)]
    calendar = WorkCalendar({week[step]: False for step in off})
    hours = Hours(ZoneInfo("Europe/Moscow"), Rules(), calendar)
    working = [one for one in week if calendar.is_working(one)]
    assert [one for one in week if hours.is_digest_day(one)] == working[:1]
