"""Who may do what, and with whose things: one table, checked inside every action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import School


class Right(StrEnum):
    """What can be allowed."""

    SEE_ROADMAP = "see-roadmap"
    SEE_TASKS = "see-tasks"
    SNOOZE = "snooze"
    SET_REMINDERS = "set-reminders"
    GO_ON_LEAVE = "go-on-leave"
    OWN_DATA = "own-data"
    SEE_SCHOOL = "see-school"
    SEE_REGION = "see-region"
    CORRECT_ITEM = "correct-item"
    CLOSE_ITEM = "close-item"
    BIND_GROUP = "bind-group"
    CHANGE_RULES = "change-rules"
    CARRY_OVER = "carry-over"
    KEEP_REGISTRY = "keep-registry"
    LET_IN = "let-in"
    SEE_AUDIT = "see-audit"
    CONFIRM = "confirm"
    REVIEW = "review"
    KEEP_DOCUMENTS = "keep-documents"
    REMARK = "remark"
    TICK_RISKS = "tick-risks"
    REPORT_HAPPENING = "report-happening"
    EXEMPT = "exempt"
    ANSWER_SURVEY = "answer-survey"
    SEE_SURVEYS = "see-surveys"
    KEEP_SURVEYS = "keep-surveys"
    VISIT = "visit"
    SEE_VISITS = "see-visits"
    APPROVE_VISITS = "approve-visits"
    REVIEW_VISITS = "review-visits"
    HOST_VISITS = "host-visits"
    ANNOUNCE = "announce"
    ACKNOWLEDGE = "acknowledge"
    HOLD_MEETINGS = "hold-meetings"
    ATTEND = "attend"


class Whose(StrEnum):
    """How far a right reaches: one's own, one's own school, the schools one curates, one's municipality, everything."""

    OWN = "own"
    SCHOOL = "school"
    SCHOOLS = "schools"
    MUNICIPALITY = "municipality"
    ALL = "all"


def _everybody(whose: Whose) -> dict[Role, Whose]:
    return dict.fromkeys(Role, whose)


_COORDINATOR = {Role.COORDINATOR: Whose.ALL}

TABLE: Mapping[Right, Mapping[Role, Whose]] = {
    Right.SEE_ROADMAP: _everybody(Whose.ALL),
    Right.SEE_TASKS: _everybody(Whose.OWN),
    Right.SNOOZE: _everybody(Whose.OWN),
    Right.SET_REMINDERS: _everybody(Whose.OWN),
    Right.GO_ON_LEAVE: _everybody(Whose.OWN),
    Right.OWN_DATA: _everybody(Whose.OWN),
    Right.SEE_SCHOOL: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
        Role.CURATOR: Whose.SCHOOLS,
        Role.SCHOOL: Whose.SCHOOL,
    },
    Right.SEE_REGION: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
    },
    Right.CORRECT_ITEM: _COORDINATOR,
    Right.CLOSE_ITEM: _COORDINATOR,
    Right.BIND_GROUP: _COORDINATOR,
    Right.CHANGE_RULES: _COORDINATOR,
    Right.CARRY_OVER: _COORDINATOR,
    Right.KEEP_REGISTRY: _COORDINATOR,
    Right.LET_IN: _COORDINATOR,
    Right.SEE_AUDIT: _COORDINATOR,
    Right.CONFIRM: _everybody(Whose.OWN),
    Right.REVIEW: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
        Role.CURATOR: Whose.SCHOOLS,
    },
    Right.KEEP_DOCUMENTS: {Role.COORDINATOR: Whose.ALL, Role.SCHOOL: Whose.SCHOOL},
    Right.REMARK: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
        Role.CURATOR: Whose.SCHOOLS,
    },
    Right.TICK_RISKS: {Role.COORDINATOR: Whose.ALL, Role.CURATOR: Whose.SCHOOLS},
    Right.REPORT_HAPPENING: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
    },
    Right.EXEMPT: _COORDINATOR,
    Right.ANSWER_SURVEY: _everybody(Whose.OWN),
    Right.SEE_SURVEYS: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
    },
    Right.KEEP_SURVEYS: _COORDINATOR,
    Right.VISIT: {Role.CURATOR: Whose.SCHOOLS},
    Right.SEE_VISITS: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
        Role.CURATOR: Whose.SCHOOLS,
        Role.SCHOOL: Whose.SCHOOL,
    },
    Right.APPROVE_VISITS: _COORDINATOR,
    Right.REVIEW_VISITS: {Role.COORDINATOR: Whose.ALL, Role.ORGANISER: Whose.ALL},
    Right.HOST_VISITS: {Role.SCHOOL: Whose.SCHOOL},
    Right.ANNOUNCE: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
    },
    Right.ACKNOWLEDGE: _everybody(Whose.OWN),
    Right.HOLD_MEETINGS: {
        Role.COORDINATOR: Whose.ALL,
        Role.ORGANISER: Whose.ALL,
        Role.MUNICIPAL: Whose.MUNICIPALITY,
    },
    Right.ATTEND: _everybody(Whose.OWN),
}

_WITHOUT_CONSENT = frozenset({Right.OWN_DATA})
"""What the law gives a person whatever they agreed to."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a member's right goes: to everything, or to single schools and whole municipalities."""

    everything: bool = False
    schools: frozenset[int] = frozenset()
    municipalities: frozenset[int] = frozenset()

    def covers(self, school: School) -> bool:
        """Whether the right holds for a school."""
        return self.everything or school.id in self.schools or school.municipality_id in self.municipalities

    def among(self, schools: Iterable[School]) -> list[School]:
        """Those of the schools for which the right holds."""
        return [school for school in schools if self.covers(school)]


def may(member: Member, right: Right) -> bool:
    """Whether the table gives the right at all; for showing a button, never instead of ``require``."""
    agreed = member.has_agreed or right in _WITHOUT_CONSENT
    return member.person_id is not None and agreed and bool(member.roles & TABLE[right].keys())


def require(member: Member, right: Right) -> int:
    """The acting person's id.

    Raises ``Refusal`` when the table does not allow it, or before the person has agreed to the consent. How far the
    right goes is ``reach``.
    """
    if member.person_id is None or not member.roles & TABLE[right].keys():
        raise Refusal("access.refused")
    if not member.has_agreed and right not in _WITHOUT_CONSENT:
        raise Refusal("access.consent-first")
    return member.person_id


def reach(member: Member, right: Right) -> Reach:
    """How far the right goes. Raises ``Refusal`` as ``require`` does."""
    require(member, right)
    return reach_of(member.duties, right)


def reach_of(duties: Iterable[Duty], right: Right) -> Reach:
    """How far the table lets a right go by these duties."""
    granted = [(duty, TABLE[right][duty.role]) for duty in duties if duty.role in TABLE[right]]
    return Reach(
        everything=any(whose is Whose.ALL for _, whose in granted),
        schools=_ids(duty.school_id for duty, whose in granted if whose in (Whose.SCHOOL, Whose.SCHOOLS)),
        municipalities=_ids(duty.municipality_id for duty, whose in granted if whose is Whose.MUNICIPALITY),
    )


def require_for(member: Member, right: Right, school: School) -> int:
    """The acting person's id. Raises ``Refusal`` where the right does not reach that school."""
    if not reach(member, right).covers(school):
        raise Refusal("access.refused")
    return require(member, right)


def refuse_deputy(member: Member, roles: Iterable[Role]) -> None:
    """Whoever only stands in for a coordinator keeps off coordinators: off the role, off who holds it, off their way
    in; a leave of three days would make one for good. Called before one of these ``roles`` is given, or somebody who
    has them is touched.

    Raises ``Refusal``.
    """
    is_coordinator = any(duty.role is Role.COORDINATOR and duty.instead_of is None for duty in member.duties)
    if not is_coordinator and Role.COORDINATOR in roles:
        raise Refusal("access.deputy")


def may_for(member: Member, right: Right, school: School) -> bool:
    """Whether the right reaches that school; for showing a button, never instead of ``require_for``."""
    return may(member, right) and reach(member, right).covers(school)


def _ids(found: Iterable[int | None]) -> frozenset[int]:
    return frozenset(one for one in found if one is not None)
