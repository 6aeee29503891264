"""The confirmation of an item by one who owes it: a draft, sent, returned with a comment, accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.debtor import Debtor
from domain.evidence import Evidence, wants_evidence
from domain.refusal import Refusal
from domain.roadmap import Item, Threshold, ThresholdKind

COMMENT_LIMIT = 1000


class CompletionState(StrEnum):
    """draft → sent → accepted; sent → returned → sent …; sent → draft (withdrawn); accepted → returned (reopened)."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Step(StrEnum):
    """What happened to a confirmation; each is a row of its history."""

    SENT = "sent"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Round:
    """One step of the history; ``at`` is UTC. ``comment`` is the reviewer's."""

    step: Step
    at: datetime
    person_id: int | None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What one debtor says of one item. ``rounds`` are the oldest first, instants are UTC."""

    id: int
    item_id: int
    debtor: Debtor
    state: CompletionState
    started_at: datetime
    evidence: tuple[Evidence, ...] = ()
    rounds: tuple[Round, ...] = ()
    sent_at: datetime | None = None
    sent_by: int | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can be changed by its author without taking it back first."""
        return self.state in (CompletionState.DRAFT, CompletionState.RETURNED)

    @property
    def comment(self) -> str:
        """Why it was returned, or opened again, the last time."""
        back = (Step.RETURNED, Step.REOPENED)
        return next((one.comment for one in reversed(self.rounds) if one.step in back), "")


def is_confirmed(item: Item) -> bool:
    """Whether an item is confirmed; one whose number counts what was held is told of each time instead."""
    match item.threshold:
        case Threshold(kind=ThresholdKind.COUNT | ThresholdKind.MONTHLY | ThresholdKind.PER_MUNICIPALITY):
            return False
    return True


def may_change(completion: Completion) -> None:
    """Raises ``Refusal`` unless the author may add and take away."""
    if completion.state is CompletionState.ACCEPTED:
        raise Refusal("completion.accepted-already")
    if completion.state is CompletionState.SENT:
        raise Refusal("completion.sent-already")


def may_send(completion: Completion, item: Item) -> None:
    """Raises ``Refusal`` unless it can be sent as it is."""
    may_change(completion)
    if wants_evidence(item.kind) and not completion.evidence:
        raise Refusal("completion.no-evidence")


def may_withdraw(completion: Completion) -> None:
    """Raises ``Refusal`` unless it waits for its review."""
    if completion.state is CompletionState.ACCEPTED:
        raise Refusal("completion.accepted-already")
    if completion.state is not CompletionState.SENT:
        raise Refusal("completion.not-sent")


def is_late(sent_on: date, end: date | None) -> bool:
    """Whether it was sent after the last day; both are local dates."""
    return end is not None and sent_on > end


def first_sent(rounds: Sequence[Round]) -> datetime | None:
    """When it was sent for the first time: that decides whether it came in time, not the last correction."""
    return next((one.at for one in rounds if one.step is Step.SENT), None)
