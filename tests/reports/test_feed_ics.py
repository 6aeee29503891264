"""A calendar to subscribe to: meetings, visits and last days in one, read back by another library."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.calendar_feed import DueEvent, FeedContent
from domain.deadline import parse_deadline
from reports.feed_ics import feed_events, feed_ics
from tests.reports.calendars import read, unfolded
from tests.reports.test_meeting_ics import EVENT, MADE_AT, TEXTS
from tests.reports.visit_papers import EVENT as VISIT

DUE = DueEvent(44, 16, "Первый опрос", date(2022, 3, 16), parse_deadline("10.03 – 16.03.2022", year=2022))
EVENTS = feed_events(FeedContent((EVENT,), (VISIT,), (DUE,)), TEXTS)


def written(*, is_file: bool = False) -> bytes:
    return feed_ics("Мой календарь", EVENTS, MADE_AT, TEXTS, is_file=is_file)


def test_everything_comes_by_its_day() -> None:
    found = read(written()).vevent_list
    assert [one.uid.value for one in found] == ["item-44@roadmap500", "meeting-7@roadmap500", "visit-12@roadmap500"]


def test_a_last_day_takes_the_whole_day_and_makes_nobody_busy() -> None:
    due, meeting, _ = read(written()).vevent_list
    assert (due.dtstart.value, due.dtend.value) == (date(2022, 3, 16), date(2022, 3, 17))
    assert (due.summary.value, due.description.value) == (
        "Срок: п. 16 Первый опрос",
        "Дорожная карта, п. 16: 10–16 марта",
    )
    assert (due.transp.value, meeting.transp.value) == ("TRANSPARENT", "OPAQUE")
    assert "valarm" not in due.contents


def test_a_feed_asks_to_be_looked_at_again_and_for_nothing_else() -> None:
    lines = unfolded(written())
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT60M"} <= set(lines)
    calendar = read(written())
    assert calendar.x_wr_calname.value == "Мой календарь"
    assert "method" not in calendar.contents
    assert all("organizer" not in one.contents for one in calendar.vevent_list)


def test_the_same_as_a_file_is_to_be_taken_in() -> None:
    calendar = read(written(is_file=True))
    assert calendar.method.value == "PUBLISH"
    assert "refresh-interval" not in calendar.contents
    assert [one.organizer.value for one in calendar.vevent_list] == ["invalid:nomail"] * 3


def test_a_cancelled_meeting_stays_in_a_feed_as_cancelled() -> None:
    events = feed_events(FeedContent((replace(EVENT, cancelled=True),)), TEXTS)
    event = read(feed_ics("Мой календарь", events, MADE_AT, TEXTS)).vevent
    assert (event.status.value, "valarm" in event.contents) == ("CANCELLED", False)


def test_a_calendar_of_nothing_is_one() -> None:
    assert "vevent" not in read(feed_ics("Мой календарь", (), MADE_AT, TEXTS)).contents


def test_a_year_of_everything_is_quick_enough_to_be_asked_for_often() -> None:
    meetings = tuple(replace(EVENT, meeting_id=one) for one in range(60))
    visits = tuple(replace(VISIT, visit_id=one) for one in range(60))
    due = tuple(replace(DUE, item_id=one) for one in range(34))
    events = feed_events(FeedContent(meetings, visits, due), TEXTS)
    made = feed_ics("Мой календарь", events, datetime(2022, 3, 12, tzinfo=UTC) + timedelta(hours=1), TEXTS)
    assert len(read(made).vevent_list) == len({one.uid for one in events}) == 154
