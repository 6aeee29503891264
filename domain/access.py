"""Who may do what: one table, checked inside every action."""

from enum import StrEnum

from domain.people import Member, Role
from domain.refusal import Refusal


class Right(StrEnum):
    """What can be allowed."""

    SEE_ROADMAP = "see-roadmap"
    CORRECT_ITEM = "correct-item"
    CLOSE_ITEM = "close-item"
    BIND_GROUP = "bind-group"
    CHANGE_RULES = "change-rules"
    CARRY_OVER = "carry-over"
    SNOOZE = "snooze"


_ONLY_COORDINATOR = frozenset({Role.COORDINATOR})

_TABLE: dict[Right, frozenset[Role]] = {
    Right.SEE_ROADMAP: _ONLY_COORDINATOR,
    Right.CORRECT_ITEM: _ONLY_COORDINATOR,
    Right.CLOSE_ITEM: _ONLY_COORDINATOR,
    Right.BIND_GROUP: _ONLY_COORDINATOR,
    Right.CHANGE_RULES: _ONLY_COORDINATOR,
    Right.CARRY_OVER: _ONLY_COORDINATOR,
    Right.SNOOZE: frozenset(Role),
}


def require(member: Member, right: Right) -> int:
    """The acting person's id. Raises ``Refusal`` when the table does not allow it."""
    if member.person_id is None or not member.roles & _TABLE[right]:
        raise Refusal("access.refused")
    return member.person_id
