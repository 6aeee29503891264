"""Leave: which days it may have, and on whom duties rest while people are away in turn."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.leave import (
    FARTHEST,
    LONGEST,
    Handover,
    Period,
    StandIn,
    deputies,
    first_day,
    handovers,
    may_begin,
    may_end,
    period,
    refuse_nobody,
    refuse_taken,
    standing,
)
from domain.refusal import Refusal

TODAY = date(2022, 7, 1)
OLGA, TATYANA, IRINA, MARINA = 1, 2, 3, 4


def july(day: int) -> date:
    return date(2022, 7, day)


def away(person: int, deputy: int, since: int, until: int, leave_id: int = 1) -> StandIn:
    """A leave of July."""
    return StandIn(leave_id, person, deputy, july(since), july(until))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (july(1), july(14), Period(july(1), july(14))),
        (july(1), july(1), Period(july(1), july(1))),
        (july(31), date(2022, 8, 1), Period(july(31), date(2022, 8, 1))),
        (date(2022, 6, 30), july(14), Period(july(1), july(14))),  # arranging it went past midnight
        (date(2022, 6, 1), july(1), Period(july(1), july(1))),
        (date(2022, 9, 29), date(2023, 7, 1), Period(date(2022, 9, 29), date(2023, 7, 1))),
    ],
)
def test_the_days_of_a_leave_are_both_included_and_never_past(since: date, until: date, expected: Period) -> None:
    assert period(since, until, TODAY) == expected


@pytest.mark.parametrize(
    ("since", "until", "reason", "day"),
    [
        (july(2), july(1), "leave.reversed", july(2)),
        (date(2022, 6, 1), date(2022, 6, 30), "leave.reversed", july(1)),
        (date(2022, 9, 30), date(2022, 10, 1), "leave.too-far", date(2022, 9, 29)),
        (date.max, date.max, "leave.too-far", date(2022, 9, 29)),
        (july(1), date(2023, 7, 2), "leave.too-long", date(2023, 7, 1)),
        (date.min, date.max, "leave.too-long", date(2023, 7, 1)),
    ],
)
def test_days_that_cannot_be_are_refused(since: date, until: date, reason: str, day: date) -> None:
    with pytest.raises(Refusal) as caught:
        period(since, until, TODAY)
    assert (caught.value.reason, caught.value.details) == (reason, {"day": day})


def test_the_bounds_are_counted_from_today() -> None:
    assert first_day(TODAY + timedelta(days=FARTHEST), TODAY) == TODAY + timedelta(days=FARTHEST)
    assert period(TODAY, TODAY + timedelta(days=LONGEST), TODAY).days == LONGEST + 1


@given(st.dates(date(2021, 1, 1), date(2024, 12, 31)), st.integers(-400, 400), st.integers(-400, 400))
def test_a_leave_that_can_be_is_ahead_and_in_order(today: date, first: int, last: int) -> None:
    since, until = today + timedelta(days=first), today + timedelta(days=last)
    try:
        days = period(since, until, today)
    except Refusal:
        assert last < first or last < 0 or first > FARTHEST or last > LONGEST
    else:
        assert today <= days.since <= days.until == until
        assert days.since in (since, today)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([], [1, 2]),
        ([(1, 5)], [6]),
        ([(2, 5)], [1, 6]),
        ([(1, 1)], [2]),
        ([(1, 5), (6, 8)], [9]),
        ([(3, 5), (10, 12)], [1, 2, 6, 13]),
    ],
)
def test_the_first_days_that_are_offered_are_free(own: list[tuple[int, int]], expected: list[int]) -> None:
    leaves = [away(OLGA, TATYANA, since, until) for since, until in own]
    assert may_begin(leaves, TODAY) == [july(day) for day in expected]


def test_a_leave_that_is_over_offers_no_day_that_has_passed() -> None:
    assert may_begin([StandIn(1, OLGA, TATYANA, date(2022, 6, 1), date(2022, 6, 10))], TODAY) == [july(1), july(2)]


@pytest.mark.parametrize(
    ("own", "expected"), [([], [10, 17, 31]), ([(20, 25)], [10, 17]), ([(10, 11)], []), ([(1, 3)], [10, 17, 31])]
)
def test_the_last_days_that_are_offered_are_whole_weeks_before_another_leave(
    own: list[tuple[int, int]], expected: list[int]
) -> None:
    leaves = [away(OLGA, TATYANA, since, until) for since, until in own]
    assert may_end(leaves, july(4)) == [july(day) for day in expected]


@pytest.mark.parametrize(("since", "until"), [(1, 5), (5, 5), (10, 10), (6, 8), (1, 31)])
def test_a_day_that_another_leave_takes_is_refused(since: int, until: int) -> None:
    with pytest.raises(Refusal) as caught:
        refuse_taken([away(OLGA, TATYANA, 5, 10)], Period(july(since), july(until)))
    assert (caught.value.reason, caught.value.details) == ("leave.taken", {"since": july(5), "until": july(10)})


def test_three_leaves_at_once_are_enough() -> None:
    own = [away(OLGA, TATYANA, day, day) for day in (5, 7, 9)]
    refuse_taken(own[:2], Period(july(11), july(12)))
    with pytest.raises(Refusal, match=r"leave\.enough"):
        refuse_taken(own, Period(july(11), july(12)))


def test_duties_rest_on_the_deputy_from_the_first_day_to_the_last() -> None:
    leave = away(OLGA, TATYANA, 2, 4)
    found = [deputies([leave], july(day)) for day in (1, 2, 4, 5)]
    assert found == [{}, {OLGA: TATYANA}, {OLGA: TATYANA}, {}]


@pytest.mark.parametrize(
    ("leaves", "expected"),
    [
        ([(OLGA, TATYANA), (TATYANA, IRINA)], {OLGA: IRINA, TATYANA: IRINA}),
        ([(OLGA, TATYANA), (TATYANA, IRINA), (IRINA, MARINA)], dict.fromkeys((OLGA, TATYANA, IRINA), MARINA)),
        ([(OLGA, TATYANA), (IRINA, TATYANA)], {OLGA: TATYANA, IRINA: TATYANA}),
        ([(OLGA, TATYANA), (TATYANA, OLGA)], {}),
        ([(OLGA, OLGA)], {}),
        ([(OLGA, TATYANA), (TATYANA, IRINA), (IRINA, TATYANA)], {}),
        ([(OLGA, TATYANA), (TATYANA, OLGA), (IRINA, MARINA)], {IRINA: MARINA}),
    ],
)
def test_a_chain_is_followed_and_a_circle_leaves_everybody_their_own(
    leaves: list[tuple[int, int]], expected: dict[int, int]
) -> None:
    assert deputies([away(who, to, 1, 9) for who, to in leaves], july(5)) == expected


leaves_of_july = st.builds(
    lambda person, deputy, since, length: away(person, deputy, since, min(31, since + length)),
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(1, 31),
    st.integers(0, 20),
)


def one_at_a_time(leaves: Iterable[StandIn]) -> list[StandIn]:
    """Nobody has two leaves on one day; ids in order."""
    kept: list[StandIn] = []
    for number, one in enumerate(leaves, 1):
        if not any(other.person_id == one.person_id and other.period.overlaps(one) for other in kept):
            kept.append(StandIn(number, one.person_id, one.deputy_id, one.since, one.until))
    return kept


everybodys = st.lists(leaves_of_july, max_size=8).map(one_at_a_time)


@given(everybodys, st.integers(1, 31))
def test_whoever_carries_duties_is_there_and_whoever_does_not_keeps_their_own(leaves: list[StandIn], day: int) -> None:
    absent = {one.person_id for one in leaves if one.covers(july(day))}
    found = deputies(leaves, july(day))
    assert found.keys() <= absent
    assert not absent & set(found.values())


@given(everybodys, st.integers(0, 7), st.integers(1, 31))
def test_a_handover_is_what_a_leave_changes_on_some_of_its_days(leaves: list[StandIn], which: int, day: int) -> None:
    if not leaves:
        return
    leave = leaves[which % len(leaves)]
    others = [one for one in leaves if one is not leave]
    before, after = deputies(others, july(day)), deputies(leaves, july(day))
    for who, to in after.items():
        if before.get(who) != to:
            (told,) = [one for one in handovers(others, leave) if one.deputy_id == to]
            assert who in told.people
            assert told.days.since <= july(day) <= told.days.until


@given(everybodys, st.integers(0, 7))
def test_a_leave_that_is_not_refused_leaves_no_day_to_nobody(leaves: list[StandIn], which: int) -> None:
    if not leaves:
        return
    leave = leaves[which % len(leaves)]
    others = [one for one in leaves if one is not leave]
    days = [leave.since + timedelta(days=step) for step in range(leave.period.days)]
    carried = [leave.person_id in deputies(leaves, day) for day in days]
    if all(carried):
        refuse_nobody(others, leave, "Татьяна")
    else:
        with pytest.raises(Refusal) as caught:
            refuse_nobody(others, leave, "Татьяна")
        assert caught.value.details["day"] == days[carried.index(False)]


def test_who_gets_what_by_a_leave_while_others_are_away_too() -> None:
    """Tatyana stands in for Irina already; Olga's leave gives both to Marina, Tatyana's deputy, on the days of hers."""
    others = [away(IRINA, TATYANA, 1, 31), away(TATYANA, MARINA, 10, 12)]
    assert handovers(others, away(OLGA, TATYANA, 8, 20)) == [
        Handover(TATYANA, frozenset({OLGA}), Period(july(8), july(20))),
        Handover(MARINA, frozenset({OLGA}), Period(july(10), july(12))),
    ]
    assert handovers([away(IRINA, TATYANA, 1, 31)], away(TATYANA, MARINA, 10, 12)) == [
        Handover(MARINA, frozenset({TATYANA, IRINA}), Period(july(10), july(12)))
    ]


def test_two_who_would_stand_in_for_each_other_are_refused_on_the_day_both_are_away() -> None:
    others = [away(TATYANA, OLGA, 10, 20)]
    refuse_nobody(others, away(OLGA, TATYANA, 1, 9), "Татьяна")
    with pytest.raises(Refusal) as caught:
        refuse_nobody(others, away(OLGA, TATYANA, 5, 12), "Татьяна")
    assert (caught.value.reason, caught.value.details) == ("leave.nobody-then", {"name": "Татьяна", "day": july(10)})


def test_for_whom_a_person_stands_in_is_what_was_arranged_and_what_comes_through_others_today() -> None:
    arranged, later = away(OLGA, TATYANA, 1, 20, 1), away(IRINA, TATYANA, 15, 16, 2)
    through = away(TATYANA, MARINA, 1, 5, 3)
    known = [arranged, later, through]
    assert standing(known, TATYANA, july(2)) == [arranged, later]
    assert standing(known, MARINA, july(2)) == [away(OLGA, TATYANA, 1, 5, 1), through]
    assert standing(known, MARINA, july(6)) == [through]
    assert standing(known, OLGA, july(2)) == []
