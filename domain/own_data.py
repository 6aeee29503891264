"""One's own data (152-ФЗ): what is kept about a person, and what an erasure destroyed of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.consent import VERSION, Answer
from domain.join_request import RequestState
from domain.meeting import Coming
from domain.own_reminders import Reminders
from domain.people import Account, Duty


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """What a person is or was answerable for, and the name of the place. Instants are UTC."""

    duty: Duty
    place: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptLeave:
    """A leave the person has a part in: their own, or (``stands_in``) somebody's whose deputy they are.

    ``other`` is how the other one is called; days are local, ``ended`` where it was ended before its last day.
    """

    since: date
    until: date
    other: str
    stands_in: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """A request to be let in, and what became of it (``asked_at`` is UTC)."""

    asked_at: datetime
    state: RequestState
    school: str


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """A meeting the person is invited to, or came to: what they answered, and whether they were there. ``starts_at`` is
    UTC."""

    title: str
    starts_at: datetime | None
    coming: Coming | None = None
    why: str = ""
    other: str = ""
    came: bool = False


@dataclass(frozen=True, slots=True)
class Traces:
    """How many rows tell of a person without naming them.

    ``messages`` arrived at them; ``deeds`` they did and ``deeds_about`` others did with them, by the audit;
    ``changes`` of items are theirs; ``looked_at`` are the items whose reminders they answered or put off.
    ``confirmations`` are the steps of confirmations they took, ``evidence`` the pieces they attached, ``happenings``
    what they told was held, ``documents`` of schools they changed last, ``remarks`` they wrote or answered, ``told``
    the numbers and the «не применимо» of theirs, ``surveys`` the forms under their name, ``visits`` what they did about
    visits of curators: days, wishes, reports, decisions; ``announcements`` they wrote, and ``acknowledged``;
    ``slots`` are the times of interviews they chose or asked for.
    """

    messages: int = 0
    deeds: int = 0
    deeds_about: int = 0
    changes: int = 0
    looked_at: int = 0
    confirmations: int = 0
    evidence: int = 0
    happenings: int = 0
    documents: int = 0
    remarks: int = 0
    told: int = 0
    surveys: int = 0
    visits: int = 0
    announcements: int = 0
    acknowledged: int = 0
    slots: int = 0


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything that is kept about one person. Instants are UTC.

    ``came_at`` is when they first came in, ``code_until`` until when a code of theirs works, ``calendar_since`` since
    when a link to their calendar does.
    """

    person_id: int
    name: str
    position: str
    registered_at: datetime
    came_at: datetime | None = None
    code_until: datetime | None = None
    duties: tuple[HeldDuty, ...] = ()
    accounts: tuple[Account, ...] = ()
    consents: tuple[Answer, ...] = ()
    leaves: tuple[KeptLeave, ...] = ()
    requests: tuple[KeptRequest, ...] = ()
    reminders: Reminders = field(default_factory=Reminders)
    traces: Traces = field(default_factory=Traces)
    calendar_since: datetime | None = None
    meetings: tuple[KeptMeeting, ...] = ()

    @property
    def present(self) -> list[HeldDuty]:
        """What they are answerable for now."""
        return [held for held in self.duties if held.until is None]

    @property
    def agreed(self) -> Answer | None:
        """The consent that holds now."""
        said = [one for one in self.consents if one.version == VERSION]
        return said[-1] if said and said[-1].given else None


class Category(StrEnum):
    """What an erasure destroys, as the act lists it."""

    NAME = "name"
    POSITION = "position"
    ACCOUNT = "account"
    CODE = "code"
    REQUEST = "request"
    LEAVE = "leave"
    REMINDERS = "reminders"
    MESSAGES = "messages"
    CONVERSATION = "conversation"
    CALENDAR = "calendar"
    ANSWERS = "answers"


Destroyed = Mapping[Category, int]
"""Category → how many rows of it were destroyed; none is left out."""


@dataclass(frozen=True, slots=True)
class Former:
    """Somebody who takes part no more, since when (UTC), and whose name is still kept."""

    person_id: int
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a person's data were destroyed at their request: the number is that of the audit's row, ``at`` is UTC.

    ``by_coordinator`` where they asked the coordinator, having left before.
    """

    number: int
    person_id: int
    at: datetime
    destroyed: Destroyed
    by_coordinator: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What an act and an extract of the log are printed from (order № 179 of Roskomnadzor, 28.10.2022).

    ``operator`` is the organisation that answers for the data; empty where no roadmap and no registry names it.
    """

    erasure: Erasure
    operator: str


def destroyed_text(destroyed: Destroyed) -> str:
    """As the audit keeps it: «name:1,messages:12»."""
    return ",".join(f"{category}:{destroyed[category]}" for category in Category if destroyed.get(category))


def destroyed_from(text: str) -> dict[Category, int]:
    """Back from the audit; what this version does not know is left out."""
    pairs = [pair.partition(":") for pair in text.split(",")]
    known = {category.value: category for category in Category}
    return {known[name]: int(count) for name, _, count in pairs if name in known}
