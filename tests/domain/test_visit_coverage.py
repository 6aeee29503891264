"""Which schools and curators have no visits, and the visits month by month."""

from dataclasses import replace
from datetime import date

import pytest

from domain.people import Duty, Role
from domain.registry import Municipality, Registered, Registry, School
from domain.visit import Proposal, ProposalState, Standing, Visit
from domain.visit_coverage import Placed, VisitCoverage, VisitGap, VisitMonth, Wanting, visit_coverage

SEVEN, EIGHT, NINE = School(7, "Школа № 7", 1), School(8, "Школа № 8", 1), School(9, "Школа № 9", 2)
NATALYA = Registered(5, "Наталья", "", (Duty(Role.CURATOR, 7), Duty(Role.CURATOR, 8)))
SVETLANA = Registered(6, "", "", (Duty(Role.CURATOR, 8),))
REGISTRY = Registry(
    (Municipality(1, "Южский район"), Municipality(2, "Вичуга")), (), (SEVEN, EIGHT, NINE), (NATALYA, SVETLANA)
)
DAY = date(2022, 3, 14)
DRAFT = Placed(Visit(1, 7, 5, proposal=Proposal(DAY)), Standing.PROPOSED)
SENT = Placed(Visit(1, 7, 5, proposal=Proposal(DAY, ProposalState.SENT)), Standing.PROPOSED)
PLANNED = Placed(Visit(1, 7, 5, day=DAY), Standing.PLANNED)
HELD = Placed(Visit(1, 7, 5, day=DAY), Standing.SENT, date(2022, 4, 1))
MISSED = Placed(Visit(1, 7, 5, missed_on=DAY), Standing.MISSED)


def found(*visits: Placed, schools: tuple[School, ...] = (SEVEN, EIGHT, NINE), year: int = 2022) -> VisitCoverage:
    return visit_coverage(REGISTRY, schools, visits, year)


def ids(coverage: VisitCoverage, gap: VisitGap) -> list[int]:
    return [one.id for one in coverage.of(gap)]


def test_nothing_planned() -> None:
    coverage = found()
    assert (coverage.schools, coverage.curators, coverage.counts, coverage.months) == (3, 2, {}, ())
    assert coverage.of(VisitGap.NO_CURATOR) == (Wanting(9, "Школа № 9", "Вичуга"),)
    assert ids(coverage, VisitGap.NO_VISIT) == [7, 8]
    assert coverage.of(VisitGap.NO_SCHEDULE) == (
        Wanting(5, "Наталья", schools=2),
        Wanting(6, "участник № 6", schools=1),
    )


@pytest.mark.parametrize(
    ("visit", "without"), [(DRAFT, [5, 6]), (SENT, [6]), (PLANNED, [6]), (HELD, [6]), (MISSED, [6])]
)
def test_a_draft_is_a_visit_and_no_schedule(visit: Placed, without: list[int]) -> None:
    coverage = found(visit)
    assert ids(coverage, VisitGap.NO_VISIT) == [8]
    assert ids(coverage, VisitGap.NO_SCHEDULE) == without


def test_the_visit_of_whoever_left_the_school_is_of_those_who_curate_it() -> None:
    former = Placed(Visit(1, 8, 99, day=DAY), Standing.PLANNED)
    assert ids(found(former), VisitGap.NO_SCHEDULE) == []


def test_only_what_is_seen_counts() -> None:
    coverage = found(PLANNED, schools=(NINE,))
    assert (coverage.schools, coverage.curators, coverage.months) == (1, 0, ())
    assert [ids(coverage, gap) for gap in VisitGap] == [[9], [], []]


def test_only_that_year_counts() -> None:
    assert found(PLANNED, year=2023).counts == {}
    assert ids(found(PLANNED, year=2023), VisitGap.NO_VISIT) == [7, 8]


def test_months_tell_held_planned_and_asked_apart_and_leave_the_missed_out() -> None:
    others = [replace(one, visit=replace(one.visit, id=2, school_id=8)) for one in (PLANNED, DRAFT)]
    coverage = found(*others, HELD, MISSED)
    assert coverage.months == (VisitMonth(date(2022, 3, 1), 0, 1, 1), VisitMonth(date(2022, 4, 1), 1, 0, 0))
    assert coverage.counts == {
        Standing.PLANNED: 1, Standing.PROPOSED: 1, Standing.SENT: 1, Standing.MISSED: 1
    }  # fmt: skip
