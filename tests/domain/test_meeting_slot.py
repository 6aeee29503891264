"""The times of an interview: which are free, who has none, who wishes for whose, and how they are shown."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meeting import Meeting, MeetingState
from domain.meeting_slot import SeenSlot, Slot, SlotSheet, at_minute, bounds, by_day, minute_of
from domain.registry import School
from tests.people import MOSCOW, msk

SCHOOLS = tuple(School(number, f"Школа № {number}", 1) for number in (7, 8, 9))
BEFORE = msk("2022-03-20 12:00")


def slot(number: int, clock: str, school: int | None = None, wants: int | None = None) -> SeenSlot:
    kept = Slot(number, 1, msk(f"2022-03-{clock}"), school, wants_id=wants)
    return SeenSlot(kept, 20, next((one for one in SCHOOLS if one.id == school), None))


def sheet(*slots: SeenSlot, now: datetime = BEFORE, state: MeetingState = MeetingState.CALLED) -> SlotSheet:
    one = Meeting(1, 1, state=state, slot_minutes=20)
    return SlotSheet(one, slots, SCHOOLS, frozenset(), MOSCOW, now)


def test_what_is_free_and_who_has_no_time() -> None:
    nine, ten, eleven = slot(1, "22 09:00", 7), slot(2, "22 10:00"), slot(3, "22 11:00")
    left = replace(slot(4, "22 12:00"), left="Школа № 1")
    found = sheet(nine, ten, eleven, left, now=msk("2022-03-22 10:00"))
    assert found.free == [eleven, left]
    assert found.taken == [nine]
    assert found.without == [*SCHOOLS[1:]]
    assert found.lacking == 0
    assert (found.of(7), found.of(8)) == (nine, None)
    assert (found.at(msk("2022-03-22 10:00")), found.at(BEFORE)) == (ten, None)
    assert (found.school(8), found.school(1)) == (SCHOOLS[1], None)


def test_how_many_times_are_lacking() -> None:
    assert sheet(slot(1, "22 09:00", 7), slot(2, "22 10:00")).lacking == 1
    assert sheet(slot(1, "22 09:00")).lacking == 2


@pytest.mark.parametrize(
    ("clock", "is_odd"),
    [("22 06:59", True), ("22 07:00", False), ("22 20:40", False), ("22 20:41", True), ("22 23:50", True)],
)
def test_times_at_night_are_odd(clock: str, is_odd: bool) -> None:
    assert sheet(slot(1, "22 09:00"), slot(2, clock)).is_odd is is_odd


def test_a_wish_is_there_while_both_times_are_of_schools_and_ahead() -> None:
    asking, asked, third = slot(1, "22 09:00", 7, wants=2), slot(2, "22 10:00", 8), slot(3, "22 11:00", 9)
    found = sheet(asking, asked, third)
    assert (found.wish(7), found.wish(8), found.wish(1)) == (asked, None, None)
    assert (found.wishes_of(8), found.wishes_of(7), found.wishes_of(1)) == ([asking], [], [])
    assert (found.others(7), found.others(1)) == ([asked, third], [])
    for gone in (
        sheet(asking, slot(2, "22 10:00"), third),
        sheet(asking, third),
        sheet(asking, asked, third, now=msk("2022-03-22 09:00")),
        sheet(asking, asked, third, state=MeetingState.CANCELLED),
        sheet(slot(1, "22 12:00", 7, wants=2), asked, now=msk("2022-03-22 10:00")),
    ):
        assert (gone.wish(7), gone.wishes_of(8)) == (None, [])


def test_days_are_shown_one_after_another_and_long_ones_in_parts() -> None:
    slots = [slot(number, f"22 09:{number:02}") for number in range(5)] + [slot(9, "23 00:10")]
    parts = by_day(slots, MOSCOW, 3)
    assert [(part.day, part.slots) for part in parts] == [
        (date(2022, 3, 22), tuple(slots[:3])),
        (date(2022, 3, 22), tuple(slots[3:5])),
        (date(2022, 3, 23), tuple(slots[5:])),
    ]
    assert by_day([], MOSCOW, 3) == []


def test_a_meeting_lasts_from_its_first_time_to_the_end_of_the_last() -> None:
    slots = [slot(1, "23 10:00").slot, slot(2, "22 09:00").slot]
    assert bounds(slots, 20) == (msk("2022-03-22 09:00"), 25 * 60 + 20)


@given(st.integers(0, 2**31))
def test_buttons_name_an_instant_to_the_minute(minute: int) -> None:
    assert minute_of(at_minute(minute)) == minute
    assert minute_of(at_minute(minute) + timedelta(seconds=59)) == minute
