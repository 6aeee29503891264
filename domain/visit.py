"""Visits of curators: planned and approved (item 12), moved, held, reported and reviewed (item 13). Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from domain.form import Form
from domain.refusal import Refusal
from domain.registry import tidy

WHY_LIMIT = 300
"""Characters of a reason."""
_SHORTEST = 3
"""Letters and digits of a reason from which somebody learns something."""
FARTHEST = timedelta(days=366)
"""How far ahead a visit may be planned."""


class ProposalState(StrEnum):
    """draft → sent → approved (it is none any more) or returned with a comment, and sent again."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A day that a curator asks for. ``why`` is the reason where an approved day is to be another, ``comment`` the
    coordinator's where it was returned; ``sent_at`` is UTC."""

    day: date
    state: ProposalState = ProposalState.DRAFT
    why: str = ""
    comment: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Another day that the school asks for, until the curator answers."""

    day: date
    why: str
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of a school. ``day`` is the approved local day; until there is one, or while another is asked for, there
    is a ``proposal``. ``curator_id`` is who planned it: whoever curates the school goes.

    ``missed_on`` is the day on which it did not take place; a new approved day clears it.
    """

    id: int
    school_id: int
    curator_id: int
    day: date | None = None
    proposal: Proposal | None = None
    wish: Wish | None = None
    missed_on: date | None = None
    missed_why: str = ""
    made_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def when(self) -> date:
        """The day that counts: the approved one, or the one that is asked for."""
        found = self.day or (self.proposal.day if self.proposal else self.missed_on)
        return found or date.max

    @property
    def waits(self) -> bool:
        """Whether the coordinator is to decide on it."""
        return self.proposal is not None and self.proposal.state is ProposalState.SENT

    @property
    def is_to_send(self) -> bool:
        """Whether its proposal is not with the coordinator (any more)."""
        return self.proposal is not None and self.proposal.state is not ProposalState.SENT


class ReportState(StrEnum):
    """sent → accepted, or returned with a comment and sent again."""

    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What was told of a visit; the answers are in its run of the form. ``form`` is what was asked.

    ``number`` is which visit of the school in its year it was, ``held_on`` the local day, ``times`` how often it was
    sent or changed: what a reviewer has seen. ``comment`` is why it was returned the last time. Instants are UTC.
    """

    visit_id: int
    state: ReportState
    number: int
    held_on: date
    form: Form
    first_sent_at: datetime
    sent_at: datetime
    sent_by: int | None = None
    times: int = 1
    decided_at: datetime | None = None
    decided_by: int | None = None
    comment: str = ""


class VisitStep(StrEnum):
    """What happened to a visit; each is a row of its history."""

    PROPOSED = "proposed"
    SENT = "sent"
    APPROVED = "approved"
    MOVED = "moved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    WISHED = "wished"
    WISH_DECLINED = "wish-declined"
    MISSED = "missed"
    CANCELLED = "cancelled"
    REPORTED = "reported"
    REPORT_RETURNED = "report-returned"
    REPORT_ACCEPTED = "report-accepted"


@dataclass(frozen=True, slots=True)
class VisitRound:
    """One step of the history; ``at`` is UTC, ``day`` the local day it is about."""

    step: VisitStep
    at: datetime
    person_id: int | None = None
    day: date | None = None
    words: str = ""


class Standing(StrEnum):
    """Where a visit is on a local day."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    TODAY = "today"
    OVERDUE = "overdue"
    MISSED = "missed"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"

    @property
    def is_held(self) -> bool:
        """Whether it took place and was told of."""
        return self in (Standing.SENT, Standing.RETURNED, Standing.ACCEPTED)

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to take place."""
        return self in (Standing.PROPOSED, Standing.PLANNED, Standing.TODAY, Standing.OVERDUE, Standing.MISSED)


def standing(visit: Visit, report: VisitReport | None, today: date) -> Standing:
    """Where a visit is: overdue from the day after its day on, until it is told of, moved or said to be missed."""
    if report is not None:
        return Standing(report.state)
    if visit.cancelled_at is not None:
        return Standing.CANCELLED
    if visit.missed_on is not None:
        return Standing.MISSED
    if visit.day is None:
        return Standing.PROPOSED
    if visit.day == today:
        return Standing.TODAY
    return Standing.PLANNED if visit.day > today else Standing.OVERDUE


def numbers(visits: Iterable[Visit], told: Mapping[int, int] | None = None) -> dict[int, int]:
    """Visit id → which one of its school and calendar year it is, from 1; a cancelled one has no number.

    ``told`` are the numbers under which visits were told of: those stay, whatever is moved afterwards.
    """
    groups: dict[tuple[int, int], list[Visit]] = defaultdict(list)
    for one in sorted(visits, key=lambda visit: (visit.when, visit.id)):
        if one.cancelled_at is None:
            groups[one.school_id, one.when.year].append(one)
    found = dict(told or {})
    for group in groups.values():
        last, taken = 0, {found[one.id] for one in group if one.id in found}
        for one in group:
            if one.id not in found:
                found[one.id] = next(number for number in count(last + 1) if number not in taken)
            last = max(last, found[one.id])
    return found


def who_goes(visit: Visit, curators: Collection[int]) -> frozenset[int]:
    """Whose visit it is: whoever planned it while they curate the school, else its curators."""
    return frozenset({visit.curator_id} if visit.curator_id in curators else curators)


# --- Planning ---------------------------------------------------------------------------------------------------------


def proposed(visit: Visit, day: date, why: str = "") -> Visit:
    """The visit with another day asked for; a wish of the school is answered by it. Where a day was approved the reason
    is asked for (``why``). Raises ``Refusal``."""
    if visit.cancelled_at is not None:
        raise Refusal("visit.cancelled-already")
    if visit.waits:
        raise Refusal("visit.waits-for-coordinator")
    if visit.day == day and visit.missed_on is None:
        raise Refusal("visit.same-day", day=day)
    return replace(visit, proposal=Proposal(day, why=why), wish=None)


def may_be(visit_id: int, school_id: int, day: date, today: date, others: Iterable[Visit]) -> None:
    """Raises ``Refusal`` for a day on which a visit of the school cannot be planned."""
    if day < today:
        raise Refusal("visit.past-day")
    if day > today + FARTHEST:
        raise Refusal("visit.far-day", last=today + FARTHEST)
    for one in others:
        same = one.school_id == school_id and one.id != visit_id and one.cancelled_at is None
        if same and day in (one.day, one.proposal.day if one.proposal else None):
            raise Refusal("visit.twice", day=day)


def reason(typed: str) -> str:
    """A reason as it was typed, on one line. Raises ``Refusal`` for too little and for too much."""
    words = tidy(typed)
    if sum(letter.isalnum() for letter in words) < _SHORTEST:
        raise Refusal("visit.no-reason")
    if len(words) > WHY_LIMIT:
        raise Refusal("visit.long-reason", limit=WHY_LIMIT)
    return words


class ClashKind(StrEnum):
    """Why a day may be a bad one; nothing forbids it."""

    DAY_OFF = "day-off"
    VISIT = "visit"
    MEETING = "meeting"
    LEAVE = "leave"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clash:
    """What falls on the same day: ``name`` is the other school or the meeting, ``number`` of its item; of a first visit
    after the deadline of its item, that deadline."""

    kind: ClashKind
    name: str = ""
    number: int = 0
    day: date | None = None


def has_clash(clashes: Mapping[int, Collection[Clash]]) -> bool:
    """Whether any of the visits has one."""
    return any(clashes.values())


# --- What was agreed on -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """What a school promised in a visit: ``text`` by ``until`` (local day), ``owner`` as the curator wrote it.

    ``dropped_at`` is when the curator took it back. Instants are UTC.
    """

    id: int
    visit_id: int
    school_id: int
    text: str
    owner: str
    until: date
    made_at: datetime
    done_at: datetime | None = None
    done_by: int | None = None
    dropped_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the school has still to do it."""
        return self.done_at is None and self.dropped_at is None
