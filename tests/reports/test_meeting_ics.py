"""The calendar file of a meeting, read back by another library than the one that writes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject

from domain.calendar_feed import MeetingEvent
from reports.meeting_ics import meeting_ics
from tests.people import msk
from tests.reports.calendars import read, unfolded
from tests.reports.visit_papers import HOSTILE
from texts import Texts

TEXTS = Texts()
MADE_AT = datetime(2022, 3, 12, 6, 30, tzinfo=UTC)
START = msk("2022-03-16 10:00")
LINK = "https://meet.example/seminar?room=1;2,3&pwd=abc"
EVENT = MeetingEvent(
    7, "Семинар по документам", START, START + timedelta(minutes=90), "Иваново, пл. Революции, 2", LINK,
    "1. Концепция\n2. Антирисковые программы",
)  # fmt: skip


def written(*events: MeetingEvent) -> vobject.base.Component:
    return read(meeting_ics(events, MADE_AT, TEXTS))


def test_a_meeting_says_when_where_and_what_about() -> None:
    calendar = written(EVENT)
    assert (calendar.version.value, calendar.method.value) == ("2.0", "PUBLISH")
    assert calendar.prodid.value == "-//roadmap500//meetings//RU"
    event = calendar.vevent
    assert (event.uid.value, event.sequence.value, event.status.value) == ("meeting-7@roadmap500", "0", "CONFIRMED")
    assert (event.dtstamp.value, event.dtstart.value, event.dtend.value) == (MADE_AT, EVENT.starts_at, EVENT.ends_at)
    assert event.summary.value == EVENT.title
    assert event.location.value == EVENT.place
    assert event.url.value == LINK
    assert event.description.value == f"{EVENT.agenda}\n\nПодключиться: {LINK}"
    assert (event.organizer.value, "attendee" in event.contents) == ("invalid:nomail", False)


def test_times_are_in_utc_wherever_they_came_from() -> None:
    lines = unfolded(meeting_ics([EVENT], msk("2022-03-12 09:30"), TEXTS))
    assert {"DTSTAMP:20220312T063000Z", "DTSTART:20220316T070000Z", "DTEND:20220316T083000Z"} <= set(lines)


def test_it_rings_an_hour_before() -> None:
    alarm = written(EVENT).vevent.valarm
    assert (alarm.action.value, alarm.trigger.value) == ("DISPLAY", timedelta(hours=-1))
    assert alarm.description.value == "Через час: Семинар по документам"


def test_a_moved_meeting_is_the_same_event_and_newer() -> None:
    before, after = (
        written(EVENT).vevent,
        written(replace(EVENT, starts_at=START + timedelta(days=1), changes=1)).vevent,
    )
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value == START + timedelta(days=1)


def test_a_cancelled_meeting_is_a_cancellation_of_the_same_event() -> None:
    calendar = written(replace(EVENT, cancelled=True, changes=2))
    event = calendar.vevent
    assert (calendar.method.value, event.status.value) == ("CANCEL", "CANCELLED")
    assert (event.uid.value, event.sequence.value) == ("meeting-7@roadmap500", "2")
    assert event.organizer.value == "invalid:nomail"
    assert "valarm" not in event.contents  # RFC 5546, 3.2.5: none in a cancellation
    assert event.description.value.endswith("\n\nВстреча отменена.")


def test_each_school_of_an_interview_has_an_event_of_its_own() -> None:
    first, second = (
        replace(EVENT, school_id=school, school=f"Школа № {school}", starts_at=START + timedelta(minutes=school))
        for school in (3, 5)
    )
    found = written(first, second).vevent_list
    assert [(one.uid.value, one.summary.value) for one in found] == [
        ("meeting-7-3@roadmap500", "Семинар по документам: Школа № 3"),
        ("meeting-7-5@roadmap500", "Семинар по документам: Школа № 5"),
    ]


def test_what_is_not_known_leaves_no_holes() -> None:
    event = written(replace(EVENT, place="", link="", agenda="")).vevent
    assert event.contents.keys().isdisjoint({"location", "url", "description"})


LONG = "Площадка; «Школа, где учатся все» \\ корпус № 7: вход со двора, " * 5


@pytest.mark.parametrize("text", [LONG, *HOSTILE])
def test_long_lines_are_folded_and_come_back_whole(text: str) -> None:
    (event,) = written(replace(EVENT, title=text, place=text, agenda=text, school_id=3, school=text)).vevent_list
    kept = text.replace("\x00", " ").replace("\x07", " ")
    assert event.summary.value.split() == f"{kept}: {kept}".split()
    assert event.location.value.split() == kept.split()
    assert event.description.value.split() == f"{kept}\nПодключиться: {LINK}".split()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x.example/a\r\nATTACH:http://y", "https://a b", ""])
def test_what_is_no_link_does_not_become_one(link: str) -> None:
    (event,) = written(replace(EVENT, link=link)).vevent_list
    assert event.contents.keys().isdisjoint({"url", "attach"})


def test_what_looks_like_another_property_is_only_words() -> None:
    title = "Встреча\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTACH:http://x"
    (event,) = written(replace(EVENT, title=title)).vevent_list
    assert "attach" not in event.contents
    assert event.summary.value.split() == title.split()
