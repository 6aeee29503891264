"""Who may do what."""

import pytest

from domain.access import Right, require
from domain.people import Account, Member, Role
from domain.refusal import Refusal

ACCOUNT = Account("telegram", 1)


def answer(member: Member, right: Right) -> int | str | None:
    """The person's id where it is allowed, the refusal's text id where it is not."""
    try:
        return require(member, right)
    except Refusal as refusal:
        return refusal.reason


def allowed(*roles: Role, person_id: int | None = 5) -> set[Right]:
    member = Member(ACCOUNT, person_id, "Анна", frozenset(roles))
    answers = {right: answer(member, right) for right in Right}
    assert set(answers.values()) <= {person_id, "access.refused"}
    return {right for right, found in answers.items() if found != "access.refused"}


def test_the_coordinator_may_do_everything() -> None:
    assert allowed(Role.COORDINATOR) == set(Right)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_everybody_else_may_put_off_their_own_reminders(role: Role) -> None:
    assert allowed(role) == {Right.SNOOZE}


def test_of_several_roles_one_is_enough() -> None:
    assert allowed(Role.SCHOOL, Role.COORDINATOR) == set(Right)


def test_a_stranger_may_do_nothing() -> None:
    assert allowed() == set()
    assert allowed(person_id=None) == set()


def test_a_role_without_a_person_gives_nothing() -> None:
    assert allowed(Role.COORDINATOR, person_id=None) == set()


@pytest.mark.parametrize(("roles", "is_stranger"), [(frozenset(), True), (frozenset({Role.SCHOOL}), False)])
def test_nobody_of_the_project_is_a_stranger(roles: frozenset[Role], is_stranger: bool) -> None:
    member = Member(ACCOUNT, 5, "Анна", roles)
    assert (member.is_stranger, member.recipient) == (is_stranger, "person:5")
