"""Calendars of visits, read back by another library than the one that writes them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.visit_paper import VisitEvent
from reports.visit_ics import visits_ics
from tests.people import msk
from tests.reports.calendars import read, unfolded
from tests.reports.visit_papers import EVENT, HOSTILE
from texts import Texts

TEXTS = Texts()
MADE_AT = datetime(2022, 3, 12, 6, 30, tzinfo=UTC)


def written(*events: VisitEvent) -> bytes:
    return visits_ics(events, MADE_AT, TEXTS)


def test_a_calendar_says_whose_it_is_and_that_it_is_published() -> None:
    calendar = read(written(EVENT))
    assert (calendar.version.value, calendar.method.value) == ("2.0", "PUBLISH")
    assert calendar.prodid.value == "-//roadmap500//visits//RU"
    assert calendar.x_wr_calname.value == "Визиты кураторов «500+»"
    assert calendar.vevent.organizer.value == "invalid:nomail"  # RFC 5546, 3.2.1: somebody must be named
    assert calendar.vevent.organizer.params == {"CN": ["Дорожная карта «500+»"]}


def test_a_visit_takes_the_whole_day_and_says_where_and_whom() -> None:
    event = read(written(EVENT)).vevent
    assert event.uid.value == "visit-12@roadmap500"
    assert (event.dtstart.value, event.dtend.value) == (date(2022, 3, 21), date(2022, 3, 22))
    assert (event.dtstamp.value, event.sequence.value) == (MADE_AT, "0")
    assert event.summary.value == "Визит 1: Школа № 7"
    assert event.location.value == "ул. Мира, 5, Южский район"
    assert event.description.value == "Школа № 7, Южский район\nКуратор: Инна Зимина, методист"
    assert event.status.value == "CONFIRMED"


def test_it_is_called_to_mind_at_nine_of_the_day_before() -> None:
    event = read(written(EVENT)).vevent
    assert (event.valarm.action.value, event.valarm.trigger.value) == ("DISPLAY", timedelta(hours=-15))
    assert event.valarm.description.value == "Завтра визит: Школа № 7"


def test_a_moved_visit_is_the_same_event_and_newer() -> None:
    moved = read(written(replace(EVENT, day=date(2022, 3, 28), changes=1))).vevent
    assert (moved.uid.value, moved.sequence.value) == ("visit-12@roadmap500", "1")
    assert moved.dtstart.value == date(2022, 3, 28)


def test_a_cancelled_visit_stays_as_cancelled_and_rings_no_more() -> None:
    event = read(written(replace(EVENT, cancelled=True, number=0, changes=2))).vevent
    assert (event.status.value, event.summary.value) == ("CANCELLED", "Визит: Школа № 7")
    assert event.description.value.endswith("\nВизит отменён.")
    assert "valarm" not in event.contents


def test_visits_come_by_their_days_each_with_its_own_uid() -> None:
    events = [replace(EVENT, visit_id=n, day=date(2022, 3, 31) - timedelta(days=n)) for n in range(1, 25)]
    found = read(written(*events)).vevent_list
    assert [one.uid.value for one in found] == [f"visit-{n}@roadmap500" for n in range(24, 0, -1)]


def test_a_calendar_of_nothing_is_one() -> None:
    assert "vevent" not in read(written()).contents


def test_the_moment_is_told_in_utc_wherever_it_came_from() -> None:
    content = visits_ics([EVENT], msk("2022-03-12 09:30"), TEXTS)
    assert "DTSTAMP:20220312T063000Z" in unfolded(content)


def test_unknown_address_and_curator_leave_no_holes() -> None:
    event = read(written(replace(EVENT, address="", curator="", municipality=""))).vevent
    assert (event.location.value, event.description.value) == ("Школа № 7", "Школа № 7")


LONG = "Муниципальное бюджетное общеобразовательное учреждение; «Школа, где учатся все» \\ № 7"


@pytest.mark.parametrize("text", [LONG, *HOSTILE])
def test_long_lines_are_folded_and_come_back_whole(text: str) -> None:
    content = written(replace(EVENT, school=text, address=text, curator=text, position=text))
    kept = text.replace("\x00", " ").replace("\x07", " ")
    (event,) = read(content).vevent_list
    assert event.summary.value.split() == f"Визит 1: {kept}".split()
    assert event.location.value.split() == f"{kept}, Южский район".split()


def test_what_looks_like_another_property_is_only_words() -> None:
    school = "Школа\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTACH:http://x"
    (event,) = read(written(replace(EVENT, school=school))).vevent_list
    assert "attach" not in event.contents
    assert event.summary.value.split() == ["Визит", "1:", *school.split()]
