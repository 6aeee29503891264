"""Messages on their way: what is sent, what can go wrong, and when to try again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from domain.button import Keyboard


class OutboxState(StrEnum):
    """The life of a message: planned → sending → sent | failed | expired; withdrawn before it was sent."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Urgency(IntEnum):
    """Which of two due messages goes first."""

    NOTICE = 0
    BULK = 1


@dataclass(frozen=True, slots=True)
class ChatAddress:
    """Where a message goes. ``chat_id`` is the messenger's 64-bit id, ``thread_id`` a forum topic."""

    messenger: str
    chat_id: int
    thread_id: int | None = None
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class OutFile:
    """A photo or a document that goes along: ``remote_id`` is how the messenger of the chat knows it."""

    remote_id: str
    name: str = ""
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message: HTML of at most 3,900 characters, with its buttons and ``files``.

    ``is_quiet`` comes without a sound. ``edits`` is a message that is written anew in place; where the messenger
    refuses that, a new one is sent. ``removes`` are messages that are deleted, and nothing is sent. ``beside`` are the
    messages of its files that an earlier attempt brought: they do not go again.
    """

    chat: ChatAddress
    text: str
    buttons: Keyboard = ()
    files: tuple[OutFile, ...] = ()
    is_quiet: bool = False
    edits: str = ""
    removes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """A chat the bot writes to by itself. ``key`` («group:3», «person:5») outlives a change of the chat's id."""

    key: str
    chat: ChatAddress
    addresses: frozenset[str]
    group_id: int | None = None
    person_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be put into the outbox. ``key`` is unique: the same key again adds nothing. Instants are UTC.

    Equally urgent messages of different ``lane`` take turns, however many of one are waiting.
    """

    key: str
    recipient: Recipient
    text: str
    due_at: datetime
    expires_at: datetime
    buttons: Keyboard = ()
    urgency: Urgency = Urgency.NOTICE
    files: tuple[OutFile, ...] = ()
    is_quiet: bool = False
    edits: str = ""
    removes: tuple[str, ...] = ()
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message taken for sending; ``attempts`` counts this one."""

    id: int
    outgoing: Outgoing
    attempts: int
    expires_at: datetime
    group_id: int | None
    person_id: int | None
    urgency: Urgency = Urgency.NOTICE
    lane: int = 0


class Refused(StrEnum):
    """What a messenger refuses though nothing of ours is broken: the author of the message is told, nobody on duty."""

    NOT_REMOVED = "not-removed"
    FILE_TOO_BIG = "file-too-big"
    WRONG_FILE = "wrong-file"


class FailureKind(StrEnum):
    """The closed table of send errors (architecture.md, «The outbox»)."""

    RETRY_AFTER = "retry-after"
    LATER = "later"
    BLOCKED = "blocked"
    GONE = "gone"
    MIGRATED = "migrated"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger took it; ``beside`` are the messages that came along with its files."""

    message_id: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """The messenger did not. ``detail`` is for the operator's log and holds no personal data; ``beside`` are the
    messages of its files that have come all the same."""

    kind: FailureKind
    detail: str = ""
    retry_after: timedelta = timedelta()
    new_chat_id: int | None = None
    beside: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """What is written down: the kind, or what exactly was refused."""
        return self.detail if self.is_refusal else str(self.kind)

    @property
    def is_refusal(self) -> bool:
        """Whether the messenger refused what is its right to refuse: no mistake of ours."""
        return self.kind is FailureKind.OURS and self.detail in set(Refused)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that has not reached its chat: it waits to be tried again, or never will be. Instants are UTC.

    ``reason`` is that of the last failure, empty where nothing was tried in time.
    """

    chat: ChatAddress
    text: str
    state: OutboxState
    reason: str
    attempts: int
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of all messages: how many are in each state, and the latest of those that have met trouble."""

    counts: Mapping[OutboxState, int]
    unsent: tuple[Unsent, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a claimed message. ``due_at`` is when it may be tried again."""

    claimed: Claimed
    state: OutboxState
    due_at: datetime | None = None
    message_id: str | None = None
    beside: tuple[str, ...] = ()
    sent_at: datetime | None = None
    failure: Failure | None = field(default=None)


_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=5)


def settle(claimed: Claimed, outcome: Sent | Failure, now: datetime) -> Settlement:
    """Decide by the closed table. A message that cannot be sent before it expires is expired at once."""
    if isinstance(outcome, Sent):
        return Settlement(claimed, OutboxState.SENT, message_id=outcome.message_id, beside=outcome.beside, sent_at=now)
    again, beside = _again_at(claimed, outcome, now), outcome.beside
    if again is None:
        return Settlement(claimed, OutboxState.FAILED, beside=beside, failure=outcome)
    if again >= claimed.expires_at:
        return Settlement(claimed, OutboxState.EXPIRED, beside=beside, failure=outcome)
    return Settlement(claimed, OutboxState.PLANNED, due_at=again, beside=beside, failure=outcome)


def _again_at(claimed: Claimed, failure: Failure, now: datetime) -> datetime | None:
    match failure.kind:
        case FailureKind.RETRY_AFTER:
            return now + failure.retry_after
        case FailureKind.LATER:
            return now + pause(claimed.attempts)
        case FailureKind.MIGRATED if failure.new_chat_id is not None:
            return now
    return None


def pause(attempts: int) -> timedelta:
    """How long to wait after that many attempts: 5 s, 10 s, 20 s … 5 minutes at most."""
    return min(_FIRST_PAUSE * (1 << min(attempts - 1, 10)), _LONGEST_PAUSE)
