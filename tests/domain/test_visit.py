"""Visits: where each is on a day, which one of its school it is, whose, and what may become of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.form import Form
from domain.refusal import Refusal
from domain.visit import (
    FARTHEST,
    WHY_LIMIT,
    AgreedAction,
    Proposal,
    ProposalState,
    ReportState,
    Standing,
    Visit,
    VisitReport,
    Wish,
    has_clash,
    may_be,
    numbers,
    proposed,
    reason,
    standing,
    who_goes,
)

TODAY = date(2022, 3, 14)
DAY = timedelta(days=1)
NOW = datetime(2022, 3, 14, 9, tzinfo=UTC)
PLANNED = Visit(1, school_id=7, curator_id=5, day=TODAY)


def report(state: ReportState) -> VisitReport:
    return VisitReport(1, state, 1, TODAY, Form("Отчёт", ()), NOW, NOW)


@pytest.mark.parametrize(
    ("visit", "told", "where"),
    [
        (Visit(1, 7, 5, proposal=Proposal(TODAY)), None, Standing.PROPOSED),
        (Visit(1, 7, 5, proposal=Proposal(TODAY - DAY, ProposalState.SENT)), None, Standing.PROPOSED),
        (replace(PLANNED, day=TODAY + DAY), None, Standing.PLANNED),
        (replace(PLANNED, day=TODAY + DAY, proposal=Proposal(TODAY)), None, Standing.PLANNED),
        (PLANNED, None, Standing.TODAY),
        (replace(PLANNED, day=TODAY - DAY), None, Standing.OVERDUE),
        (replace(PLANNED, day=None, missed_on=TODAY), None, Standing.MISSED),
        (replace(PLANNED, cancelled_at=NOW), None, Standing.CANCELLED),
        (PLANNED, ReportState.SENT, Standing.SENT),
        (replace(PLANNED, day=TODAY - DAY), ReportState.RETURNED, Standing.RETURNED),
        (replace(PLANNED, cancelled_at=NOW), ReportState.ACCEPTED, Standing.ACCEPTED),
    ],
)
def test_where_a_visit_is(visit: Visit, told: ReportState | None, where: Standing) -> None:
    assert standing(visit, report(told) if told else None, TODAY) is where


def test_a_visit_is_ahead_held_or_neither() -> None:
    assert [one for one in Standing if one.is_held] == [Standing.SENT, Standing.RETURNED, Standing.ACCEPTED]
    assert [one for one in Standing if not one.is_held and not one.is_ahead] == [Standing.CANCELLED]
    assert not any(one.is_held and one.is_ahead for one in Standing)


@pytest.mark.parametrize(
    ("visit", "when"),
    [
        (PLANNED, TODAY),
        (replace(PLANNED, proposal=Proposal(TODAY + DAY)), TODAY),
        (Visit(1, 7, 5, proposal=Proposal(TODAY + DAY)), TODAY + DAY),
        (Visit(1, 7, 5, missed_on=TODAY), TODAY),
        (Visit(1, 7, 5, missed_on=TODAY, proposal=Proposal(TODAY + DAY)), TODAY + DAY),
        (Visit(1, 7, 5), date.max),
    ],
)
def test_the_day_that_counts(visit: Visit, when: date) -> None:
    assert visit.when == when


@pytest.mark.parametrize(
    ("state", "waits", "to_send"),
    [
        (None, False, False),
        (ProposalState.DRAFT, False, True),
        (ProposalState.SENT, True, False),
        (ProposalState.RETURNED, False, True),
    ],
)
def test_a_proposal_is_with_the_curator_or_the_coordinator(
    state: ProposalState | None, *, waits: bool, to_send: bool
) -> None:
    visit = replace(PLANNED, proposal=Proposal(TODAY, state) if state else None)
    assert (visit.waits, visit.is_to_send) == (waits, to_send)


def test_visits_are_numbered_by_school_and_year_without_the_cancelled() -> None:
    visits = [
        Visit(1, 7, 5, day=date(2022, 5, 1)),
        Visit(2, 7, 5, day=date(2022, 3, 1)),
        Visit(3, 8, 5, day=date(2022, 4, 1)),
        Visit(4, 7, 5, day=date(2023, 1, 1)),
        Visit(5, 7, 5, day=date(2022, 1, 1), cancelled_at=NOW),
        Visit(6, 7, 5, day=date(2022, 5, 1)),
        Visit(7, 7, 5, proposal=Proposal(date(2022, 4, 1))),
    ]
    assert numbers(visits) == {2: 1, 7: 2, 1: 3, 6: 4, 3: 1, 4: 1}


def test_a_visit_that_was_told_of_keeps_its_number_whatever_is_moved() -> None:
    moved, told, after = (Visit(one, 7, 5, day=date(2022, 4, day)) for one, day in ((1, 25), (2, 11), (3, 30)))
    assert numbers([moved, told, after], {2: 2}) == {2: 2, 1: 3, 3: 4}
    before = Visit(1, 7, 5, day=date(2022, 4, 1))
    assert numbers([before, told, after], {2: 2}) == {1: 1, 2: 2, 3: 3}
    assert numbers([before, told, after], {2: 1}) == {1: 2, 2: 1, 3: 3}


@pytest.mark.parametrize(("curators", "who"), [((5, 6), {5}), ((6, 7), {6, 7}), ((), set())])
def test_the_visit_is_of_whoever_planned_it_while_they_curate_the_school(
    curators: tuple[int, ...], who: set[int]
) -> None:
    assert who_goes(PLANNED, curators) == who


def test_another_day_is_asked_for_and_answers_the_wish() -> None:
    wished = replace(PLANNED, wish=Wish(TODAY + DAY, "контрольные"))
    assert proposed(wished, TODAY + DAY, "дорога") == replace(PLANNED, proposal=Proposal(TODAY + DAY, why="дорога"))
    missed = replace(PLANNED, day=None, missed_on=TODAY)
    assert proposed(missed, TODAY).proposal == Proposal(TODAY)


@pytest.mark.parametrize(
    ("visit", "day", "why"),
    [
        (PLANNED, TODAY, "visit.same-day"),
        (replace(PLANNED, cancelled_at=NOW), TODAY + DAY, "visit.cancelled-already"),
        (replace(PLANNED, proposal=Proposal(TODAY, ProposalState.SENT)), TODAY + DAY, "visit.waits-for-coordinator"),
    ],
)
def test_another_day_that_cannot_be_asked_for(visit: Visit, day: date, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        proposed(visit, day)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (TODAY - DAY, "visit.past-day"),
        (TODAY + FARTHEST + DAY, "visit.far-day"),
        (TODAY + DAY, "visit.twice"),
        (TODAY + 2 * DAY, "visit.twice"),
        (TODAY, None),
        (TODAY + FARTHEST, None),
        (TODAY + 3 * DAY, None),
        (TODAY + 4 * DAY, None),
        (TODAY + 5 * DAY, None),
    ],
)
def test_on_which_days_a_visit_may_be(day: date, why: str | None) -> None:
    """Another one of the school is on the next day and is to be on the one after; the others do not matter."""
    others = [
        Visit(2, 7, 5, day=TODAY + DAY, proposal=Proposal(TODAY + 2 * DAY)),
        Visit(3, 8, 5, day=TODAY + 3 * DAY),
        Visit(4, 7, 5, day=TODAY + 4 * DAY, cancelled_at=NOW),
        Visit(1, 7, 5, day=TODAY + 5 * DAY),
    ]
    if why is None:
        may_be(1, 7, day, TODAY, others)
        return
    with pytest.raises(Refusal, match=why):
        may_be(1, 7, day, TODAY, others)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Болезнь\n ребёнка ", "Болезнь ребёнка"), ("ДТП", "ДТП"), ("я" * WHY_LIMIT, "я" * WHY_LIMIT)],
)
def test_a_reason_is_kept_on_one_line(typed: str, kept: str) -> None:
    assert reason(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *((empty, "visit.no-reason") for empty in ("", " ", "—", "да", "😀😀😀", "...", "\u202e\u202e\u202e")),
        ("я" * (WHY_LIMIT + 1), "visit.long-reason"),
    ],
)
def test_a_reason_that_says_nothing_or_too_much(typed: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        reason(typed)


def test_whether_any_of_the_visits_clashes() -> None:
    assert (has_clash({}), has_clash({1: []})) == (False, False)


def test_an_agreed_action_is_open_until_done_or_dropped() -> None:
    made = AgreedAction(1, 1, 7, "обновить сайт", "завуч", TODAY, NOW)
    assert [one.is_open for one in (made, replace(made, done_at=NOW), replace(made, dropped_at=NOW))] == [
        *(True, False, False)
    ]
