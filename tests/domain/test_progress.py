"""Whose turn it is by the confirmations of those whom a person acts for."""

import pytest

from domain.completion import CompletionState
from domain.debtor import Debtor, speaks_for
from domain.people import Duty, Role
from domain.progress import NO_PART, Part, Progress, Standing, part_of
from domain.roadmap import OwedBy, Threshold, ThresholdKind
from domain.task import WaitsFor, tasks
from tests.domain.build import a_roadmap, an_item, kept
from tests.domain.test_task import TODAY

DRAFT, SENT = CompletionState.DRAFT, CompletionState.SENT
RETURNED, ACCEPTED = CompletionState.RETURNED, CompletionState.ACCEPTED
FIRST, SECOND = Debtor(OwedBy.SCHOOL, 1), Debtor(OwedBy.SCHOOL, 2)
SCHOOL, OTHER, COORDINATOR = Duty(Role.SCHOOL, 1), Duty(Role.SCHOOL, 2), Duty(Role.COORDINATOR)


@pytest.mark.parametrize(
    ("states", "exempt", "expected"),
    [
        ({}, (), Standing.OPEN),
        ({FIRST: DRAFT}, (), Standing.OPEN),
        ({FIRST: SENT}, (), Standing.OPEN),
        ({FIRST: SENT, SECOND: SENT}, (), Standing.REVIEW),
        ({FIRST: SENT, SECOND: ACCEPTED}, (), Standing.REVIEW),
        ({FIRST: SENT}, (SECOND,), Standing.REVIEW),
        ({FIRST: RETURNED, SECOND: SENT}, (), Standing.RETURNED),
        ({FIRST: RETURNED}, (FIRST,), Standing.OPEN),
        ({FIRST: ACCEPTED, SECOND: ACCEPTED}, (), Standing.DONE),
        ({FIRST: ACCEPTED}, (SECOND,), Standing.DONE),
        ({}, (FIRST, SECOND), Standing.DONE),
    ],
)
def test_of_several_schools_all_have_to_be_done(
    states: dict[Debtor, CompletionState], exempt: tuple[Debtor, ...], expected: Standing
) -> None:
    assert Progress({5: states}, {5: exempt}).standing(5, [FIRST, SECOND]) is expected


def the_part(*duties: Duty, state: CompletionState = SENT, **item: object) -> Part:
    roadmap = kept(a_roadmap(an_item("до 20 марта", number=7, **{"owed_by": OwedBy.SCHOOL} | item)))
    return part_of(roadmap.items[0], roadmap.roadmap, duties, 9, Progress({roadmap.items[0].id: {FIRST: state}}))


def test_whoever_only_carries_it_out_confirms_nothing() -> None:
    assert the_part(COORDINATOR, executors=("coordinator",)) == NO_PART
    assert not NO_PART.is_done


def test_who_carries_it_out_besides_is_not_rid_of_it() -> None:
    both = the_part(SCHOOL, COORDINATOR, executors=("coordinator",))
    assert (both, both.is_done) == (Part(Standing.REVIEW, besides=True), False)
    alone = the_part(SCHOOL, executors=("coordinator",))
    assert (alone, alone.is_done) == (Part(Standing.REVIEW, besides=False), True)


def test_what_is_counted_as_it_happens_is_not_confirmed() -> None:
    monthly = Threshold(ThresholdKind.MONTHLY, 1)
    assert the_part(SCHOOL, threshold=monthly) == NO_PART
    assert the_part(SCHOOL, threshold=Threshold(ThresholdKind.SHARE, 90)).standing is Standing.REVIEW


@pytest.mark.parametrize(
    ("state", "turn"),
    [
        (DRAFT, WaitsFor.YOU),
        (SENT, WaitsFor.REVIEW),
        (RETURNED, WaitsFor.RETURNED),
        (ACCEPTED, None),
    ],
)
def test_task_says_whose_turn_it_is_and_goes_when_accepted(state: CompletionState, turn: WaitsFor | None) -> None:
    roadmap = kept(a_roadmap(an_item("до 20 марта", number=7, owed_by=OwedBy.SCHOOL, executors=())))
    progress = Progress({roadmap.items[0].id: {FIRST: state}})
    found = tasks([roadmap], [SCHOOL], TODAY, person_id=9, progress=progress)
    assert [task.waits_for for task in found] == ([] if turn is None else [turn])
    assert [task.may_confirm for task in found] == [state in (DRAFT, RETURNED)] * len(found)


def test_returned_comes_first_and_what_waits_for_its_review_last() -> None:
    items = [an_item(f"до {day} марта", number=day, owed_by=OwedBy.SCHOOL, executors=()) for day in (1, 20, 30)]
    roadmap = kept(a_roadmap(*items))
    late, near, far = (one.id for one in roadmap.items)
    progress = Progress({late: {FIRST: SENT}, far: {FIRST: RETURNED}})
    found = tasks([roadmap], [SCHOOL], TODAY, person_id=9, progress=progress)
    assert [task.kept.id for task in found] == [far, near, late]
    assert [task.is_late for task in found] == [False, False, False]


def test_whom_a_person_may_speak_for() -> None:
    duties = [SCHOOL, Duty(Role.CURATOR, 3), Duty(Role.CURATOR, 4, instead_of=5), Duty(Role.MUNICIPAL, None, 6)]
    assert speaks_for(duties, 9) == {
        Debtor(OwedBy.EXECUTORS),
        FIRST,
        Debtor(OwedBy.CURATOR, 9),
        Debtor(OwedBy.CURATOR, 5),
        Debtor(OwedBy.MUNICIPALITY, 6),
    }
