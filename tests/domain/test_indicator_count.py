"""What an indicator counts: who owes, who has done it, how many people, how often."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.debtor import Debtor
from domain.indicator_count import (
    Count,
    Facts,
    Measure,
    Told,
    count,
    needed_of,
    of_debtors,
    of_happenings,
    of_months,
    party_of,
    per_municipality,
)
from domain.roadmap import OwedBy, Threshold, ThresholdKind
from tests.domain.build import YEAR, an_item

TODAY = date(2022, 3, 22)
SCHOOLS = tuple(Debtor(OwedBy.SCHOOL, number) for number in range(1, 9))
TOWNS = tuple(Debtor(OwedBy.MUNICIPALITY, number) for number in range(1, 5))
EXECUTORS = Debtor(OwedBy.EXECUTORS)
TEAMS = {number: [number * 10, number * 10 + 1] for number in range(1, 9)}
MARCH = (date(2022, 3, 1), date(2022, 3, 31))


def day(text: str) -> date:
    """«07.03» of 2022, or a whole date."""
    return date.fromisoformat(text) if "-" in text else date(YEAR, int(text[3:]), int(text[:2]))


def counted(
    facts: Facts,
    *,
    who: tuple[Debtor, ...] = SCHOOLS,
    deadline: str = "до 20.03.2022",
    owed_by: OwedBy = OwedBy.SCHOOL,
    threshold: Threshold | None = None,
    today: date = TODAY,
    teams: Mapping[int, list[int]] = TEAMS,
    **item: Any,
) -> Count:
    made = an_item(deadline, owed_by=owed_by, threshold=threshold, **item)
    return count(made, facts, who, year=YEAR, today=today, teams=teams)


def accepted(*who: Debtor, on: str = "07.03") -> Facts:
    return Facts(dict.fromkeys(who, day(on)))


# --- Whoever owes ----------------------------------------------------------------------------------------------------


def test_item_without_a_threshold_wants_everybody_who_owes_it() -> None:
    assert counted(accepted(*SCHOOLS[:5])) == Count(5, 8, 8, (day("07.03"),) * 5, SCHOOLS[5:], measure=Measure.SCHOOLS)


def test_one_document_closes_what_executors_owe_together() -> None:
    none = counted(Facts(), who=(EXECUTORS,), owed_by=OwedBy.EXECUTORS)
    done = counted(accepted(EXECUTORS), who=(EXECUTORS,), owed_by=OwedBy.EXECUTORS)
    assert (none.done, none.of, none.lacking, none.missing) == (0, 1, 1, (EXECUTORS,))
    assert (done.done, done.of, done.lacking, done.is_whole) == (1, 1, 0, True)


def test_who_left_the_project_is_in_neither_number() -> None:
    gone = Debtor(OwedBy.SCHOOL, 99)
    found = counted(accepted(SCHOOLS[0], gone))
    assert (found.done, found.of, len(found.days)) == (1, 8, 1)


def test_who_waits_for_a_review_has_not_done_it_yet() -> None:
    found = counted(Facts(waiting=frozenset(SCHOOLS)))
    assert (found.done, found.missing) == (0, SCHOOLS)


@pytest.mark.parametrize(
    ("of", "percent", "needed"),
    [(8, 100, 8), (8, 70, 6), (10, 70, 7), (240, 90, 216), (241, 90, 217), (1, 1, 1), (0, 90, 0), (3, 90, 3)],
)
def test_needed_is_the_smallest_number_that_is_so_many_percent(of: int, percent: int, needed: int) -> None:
    assert needed_of(of, percent) == needed


@given(st.integers(1, 10_000), st.integers(1, 100))
def test_one_less_than_needed_is_never_enough(of: int, percent: int) -> None:
    needed = needed_of(of, percent)
    assert Fraction(needed, of) * 100 >= percent > Fraction(needed - 1, of) * 100


def test_seventy_percent_of_the_schools_is_enough_and_the_rest_still_owe_it() -> None:
    share = Threshold(ThresholdKind.SHARE, 70, "schools")
    five, six = (counted(accepted(*SCHOOLS[:number]), threshold=share) for number in (5, 6))
    assert (five.percent, five.needed, five.lacking, five.is_enough) == (62, 6, 1, False)
    assert (six.percent, six.lacking, six.is_enough, six.is_whole) == (75, 0, True, False)


def test_teams_are_counted_as_schools() -> None:
    share = Threshold(ThresholdKind.SHARE, 100, "teams")
    assert counted(accepted(*SCHOOLS[:7]), threshold=share).lacking == 1


def test_nobody_who_owes_is_nothing_and_not_enough() -> None:
    found = counted(Facts(), who=())
    assert (found.done, found.of, found.percent, found.is_enough, found.is_whole) == (0, 0, 0, False, False)


@given(st.sets(st.sampled_from(SCHOOLS)), st.sets(st.sampled_from(SCHOOLS)), st.integers(1, 100) | st.none())
def test_done_and_missing_are_everybody_who_owes(who: set[Debtor], done: set[Debtor], target: int | None) -> None:
    owing = sorted(who)
    found = of_debtors(owing, dict.fromkeys(done, TODAY), target, Measure.SCHOOLS)
    assert found.done == len(who & done) == len(found.days)
    assert list(found.missing) == sorted(who - done)
    assert found.of == len(who)


# --- People ----------------------------------------------------------------------------------------------------------

SURVEY = Threshold(ThresholdKind.SHARE, 90, "participants")


def test_the_denominator_is_everybody_in_the_teams_and_not_everybody_reached() -> None:
    assert counted(Facts(), threshold=SURVEY) == Count(0, 16, 15, missing=SCHOOLS, measure=Measure.PARTICIPANTS)


def test_a_confirmed_team_has_answered_until_a_number_is_told() -> None:
    facts = accepted(*SCHOOLS[:7])
    assert (counted(facts, threshold=SURVEY).done, counted(facts, threshold=SURVEY).lacking) == (14, 1)
    told = Facts(facts.accepted, told=Told(200, 240, day("20.03")))
    found = counted(told, threshold=SURVEY)
    assert (found.done, found.of, found.needed, found.lacking, found.percent) == (200, 240, 216, 16, 83)
    assert found.missing == SCHOOLS[7:]
    assert found.days == (day("20.03"),) * 200


def test_somebody_in_two_teams_answers_once_and_on_the_earlier_day() -> None:
    teams = {1: [10, 11], 2: [11, 12]}
    facts = Facts({SCHOOLS[0]: day("12.03"), SCHOOLS[1]: day("11.03")})
    found = counted(facts, who=SCHOOLS[:2], threshold=SURVEY, teams=teams)
    assert (found.done, found.of) == (3, 3)
    assert found.days == (day("11.03"), day("11.03"), day("12.03"))


def test_more_answers_than_people_are_all_of_them() -> None:
    found = counted(Facts(told=Told(250, 240, day("20.03"))), threshold=SURVEY)
    assert (found.done, found.of, found.percent, len(found.days), found.is_whole) == (240, 240, 100, 240, True)


def test_share_without_a_number_wants_nothing_and_is_enough_when_everybody_answered() -> None:
    share = Threshold(ThresholdKind.SHARE, None, "participants")
    most = counted(Facts(told=Told(239, 240, day("20.03"))), threshold=share)
    all_of_them = counted(Facts(told=Told(240, 240, day("20.03"))), threshold=share)
    assert (most.needed, most.lacking, most.percent, most.is_enough) == (None, 0, 99, False)
    assert all_of_them.is_enough


def test_told_of_nobody_is_not_enough() -> None:
    assert counted(Facts(told=Told(0, 0, day("20.03"))), threshold=SURVEY).is_enough is False


# --- What is held ----------------------------------------------------------------------------------------------------

SEMINARS = Threshold(ThresholdKind.COUNT, 4)
MONTHLY = Threshold(ThresholdKind.MONTHLY, 1)
EVENTS = Threshold(ThresholdKind.PER_MUNICIPALITY, 1)


def held(*days: str, at: int | None = None) -> Facts:
    return Facts(held=tuple((at, day(one)) for one in days))


def test_a_seminar_counts_on_the_edges_of_its_window_and_not_beside_them() -> None:
    facts = held("28.02", "01.03", "20.10", "21.10")
    found = counted(
        facts, who=(EXECUTORS,), deadline="01.03. – 20.10.2022", threshold=SEMINARS, today=date(2022, 12, 1)
    )
    assert (found.done, found.of, found.lacking) == (2, 4, 2)
    assert found.days == (day("01.03"), day("20.10"))
    assert found.missing == (EXECUTORS,)


def test_what_is_dated_later_than_today_has_not_been_held() -> None:
    facts = held("21.03", "22.03", "23.03")
    assert counted(facts, deadline="01.03. – 20.10.2022", threshold=SEMINARS).done == 2


def test_more_seminars_than_wanted_are_enough() -> None:
    found = of_happenings([EXECUTORS], [day("07.03")] * 5, MARCH, 4)
    assert (found.done, found.needed, found.lacking, found.is_whole) == (5, 4, 0, True)


@pytest.mark.parametrize(
    ("days", "today", "done", "lacking"),
    [
        ((), "25.01", 0, ["01.01"]),
        (("19.01",), "31.01", 0, ["01.01"]),
        (("20.01",), "31.01", 1, []),
        (("20.01",), "01.02", 1, ["01.02"]),
        (("20.01", "31.01", "28.02"), "31.03", 2, ["01.03"]),
        (("20.01", "31.03"), "31.03", 2, ["01.02"]),
    ],
)
def test_months_that_are_over_or_running_lack_what_was_not_done_in_them(
    days: tuple[str, ...], today: str, done: int, lacking: list[str]
) -> None:
    facts = held(*days)
    found = counted(facts, who=(EXECUTORS,), deadline="20.01 – 20.10.2022", threshold=MONTHLY, today=day(today))
    assert (found.done, found.of, found.needed) == (done, 10, 10)
    assert [f"{month:%d.%m}" for month in found.months] == lacking


def test_months_run_to_the_31st_of_december_where_no_end_is_named() -> None:
    facts = held("28.09", "28.10", "28.11", "31.12")
    found = counted(
        facts, who=(EXECUTORS,), deadline="ежемесячно, начиная с сентября", threshold=MONTHLY, today=day("31.12")
    )
    assert (found.done, found.of, found.months, found.is_whole) == (4, 4, (), True)


def test_months_of_a_winter_are_those_of_two_years() -> None:
    span = (date(2021, 12, 15), date(2022, 2, 10))
    found = of_months([EXECUTORS], iter([date(2021, 12, 31), date(2022, 1, 1)]), span, 1, date(2022, 2, 10))
    assert (found.done, found.of, found.months) == (2, 3, (date(2022, 2, 1),))


def test_twice_a_month_is_two_days_in_it_and_not_one() -> None:
    span = (date(2022, 3, 1), date(2022, 4, 30))
    days = [day("07.03"), day("08.03"), day("04.04")]
    found = of_months([EXECUTORS], days, span, 2, day("30.04"))
    assert (found.done, found.months) == (1, (date(2022, 4, 1),))


@given(st.lists(st.dates(date(2021, 11, 1), date(2023, 2, 1))), st.integers(1, 3))
def test_full_months_and_lacking_ones_are_all_that_have_begun(days: list[date], target: int) -> None:
    span, today = (date(2022, 1, 20), date(2022, 10, 20)), date(2022, 12, 31)
    found = of_months([EXECUTORS], days, span, target, today)
    inside = [one for one in days if span[0] <= one <= span[1]]
    full = {month for month in range(1, 11) if sum(one.month == month for one in inside) >= target}
    assert found.done == len(full)
    assert {month.month for month in found.months} == set(range(1, 11)) - full


def test_every_municipality_has_its_event_or_is_missing() -> None:
    facts = Facts(held=((1, day("07.03")), (1, day("08.03")), (3, day("01.02")), (2, day("31.01")), (None, TODAY)))
    found = counted(facts, who=TOWNS, deadline="01.02. – 01.11.2022", owed_by=OwedBy.MUNICIPALITY, threshold=EVENTS)
    assert (found.done, found.of, found.needed) == (2, 4, 4)
    assert found.missing == (TOWNS[1], TOWNS[3])
    assert found.days == (day("01.02"), day("07.03"))


def test_a_municipality_is_done_on_the_day_of_the_event_that_made_it_enough() -> None:
    days = [(TOWNS[0], day("20.03")), (TOWNS[0], day("05.03")), (TOWNS[1], day("06.03"))]
    found = per_municipality(TOWNS[:2], days, MARCH, 2)
    assert (found.done, found.days, found.missing) == (1, (day("20.03"),), (TOWNS[1],))


def test_what_is_counted_in_municipalities_they_owe_whatever_the_item_says() -> None:
    item = an_item("01.02. – 01.11.2022", owed_by=OwedBy.EXECUTORS, threshold=EVENTS)
    assert party_of(item) is OwedBy.MUNICIPALITY
    assert party_of(an_item(owed_by=OwedBy.CURATOR)) is OwedBy.CURATOR
