"""Who may do what."""

import pytest

from domain.access import Right, may, reach, require, require_for
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import School

ACCOUNT = Account("telegram", 1)


def answer(member: Member, right: Right) -> int | str | None:
    """The person's id where it is allowed, the refusal's text id where it is not."""
    try:
        return require(member, right)
    except Refusal as refusal:
        return refusal.reason


def member(*duties: Duty, person_id: int | None = 5, has_agreed: bool = True) -> Member:
    return Member(ACCOUNT, person_id, "Анна", frozenset(duties), has_agreed)


def allowed(who: Member, refusal: str = "access.refused") -> set[Right]:
    answers = {right: answer(who, right) for right in Right}
    assert set(answers.values()) <= {who.person_id, refusal}
    found = {right for right, said in answers.items() if said != refusal}
    assert found == {right for right in Right if may(who, right)}
    return found


EVERYBODY_S = {
    Right.SEE_ROADMAP,
    Right.SEE_TASKS,
    Right.SNOOZE,
    Right.SET_REMINDERS,
    Right.GO_ON_LEAVE,
    Right.OWN_DATA,
    Right.SEE_SCHOOL,
    Right.CONFIRM,
    Right.ANSWER_SURVEY,
    Right.SEE_VISITS,
    Right.ACKNOWLEDGE,
    Right.ATTEND,
}


_ABOVE = (
    *(Right.REVIEW, Right.REPORT_HAPPENING, Right.REMARK, Right.SEE_REGION, Right.SEE_SURVEYS),
    *(Right.ANNOUNCE, Right.HOLD_MEETINGS),
)
"""What organisers and municipal coordinators see and do."""


_THEIRS = {Right.VISIT, Right.HOST_VISITS}
"""What a curator does in a school, and what the school answers: nobody does it for them."""


def test_the_coordinator_may_do_everything_but_what_is_a_curator_s_or_a_school_s() -> None:
    assert allowed(member(Duty(Role.COORDINATOR))) == set(Right) - _THEIRS


@pytest.mark.parametrize(
    ("role", "more"),
    [
        (Role.ORGANISER, {*_ABOVE, Right.REVIEW_VISITS}),
        (Role.MUNICIPAL, {*_ABOVE}),
        (Role.CURATOR, {Right.REVIEW, Right.REMARK, Right.TICK_RISKS, Right.VISIT}),
        (Role.SCHOOL, {Right.KEEP_DOCUMENTS, Right.HOST_VISITS}),
    ],
)
def test_everybody_else_may_see_and_keep_what_is_their_own(role: Role, more: set[Right]) -> None:
    assert allowed(member(Duty(role))) == EVERYBODY_S | more


def test_of_several_roles_one_is_enough() -> None:
    assert allowed(member(Duty(Role.SCHOOL), Duty(Role.COORDINATOR))) == set(Right) - {Right.VISIT}


def test_a_stranger_may_do_nothing() -> None:
    assert allowed(member()) == set()
    assert allowed(member(person_id=None)) == set()


def test_a_role_without_a_person_gives_nothing() -> None:
    assert allowed(member(Duty(Role.COORDINATOR), person_id=None)) == set()


def test_before_the_consent_only_one_s_own_data_is_open() -> None:
    coordinator = member(Duty(Role.COORDINATOR), Duty(Role.CURATOR), Duty(Role.SCHOOL), has_agreed=False)
    assert allowed(coordinator, "access.consent-first") == {Right.OWN_DATA}


HERE, NEAR, FAR = School(1, "№ 1", 10), School(2, "№ 2", 10), School(3, "№ 3", 20)


@pytest.mark.parametrize(
    ("duty", "seen"),
    [
        (Duty(Role.COORDINATOR), [HERE, NEAR, FAR]),
        (Duty(Role.ORGANISER, organisation="university"), [HERE, NEAR, FAR]),
        (Duty(Role.MUNICIPAL, municipality_id=10), [HERE, NEAR]),
        (Duty(Role.CURATOR, school_id=3), [FAR]),
        (Duty(Role.SCHOOL, school_id=2), [NEAR]),
        (Duty(Role.SCHOOL), []),
    ],
)
def test_schools_are_seen_as_far_as_the_duty_reaches(duty: Duty, seen: list[School]) -> None:
    assert reach(member(duty), Right.SEE_SCHOOL).among([HERE, NEAR, FAR]) == seen


def test_what_is_beyond_the_reach_is_refused() -> None:
    curator = member(Duty(Role.CURATOR, school_id=3), Duty(Role.CURATOR, school_id=1))
    assert require_for(curator, Right.SEE_SCHOOL, HERE) == 5
    with pytest.raises(Refusal, match=r"access\.refused"):
        require_for(curator, Right.SEE_SCHOOL, NEAR)


@pytest.mark.parametrize("has_duty", [True, False])
def test_nobody_of_the_project_is_a_stranger(has_duty: bool) -> None:
    who = member(*[Duty(Role.SCHOOL)] * has_duty)
    assert (who.is_stranger, who.recipient) == (not has_duty, "person:5")
