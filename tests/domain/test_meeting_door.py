"""When the door of a meeting may be opened, until when, by which code; what is done by coming."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.meeting import Guest, Meeting, MeetingState
from domain.meeting_door import (
    MOST_TRIES,
    DoorFor,
    came_for,
    code_in,
    counts_presence,
    door_times,
    draw_code,
    tries_left,
)
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.roadmap import ItemKind, OwedBy, Threshold, ThresholdKind
from tests.domain.build import a_roadmap, an_item

MOSCOW = ZoneInfo("Europe/Moscow")
TEAMS = Threshold(ThresholdKind.SHARE, 100, "teams")


def msk(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-03-{text}").replace(tzinfo=MOSCOW).astimezone(UTC)


TIMES = door_times(msk("10 10:00"), msk("10 10:00"), msk("10 11:30"), MOSCOW)


@pytest.mark.parametrize(
    ("now", "opens", "marks"),
    [
        ("10 09:29", "early", "early"),
        ("10 09:30", "", ""),
        ("10 23:59", "", ""),
        ("11 00:00", "day-over", ""),
        ("20 12:00", "day-over", ""),
    ],
)
def test_from_half_an_hour_before_to_the_end_of_the_day(now: str, opens: str, marks: str) -> None:
    one = Meeting(1, 1, state=MeetingState.CALLED)
    assert (_why(TIMES.refuse_outside, one, now), _why(TIMES.refuse_marking, one, now)) == (opens, marks)
    assert (TIMES.may_open(one, msk(now)), TIMES.may_mark(one, msk(now))) == (not opens, not marks)


def _why(refuse: Any, one: Meeting, now: str) -> str:
    try:
        refuse(one, msk(now))
    except Refusal as why:
        return str(why.reason).removeprefix("meeting_door.")
    return ""


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (MeetingState.DRAFT, "meeting.not-called"),
        (MeetingState.CANCELLED, "marks-closed"),
        (MeetingState.HELD, "marks-closed"),
    ],
)
def test_only_what_people_were_called_to_has_a_door(state: MeetingState, why: str) -> None:
    one = Meeting(1, 1, state=state)
    assert _why(TIMES.refuse_outside, one, "10 10:00") == _why(TIMES.refuse_marking, one, "10 10:00") == why
    assert not TIMES.may_open(one, msk("10 10:00"))


def test_the_last_of_several_days_and_a_meeting_at_midnight_end_it() -> None:
    interviews = door_times(msk("10 10:00"), msk("12 15:00"), msk("12 15:20"), MOSCOW)
    assert (interviews.since, interviews.until) == (msk("10 09:30"), msk("13 00:00"))
    late = door_times(msk("10 23:30"), msk("10 23:30"), msk("11 00:30"), MOSCOW)
    assert late.until == msk("11 00:30")
    to_midnight = door_times(msk("10 23:00"), msk("10 23:00"), msk("11 00:00"), MOSCOW)
    assert to_midnight.until == msk("11 00:00")


@pytest.mark.parametrize(
    ("span", "now", "closes"),
    [
        (DoorFor.TEN, "10 10:00", "10 10:10"),
        (DoorFor.FIFTEEN, "10 10:00", "10 10:15"),
        (DoorFor.THIRTY, "10 23:50", "11 00:20"),
        (DoorFor.END, "10 10:00", "10 11:30"),
        (DoorFor.END, "10 11:30", "11 00:00"),
    ],
)
def test_it_closes_by_itself(span: DoorFor, now: str, closes: str) -> None:
    assert TIMES.closing(span, msk(now)) == msk(closes)


def test_a_code_is_four_digits_that_no_other_door_has() -> None:
    taken = {f"{number:04}" for number in range(10_000)} - {"0007"}
    assert draw_code(Random(1), taken) == "0007"  # noqa: S311  of a test
    assert draw_code(Random(1), ()) == draw_code(Random(1), ())  # noqa: S311


@pytest.mark.parametrize(
    ("text", "code"),
    [("4827", "4827"), (" 48 27\n", "4827"), ("0000", "0000"), ("482", ""), ("48271", ""), ("48.27", ""), ("код", "")],
)
def test_four_digits_are_a_code(text: str, code: str) -> None:
    assert code_in(text) == code


def test_digits_of_other_scripts_are_no_code() -> None:
    assert code_in("٤٨٢٧") == ""


def test_five_tries() -> None:
    assert [tries_left(Guest("person:1", 1, tries=tries)) for tries in (0, 4, 5, 9)] == [MOST_TRIES, 1, 0, 0]


@pytest.mark.parametrize(
    ("item", "counts"),
    [
        ({"owed_by": OwedBy.SCHOOL, "threshold": TEAMS, "kind": ItemKind.MEETING}, True),
        ({"owed_by": OwedBy.SCHOOL, "threshold": TEAMS, "kind": ItemKind.TRAINING}, True),
        ({"owed_by": OwedBy.CURATOR, "threshold": None, "kind": ItemKind.MEETING}, True),
        ({"owed_by": OwedBy.SCHOOL, "threshold": None, "kind": ItemKind.MONITORING}, False),
        ({"owed_by": OwedBy.EXECUTORS, "threshold": None, "kind": ItemKind.MEETING}, False),
        ({"owed_by": OwedBy.EXECUTORS, "threshold": TEAMS, "kind": ItemKind.MEETING}, False),
        (
            {
                "owed_by": OwedBy.SCHOOL,
                "threshold": Threshold(ThresholdKind.SHARE, 90, "participants"),
                "kind": ItemKind.MEETING,
            },
            False,
        ),
        (
            {
                "owed_by": OwedBy.MUNICIPALITY,
                "threshold": Threshold(ThresholdKind.PER_MUNICIPALITY, 1),
                "kind": ItemKind.MEETING,
            },
            False,
        ),
    ],
)
def test_what_is_done_by_coming(item: dict[str, Any], counts: bool) -> None:
    asked = an_item("до 20.03.2022", **item)
    assert counts_presence(asked) is counts
    duties = (
        Duty(Role.SCHOOL, school_id=7),
        Duty(Role.SCHOOL, school_id=8),
        Duty(Role.CURATOR, school_id=9),
        Duty(Role.COORDINATOR),
    )
    theirs = {OwedBy.SCHOOL: [7, 8], OwedBy.CURATOR: [5]}[asked.owed_by] if counts else []
    assert [one.id for one in came_for(duties, 5, asked, a_roadmap())] == theirs


def test_nothing_is_opened_before_its_half_hour() -> None:
    assert TIMES.since == msk("10 10:00") - timedelta(minutes=30)
