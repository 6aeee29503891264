"""What is in a calendar: meetings, the times of schools, last days; and what of it everybody may see."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.calendar_feed import DueEvent, MeetingEvent, due_event, meeting_event, public_event, slot_events
from domain.meeting import Meeting, MeetingState
from domain.meeting_slot import Slot
from domain.roadmap import KeptItem
from tests.people import an_item, msk

START, CALLED = msk("2022-03-16 10:00"), msk("2022-03-09 12:00")
MEETING = Meeting(
    7, 1, title="Семинар", starts_at=START, minutes=90, place="Иваново", link="https://meet.example/x",
    agenda="Документы", state=MeetingState.CALLED, changes=2, called_at=CALLED,
)  # fmt: skip
EVENT = MeetingEvent(
    7, "Семинар", START, START + timedelta(minutes=90), "Иваново", "https://meet.example/x", "Документы", 2
)
INTERVIEW = replace(MEETING, slot_minutes=20)
SCHOOLS = {3: "Школа № 3", 5: "Школа № 5"}


def slot(place: int, school_id: int | None = None, taken_after: int = 0) -> Slot:
    """The ``place``-th time of twenty minutes."""
    taken = CALLED + timedelta(seconds=taken_after) if school_id else None
    return Slot(place, 7, START + timedelta(minutes=20 * place), school_id, taken_at=taken)


def test_a_meeting_is_one_event() -> None:
    assert meeting_event(MEETING) == EVENT


def test_a_cancelled_one_says_so_and_a_draft_is_nothing() -> None:
    assert meeting_event(replace(MEETING, state=MeetingState.CANCELLED)) == replace(EVENT, cancelled=True)
    assert meeting_event(replace(MEETING, state=MeetingState.HELD)) == EVENT
    assert meeting_event(replace(MEETING, state=MeetingState.DRAFT)) is None


def test_of_an_interview_it_is_the_time_of_one_s_own_schools() -> None:
    slots = [slot(0), slot(1, 5), slot(2, 9), slot(3, 3)]
    found = slot_events(INTERVIEW, slots, SCHOOLS)
    assert [(one.school_id, one.school, one.starts_at, one.ends_at) for one in found] == [
        (5, "Школа № 5", START + timedelta(minutes=20), START + timedelta(minutes=40)),
        (3, "Школа № 3", START + timedelta(minutes=60), START + timedelta(minutes=80)),
    ]
    assert slot_events(INTERVIEW, [slot(0), slot(1, 9)], SCHOOLS) == []
    assert slot_events(replace(INTERVIEW, state=MeetingState.DRAFT), slots, SCHOOLS) == []
    assert slot_events(MEETING, slots, SCHOOLS) == []


def test_a_time_that_was_taken_later_is_newer_and_so_is_a_changed_meeting() -> None:
    def changes(one: Meeting, taken: Slot) -> int:
        return slot_events(one, [taken], SCHOOLS)[0].changes

    first, later = slot(0, 3, 60), slot(1, 3, 90)
    moved, cancelled = replace(INTERVIEW, changes=3), replace(INTERVIEW, changes=3, state=MeetingState.CANCELLED)
    assert (changes(INTERVIEW, first), changes(INTERVIEW, later), changes(moved, later)) == (62, 92, 93)
    assert changes(cancelled, later) > changes(INTERVIEW, later)
    assert changes(INTERVIEW, slot(0, 3, -60)) == 2  # given out before anybody was called


def test_everybody_may_know_what_when_and_where_alone() -> None:
    assert public_event(MEETING) == replace(EVENT, link="", agenda="")
    assert public_event(replace(MEETING, state=MeetingState.DRAFT)) is None
    assert public_event(replace(MEETING, starts_at=None)) is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Зал 2, https://meet.example/secret?pwd=1", "Зал 2"),
        ("www.meet.example/secret", ""),
        ("meet.example/j/123 и зал", "и зал"),
        ("Телемост: вебинар.рф/123", "Телемост"),
        ("zoommtg://zoom.example/join?x=1", ""),
        ("Семинар, вопросы: ivanova@school7.ru или @ivanova_anna", "Семинар, вопросы: или"),
        ("ул. Мира, д.5/2, каб. 3", "ул. Мира, д.5/2, каб. 3"),
        ("п. 10, 24.03.2022", "п. 10, 24.03.2022"),
    ],
)
def test_an_address_among_the_words_is_not_for_everybody(typed: str, shown: str) -> None:
    found = public_event(replace(MEETING, title=typed, place=typed))
    assert found is not None
    assert (found.title, found.place) == (shown, shown)


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("17.03.2022", date(2022, 3, 17)),
        ("до 20.03.2022", date(2022, 3, 20)),
        ("10.03 – 24.03.2022", date(2022, 3, 24)),
        ("июнь 2022", date(2022, 6, 30)),
        ("после 29.04.2022", None),
        ("", None),
        ("ежемесячно до 25 декабря", None),
    ],
)
def test_the_last_day_of_an_item(deadline: str, day: date | None) -> None:
    item = an_item(16, deadline)
    due = DueEvent(4, 16, "Мероприятие 16", day, item.deadline) if day else None
    assert due_event(KeptItem(4, 1, item)) == due


def test_a_chosen_day_is_the_last_day_of_an_after_item() -> None:
    due = due_event(KeptItem(4, 1, replace(an_item(21, "после 29.04.2022"), held_on=date(2022, 5, 18))))
    assert due is not None
    assert due.day == date(2022, 5, 18)
