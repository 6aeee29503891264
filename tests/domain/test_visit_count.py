"""How visits are counted: planned, held, told of, overdue; for whom each of them counts."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.form import Form
from domain.visit import Proposal, ProposalState, ReportState, Standing, Visit, VisitReport
from domain.visit_count import CountedVisit, VisitCount, by_curator, by_municipality, count, whose

DAY = date(2022, 3, 14)
SENT = datetime(2022, 3, 15, 9, tzinfo=UTC)
VISIT = Visit(1, 7, 5, day=DAY)
REPORT = VisitReport(1, ReportState.SENT, 1, DAY, Form("", ()), SENT, SENT, sent_by=6)


def of(standing: Standing, told_on: date | None = None, home: int = 1, *who: int) -> CountedVisit:
    report = replace(REPORT, state=ReportState(standing)) if standing.is_held else None
    return CountedVisit(VISIT, standing, home, frozenset(who), report, told_on)


def test_nothing_is_counted_where_there_is_nothing() -> None:
    assert count([]) == VisitCount()
    assert (VisitCount().percent, VisitCount().ahead) == (0, 0)


@pytest.mark.parametrize(
    ("standing", "counted"),
    [
        (Standing.PROPOSED, VisitCount()),
        (Standing.CANCELLED, VisitCount()),
        (Standing.PLANNED, VisitCount(planned=1)),
        (Standing.TODAY, VisitCount(planned=1)),
        (Standing.OVERDUE, VisitCount(planned=1, overdue=1)),
        (Standing.MISSED, VisitCount(planned=1, missed=1)),
        (Standing.SENT, VisitCount(planned=1, held=1, reported=1)),
        (Standing.RETURNED, VisitCount(planned=1, held=1)),
        (Standing.ACCEPTED, VisitCount(planned=1, held=1, reported=1, accepted=1)),
    ],
)
def test_each_standing_counts_as_what_it_is(standing: Standing, counted: VisitCount) -> None:
    assert count([of(standing)]) == counted


def test_the_parts_make_up_the_whole() -> None:
    found = count(of(one) for one in Standing for _ in range(2))
    assert (found.planned, found.held, found.overdue, found.missed, found.ahead) == (14, 6, 2, 2, 4)
    assert (found.accepted, found.waiting, found.returned) == (2, 2, 2)
    assert found.percent == 42


def test_all_but_one_is_not_everything() -> None:
    assert count([of(Standing.ACCEPTED)] * 299 + [of(Standing.PLANNED)]).percent == 99


@pytest.mark.parametrize(
    ("told_on", "average"),
    [
        ([], None),
        ([date(2022, 3, 14)], 0),
        ([date(2022, 3, 14), date(2022, 3, 15)], 0.5),
        ([date(2022, 3, 13)], 0),
        ([date(2022, 3, 24), date(2022, 3, 15), date(2022, 3, 14)], 11 / 3),
    ],
)
def test_a_report_comes_so_many_days_after_the_visit(told_on: list[date], average: float | None) -> None:
    told = [of(Standing.ACCEPTED, day) for day in told_on]
    assert count([*told, of(Standing.PLANNED)]).told_after == average


def test_each_visit_counts_once_in_each_breakdown() -> None:
    visits = [
        of(Standing.SENT, None, 1, 5),
        of(Standing.OVERDUE, None, 1, 5),
        of(Standing.PLANNED, None, 2, 5, 6),
        of(Standing.MISSED, None, 2),
    ]
    assert by_municipality(visits) == {1: VisitCount(2, 1, 1, 1), 2: VisitCount(2, missed=1)}
    assert by_curator(visits) == {
        frozenset({5}): VisitCount(2, 1, 1, 1),
        frozenset({5, 6}): VisitCount(1),
        frozenset(): VisitCount(1, missed=1),
    }


@pytest.mark.parametrize(
    ("report", "curators", "known", "counts_for"),
    [
        (None, {5, 6}, {5, 6}, {5}),
        (None, {6}, {5, 6}, {6}),
        (None, set(), {5, 6}, set()),
        (REPORT, {5}, {5, 6}, {6}),
        (REPORT, {5}, {5}, {5}),
        (replace(REPORT, sent_by=None), {7}, {5, 6, 7}, {7}),
    ],
)
def test_a_visit_counts_for_whoever_told_of_it(
    report: VisitReport | None, curators: set[int], known: set[int], counts_for: set[int]
) -> None:
    assert whose(VISIT, report, curators, known) == counts_for


def test_what_nobody_told_of_is_carried_into_the_next_year() -> None:
    assert of(Standing.ACCEPTED).is_of(2022)
    assert not of(Standing.ACCEPTED).is_of(2023)
    assert of(Standing.OVERDUE).is_of(2023)
    moved = replace(of(Standing.SENT), report=replace(REPORT, held_on=date(2023, 1, 10)))
    assert (moved.is_of(2022), moved.is_of(2023)) == (False, True)


def test_the_coordinator_knows_of_what_was_sent() -> None:
    sent = replace(VISIT, day=None, proposal=Proposal(DAY, ProposalState.SENT))
    draft = replace(sent, proposal=Proposal(DAY))
    assert [replace(of(Standing.PROPOSED), visit=one).is_known for one in (sent, draft)] == [True, False]
    assert of(Standing.MISSED).is_known
