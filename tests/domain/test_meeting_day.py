"""When each guest is to be there, and when they are reminded; what «Кто придёт» is made of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import WorkCalendar
from domain.hours import Hours
from domain.meeting import Coming, Guest, Meeting, NamedGuest
from domain.meeting_day import Appointment, appointments, begins, mornings, soon_at, starts
from domain.meeting_slot import Slot
from domain.meeting_who import WhoPart, by_part
from domain.notice_rules import Rules
from tests.people import msk

AT = msk("2022-03-24 10:00")
MEETING = Meeting(1, 1, starts_at=AT)
INTERVIEW = replace(MEETING, slot_minutes=20)
SLOTS = [
    Slot(number, 1, AT + timedelta(minutes=20 * number), school, 5 if school else None, AT if school else None)
    for number, school in enumerate((None, 7, 8))
]
RULES = Rules()
HOURS = Hours(ZoneInfo("Europe/Moscow"), RULES, WorkCalendar({}))


@pytest.mark.parametrize(
    ("one", "schools", "found"),
    [
        (MEETING, {7}, [Appointment(AT)]),
        (INTERVIEW, set(), [Appointment(AT)]),
        (INTERVIEW, {8}, [Appointment(AT + timedelta(minutes=40), 8, AT)]),
        (INTERVIEW, {9, 7}, [Appointment(AT + timedelta(minutes=20), 7, AT), Appointment(None, 9)]),
    ],
)
def test_at_an_interview_a_guest_comes_with_their_schools(
    one: Meeting, schools: set[int], found: list[Appointment]
) -> None:
    assert appointments(one, SLOTS, schools) == found


@pytest.mark.parametrize(
    ("one", "schools", "until"),
    [(MEETING, {7}, 0), (INTERVIEW, {7}, 20), (INTERVIEW, {9}, 40), (INTERVIEW, {7, 9}, 40), (INTERVIEW, set(), 0)],
)
def test_it_begins_for_a_guest_when_they_are_to_be_there(one: Meeting, schools: set[int], until: int) -> None:
    slots = SLOTS if one.is_by_slots else []
    assert begins(one, slots, appointments(one, slots, schools)) == AT + timedelta(minutes=until)


def test_it_begins_whenever_somebody_is_to_be_there() -> None:
    assert starts(MEETING, []) == [AT]
    assert starts(INTERVIEW, SLOTS) == [AT, AT + timedelta(minutes=20), AT + timedelta(minutes=40)]
    assert starts(replace(MEETING, starts_at=None), []) == []


@pytest.mark.parametrize(
    ("day", "ahead", "found"),
    [
        (date(2022, 3, 24), (7, 1), {date(2022, 3, 17): 7, date(2022, 3, 23): 1}),
        (date(2022, 3, 28), (7, 1), {date(2022, 3, 21): 7, date(2022, 3, 25): 1}),
        (date(2022, 3, 28), (2, 1), {date(2022, 3, 25): 1}),
        (date(2022, 5, 3), (1,), {date(2022, 4, 29): 1}),
    ],
)
def test_the_mornings_before_are_working_days(day: date, ahead: tuple[int, ...], found: dict[date, int]) -> None:
    assert mornings(day, HOURS.calendar, replace(RULES, meeting_ahead=ahead)) == found


@pytest.mark.parametrize(
    ("begins_at", "due"),
    [("10:00", "09:00"), ("08:30", "08:00"), ("08:00", None), ("07:00", None), ("20:30", "19:30"), ("21:01", None)],
)
def test_shortly_before_it_is_never_night(begins_at: str, due: str | None) -> None:
    assert soon_at(msk(f"2022-03-24 {begins_at}"), HOURS) == (msk(f"2022-03-24 {due}") if due else None)


def test_everybody_stands_in_one_part() -> None:
    invited = Guest("person:1", 1, invited_at=datetime(2022, 3, 1, tzinfo=UTC))
    silent = NamedGuest(invited, "Анна")
    lost = replace(silent, can_be_told=False)
    said = {coming: replace(lost, guest=replace(invited, coming=coming)) for coming in Coming}
    assert by_part([silent, lost, *said.values()]) == {
        WhoPart.YES: [said[Coming.YES]],
        WhoPart.OTHER: [said[Coming.OTHER]],
        WhoPart.NO: [said[Coming.NO]],
        WhoPart.SILENT: [silent],
        WhoPart.PHONE: [lost],
    }
