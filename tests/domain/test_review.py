"""Who reviews what, whose turn it is, what may be accepted together, what a comment is."""

from datetime import UTC, datetime

import pytest

from domain.completion import Completion, CompletionState, Round, Step
from domain.debtor import Debtor
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registry, School
from domain.review import MAY_REVIEW, Panel, closes, comment_of, is_plain, reviewers, sent_times
from domain.roadmap import Item, ItemKind, OwedBy, ReviewedBy, Threshold, ThresholdKind
from tests.domain.build import a_roadmap, an_item

NOW = datetime(2022, 3, 9, 9, tzinfo=UTC)
COORDINATOR, DEPARTMENT, UNIVERSITY = "role:coordinator", "organiser:department", "organiser:university"
HERE, THERE = School(1, "Школа № 1", 10), School(2, "Школа № 2", 20)
REGISTRY = Registry((Municipality(10, "Южский район"), Municipality(20, "г. Кохма")), (), (HERE, THERE))
FIRST, SECOND = Debtor(OwedBy.SCHOOL, HERE.id), Debtor(OwedBy.SCHOOL, THERE.id)
LEADS, LEADS_TOO = Duty(Role.COORDINATOR), Duty(Role.COORDINATOR)
OF_DEPARTMENT = Duty(Role.ORGANISER, organisation="department")
OF_UNIVERSITY = Duty(Role.ORGANISER, organisation="university")
MUNICIPAL, CURATOR = Duty(Role.MUNICIPAL, municipality_id=10), Duty(Role.CURATOR, school_id=1)
DIRECTOR = Duty(Role.SCHOOL, school_id=1, responsible=True)


def owed(
    owed_by: OwedBy = OwedBy.SCHOOL, *reviewed_by: ReviewedBy, executors: tuple[str, ...] = ("department",)
) -> Item:
    return an_item("до 20.03.2022", owed_by=owed_by, reviewed_by=reviewed_by, executors=executors)


def sent(debtor: Debtor = FIRST, *steps: Step, by: int | None = 5) -> Completion:
    rounds = tuple(Round(step, NOW, by) for step in steps or (Step.SENT,))
    return Completion(1, 7, debtor, CompletionState.SENT, NOW, rounds=rounds, sent_at=NOW, sent_by=by)


ALL = (ReviewedBy.COORDINATOR, ReviewedBy.ORGANISER, ReviewedBy.MUNICIPAL, ReviewedBy.CURATOR)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (owed(), {COORDINATOR, DEPARTMENT}),
        (owed(executors=("coordinator", "university", "schools")), {COORDINATOR, UNIVERSITY}),
        (owed(executors=()), {COORDINATOR}),
        (owed(OwedBy.SCHOOL, ReviewedBy.ORGANISER), {DEPARTMENT}),
        (owed(OwedBy.SCHOOL, ReviewedBy.ORGANISER, executors=("department", "university")), {DEPARTMENT, UNIVERSITY}),
        (owed(OwedBy.SCHOOL, ReviewedBy.ORGANISER, executors=()), {COORDINATOR}),
        (owed(OwedBy.SCHOOL, ReviewedBy.MUNICIPAL, ReviewedBy.CURATOR), {"role:municipal", "role:curator"}),
        (owed(OwedBy.SCHOOL, *ALL), {COORDINATOR, DEPARTMENT, "role:municipal", "role:curator"}),
        (owed(OwedBy.EXECUTORS), {COORDINATOR}),
        (owed(OwedBy.EXECUTORS, ReviewedBy.ORGANISER), {COORDINATOR}),
        (owed(OwedBy.MUNICIPALITY, executors=("municipal",)), {COORDINATOR}),
        (owed(OwedBy.MUNICIPALITY, ReviewedBy.MUNICIPAL), {COORDINATOR, DEPARTMENT}),
        (owed(OwedBy.CURATOR, ReviewedBy.CURATOR, ReviewedBy.ORGANISER), {DEPARTMENT}),
    ],
)
def test_reviewers_are_whom_the_data_names_or_the_coordinator_and_the_executing_organisers(
    item: Item, expected: set[str]
) -> None:
    assert reviewers(item, a_roadmap(item)) == expected


def test_nobody_reviews_what_they_owe_themselves() -> None:
    assert MAY_REVIEW[OwedBy.EXECUTORS] == (ReviewedBy.COORDINATOR,)
    assert ReviewedBy.MUNICIPAL not in MAY_REVIEW[OwedBy.MUNICIPALITY]
    assert ReviewedBy.CURATOR not in MAY_REVIEW[OwedBy.CURATOR]


def named(item: Item, debtor: Debtor, *duties: Duty) -> bool:
    return Panel({5: duties}, REGISTRY).named(debtor, item, a_roadmap(item)) == {5}


@pytest.mark.parametrize(
    ("duty", "debtor", "expected"),
    [
        (LEADS, FIRST, True),
        (OF_DEPARTMENT, SECOND, True),
        (OF_UNIVERSITY, FIRST, False),
        (MUNICIPAL, FIRST, True),
        (MUNICIPAL, SECOND, False),
        (CURATOR, FIRST, True),
        (CURATOR, SECOND, False),
        (DIRECTOR, FIRST, False),
        (MUNICIPAL, Debtor(OwedBy.SCHOOL, 99), False),
        (CURATOR, Debtor(OwedBy.SCHOOL, 99), False),
    ],
)
def test_each_reviews_as_far_as_their_right_reaches(duty: Duty, debtor: Debtor, expected: bool) -> None:
    assert named(owed(OwedBy.SCHOOL, *ALL), debtor, duty) is expected


def test_a_right_of_another_role_does_not_reach_further_for_this_one() -> None:
    by_curators = owed(OwedBy.SCHOOL, ReviewedBy.CURATOR)
    assert not named(by_curators, SECOND, CURATOR, OF_DEPARTMENT)
    assert named(by_curators, FIRST, CURATOR, OF_DEPARTMENT)


def test_ids_of_schools_and_municipalities_are_not_mixed_up() -> None:
    assert not named(owed(OwedBy.MUNICIPALITY), Debtor(OwedBy.MUNICIPALITY, 1), CURATOR)


def turn(item: Item, completion: Completion, **people: Duty) -> set[int]:
    """Whose turn it is among people called p1, p2 …"""
    panel = Panel({int(name[1:]): (duty,) for name, duty in people.items()}, REGISTRY)
    return panel.deciders(completion, item, a_roadmap(item))


def test_it_is_the_turn_of_all_who_are_named() -> None:
    assert turn(owed(), sent(), p1=LEADS, p2=LEADS_TOO, p3=OF_DEPARTMENT, p4=OF_UNIVERSITY, p5=DIRECTOR) == {1, 2, 3}


def test_the_author_does_not_decide_while_somebody_else_can() -> None:
    item = owed(OwedBy.EXECUTORS, executors=("coordinator",))
    own = sent(Debtor(OwedBy.EXECUTORS), by=1)
    assert turn(item, own, p1=LEADS, p2=LEADS_TOO) == {2}
    assert turn(item, own, p1=LEADS) == {1}


def test_the_coordinator_steps_in_where_nobody_of_those_named_can() -> None:
    by_department = owed(OwedBy.SCHOOL, ReviewedBy.ORGANISER)
    assert turn(by_department, sent(), p1=LEADS, p3=OF_DEPARTMENT) == {3}
    assert turn(by_department, sent(), p1=LEADS, p4=OF_UNIVERSITY) == {1}
    assert turn(by_department, sent(by=3), p1=LEADS, p3=OF_DEPARTMENT) == {1}
    assert turn(by_department, sent(by=3), p3=OF_DEPARTMENT) == {3}
    assert turn(by_department, sent()) == set()


def test_an_author_who_is_not_known_any_more_excludes_nobody() -> None:
    assert turn(owed(), sent(by=None), p1=LEADS) == {1}


@pytest.mark.parametrize(
    ("kind", "owed_by", "steps", "expected"),
    [
        (ItemKind.SURVEY, OwedBy.SCHOOL, (Step.SENT,), True),
        (ItemKind.GROUP, OwedBy.EXECUTORS, (Step.SENT,), True),
        (ItemKind.MONITORING, OwedBy.SCHOOL, (Step.SENT,), True),
        (ItemKind.MONITORING, OwedBy.SCHOOL, (Step.SENT, Step.WITHDRAWN, Step.SENT), True),
        (ItemKind.MONITORING, OwedBy.CURATOR, (Step.SENT,), False),
        (ItemKind.ORDER, OwedBy.EXECUTORS, (Step.SENT,), False),
        (ItemKind.SURVEY, OwedBy.SCHOOL, (Step.SENT, Step.RETURNED, Step.SENT), False),
        (ItemKind.SURVEY, OwedBy.SCHOOL, (Step.SENT, Step.ACCEPTED, Step.REOPENED, Step.SENT), False),
    ],
)
def test_what_is_obviously_fine(kind: ItemKind, owed_by: OwedBy, steps: tuple[Step, ...], expected: bool) -> None:
    assert is_plain(sent(FIRST, *steps), an_item(kind=kind, owed_by=owed_by)) is expected


def test_how_often_it_was_sent() -> None:
    steps = (Step.SENT, Step.WITHDRAWN, Step.SENT, Step.RETURNED, Step.SENT, Step.ACCEPTED)
    assert [sent_times(sent(FIRST, *steps[:length]).rounds) for length in range(1, 7)] == [1, 1, 2, 2, 3, 3]


def test_what_executors_confirmed_closes_its_item_unless_it_is_counted() -> None:
    counted = Threshold(ThresholdKind.COUNT, 4)
    assert closes(an_item(owed_by=OwedBy.EXECUTORS))
    assert not closes(an_item(owed_by=OwedBy.EXECUTORS, threshold=counted))
    assert not closes(an_item(owed_by=OwedBy.SCHOOL))


@pytest.mark.parametrize(
    ("typed", "comment"),
    [
        (" нет\tпечати ", "нет печати"),
        ("1. Нет печати\n\n\n2. Нет   даты\x00", "1. Нет печати\n2. Нет даты"),
        ("<b>нет</b>", "<b>нет</b>"),
        ("я" * 1000, "я" * 1000),
    ],
)
def test_a_comment_is_put_in_order(typed: str, comment: str) -> None:
    assert comment_of(typed) == comment


@pytest.mark.parametrize("typed", ["", "   ", "\n", "да", "...", "—!?—", "\u200b\u200b\u200b\u200b"])
def test_a_comment_from_which_nobody_learns_anything_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"review\.no-comment"):
        comment_of(typed)


def test_a_comment_has_a_limit() -> None:
    with pytest.raises(Refusal, match=r"review\.long-comment") as caught:
        comment_of("я" * 1001)
    assert caught.value.details == {"limit": 1000}
