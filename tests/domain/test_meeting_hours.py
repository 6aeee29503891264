"""The hours of interviews as people type them, and the times that they are cut into."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meeting_hours import MOST_SLOTS, Span, new_times, read_spans
from domain.meeting_slot import SLOT_BREAKS, SLOT_LENGTHS
from domain.refusal import Refusal
from tests.people import MOSCOW, msk

NOW = msk("2022-03-10 12:00")
"""A Thursday noon."""


def refusal(typed: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refusal) as refused:
        read_spans(typed, now=NOW, zone=MOSCOW)
    return refused.value.reason, refused.value.details


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22.03 9:00–13:00", [("22 09:00", "22 13:00")]),
        ("23.03 10-12:30", [("23 10:00", "23 12:30")]),
        ("22.03.2022 9:00 - 13:00", [("22 09:00", "22 13:00")]),
        ("22.03 9.00-13.00", [("22 09:00", "22 13:00")]),
        ("22.03 с 9 до 13", [("22 09:00", "22 13:00")]),
        ("22 марта с 9:00 до 13:00", [("22 09:00", "22 13:00")]),
        ("22 марта с 9 до 13 часов", [("22 09:00", "22 13:00")]),
        ("22.03: 9—13 ч.", [("22 09:00", "22 13:00")]),
        ("22 марта, вт, 9:00–13:00", [("22 09:00", "22 13:00")]),
        ("22.03 (вт.) 9:00–13:00.", [("22 09:00", "22 13:00")]),
        ("22.03 в 9:00–13:00", [("22 09:00", "22 13:00")]),
        ("9:00–13:00 22.03", [("22 09:00", "22 13:00")]),
        ("завтра 9-13", [("11 09:00", "11 13:00")]),
        ("в пятницу 9-13", [("11 09:00", "11 13:00")]),
        ("22.03 9–12, 13–15", [("22 09:00", "22 12:00"), ("22 13:00", "22 15:00")]),
        ("22.03 9–12 и 13–15", [("22 09:00", "22 12:00"), ("22 13:00", "22 15:00")]),
        ("22.03 9–12 и с 13 до 15", [("22 09:00", "22 12:00"), ("22 13:00", "22 15:00")]),
        ("22.03 9–12; 12–15", [("22 09:00", "22 12:00"), ("22 12:00", "22 15:00")]),
        ("23.03 9–12\n\n  22.03   9–10 ", [("22 09:00", "22 10:00"), ("23 09:00", "23 12:00")]),
        ("сегодня 12:01–13", [("10 12:01", "10 13:00")]),
        ("22.03 0:00–23:59", [("22 00:00", "22 23:59")]),
    ],
)
def test_what_is_typed_are_the_hours_that_are_meant(typed: str, meant: list[tuple[str, str]]) -> None:
    found = [(one.starts_at, one.ends_at) for one in read_spans(typed, now=NOW, zone=MOSCOW)]
    assert found == [(msk(f"2022-03-{start}"), msk(f"2022-03-{end}")) for start, end in meant]


@pytest.mark.parametrize(
    ("typed", "reason", "details"),
    [
        ("", "no-text", {}),
        (" \n ", "no-text", {}),
        ("22.03", "no-hours", {"line": 1, "fragment": "22.03"}),
        ("22.03 9:00", "no-hours", {"line": 1, "fragment": "22.03 9:00"}),
        ("22.03 25–27", "no-hours", {"line": 1, "fragment": "22.03 25–27"}),
        ("22.03 9:75–13", "no-hours", {"line": 1, "fragment": "22.03 9:75–13"}),
        ("<b>&", "no-hours", {"line": 1, "fragment": "<b>&"}),
        ("9:00–13:00", "no-day", {"line": 1, "fragment": ""}),
        ("22.03 9–13\n9:00–13:00", "no-day", {"line": 2, "fragment": ""}),
        ("31.02 9–13", "no-day", {"line": 1, "fragment": "31.02"}),
        ("когда-нибудь 9–13", "no-day", {"line": 1, "fragment": "когда-нибудь"}),
        ("22.03–23.03 9–13", "no-day", {"line": 1, "fragment": ""}),
        ("22.03 9–13\n23.03 13–9", "backwards", {"line": 2}),
        ("22.03 9–9", "backwards", {"line": 1}),
        ("вчера 9–13", "past-hours", {"line": 1}),
        ("09.03 9–13", "past-hours", {"line": 1}),
        ("сегодня 12–13", "past-hours", {"line": 1}),
        ("22.03.2024 9–13", "far-hours", {"line": 1}),
        ("22.03 9–13\n23.03 9–13\n22.03 12:59–15", "overlapping", {"line": 3, "other": 1}),
        ("22.03 9–13\n22.03 9–13", "overlapping", {"line": 2, "other": 1}),
        ("22.03 9–13, 12–14", "overlapping", {"line": 1, "other": 1}),
        ("22.03 9–18\n22.03 10–11\n22.03 12–13", "overlapping", {"line": 2, "other": 1}),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(typed: str, reason: str, details: dict[str, object]) -> None:
    assert refusal(typed) == (f"meeting_slot.{reason}", details)


def clocks(times: list[datetime]) -> list[str]:
    return [f"{one.astimezone(MOSCOW):%H:%M}" for one in times]


def span(start: str, end: str, line: int = 1) -> Span:
    return Span(msk(f"2022-03-22 {start}"), msk(f"2022-03-22 {end}"), line)


@pytest.mark.parametrize(
    ("hours", "minutes", "pause", "times"),
    [
        (("09:00", "10:00"), 20, 0, ["09:00", "09:20", "09:40"]),
        (("09:00", "10:00"), 20, 5, ["09:00", "09:25"]),
        (("09:00", "10:10"), 20, 5, ["09:00", "09:25", "09:50"]),
        (("09:00", "10:00"), 60, 10, ["09:00"]),
        (("09:00", "09:59"), 60, 0, []),
        (("09:00", "09:05"), 10, 10, []),
        (("09:05", "09:45"), 15, 10, ["09:05", "09:30"]),
    ],
)
def test_hours_are_cut_into_times(hours: tuple[str, str], minutes: int, pause: int, times: list[str]) -> None:
    assert clocks(span(*hours).times(minutes, pause)) == times


def test_a_second_line_that_meets_times_which_are_there_is_refused() -> None:
    known = [msk("2022-03-22 09:00"), msk("2022-03-22 09:40")]
    assert clocks(new_times([span("09:20", "09:40")], 20, 0, known)) == ["09:20"]
    for hours in (("09:30", "10:30"), ("08:45", "09:15"), ("09:00", "09:20")):
        with pytest.raises(Refusal) as refused:
            new_times([span("11:00", "12:00"), span(*hours, 2)], 20, 0, known)
        assert (refused.value.reason, refused.value.details) == ("meeting_slot.there-already", {"line": 2})


def test_hours_too_short_for_one_and_too_many_times_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        new_times([span("09:00", "12:00"), span("13:00", "13:10", 2)], 20, 0)
    assert (refused.value.reason, refused.value.details) == ("meeting_slot.short-hours", {"line": 2, "minutes": 20})
    days = [
        Span(msk("2022-03-22 00:00") + timedelta(days=day), msk("2022-03-23 00:00") + timedelta(days=day))
        for day in range(3)
    ]
    with pytest.raises(Refusal) as refused:
        new_times(days, 10, 0)
    assert (refused.value.reason, refused.value.details) == ("meeting_slot.many-times", {"limit": MOST_SLOTS})


spans = st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 600)), min_size=1, max_size=4).map(
    lambda found: [
        Span(
            msk("2022-03-22 00:00") + timedelta(days=2 * day, minutes=start),
            msk("2022-03-22 00:00") + timedelta(days=2 * day, minutes=start + long),
        )
        for day, (start, long) in enumerate(found)
    ]
)


@given(spans, st.sampled_from(SLOT_LENGTHS), st.sampled_from(SLOT_BREAKS))
def test_times_never_meet_lie_within_the_hours_and_leave_no_room_for_another(
    hours: list[Span], minutes: int, pause: int
) -> None:
    length, gap = timedelta(minutes=minutes), timedelta(minutes=pause)
    for one in hours:
        times = one.times(minutes, pause)
        assert all(one.starts_at <= each and each + length <= one.ends_at for each in times)
        assert all(each + length + gap == other for each, other in pairwise(times))
        after = times[-1] + length + gap if times else one.starts_at
        assert after + length > one.ends_at


@given(spans, st.sampled_from(SLOT_LENGTHS), st.sampled_from(SLOT_BREAKS), st.sampled_from(SLOT_BREAKS))
def test_hours_that_were_added_meet_nothing_that_was_there(
    hours: list[Span], minutes: int, pause: int, other: int
) -> None:
    known = [each for one in hours[1:] for each in one.times(minutes, other)]
    moved = [Span(one.starts_at + timedelta(days=2), one.ends_at + timedelta(days=2)) for one in hours]
    added: list[datetime] = []
    with suppress(Refusal):
        added = new_times(moved, minutes, pause, known)
    every = sorted([*known, *added])
    assert all(one + timedelta(minutes=minutes) <= two for one, two in pairwise(every))
