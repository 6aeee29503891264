"""An announcement: what is said, to whom, when; and what became of it for each. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from html import escape

from domain.hours import Hours
from domain.outbox import OutboxState
from domain.people import Role
from domain.refusal import Refusal
from domain.registry import Registered, Registry, called
from domain.survey import PARTICIPANTS, Audience, is_asked
from domain.survey_count import Silence

TEXT_LIMIT = 3500
"""Characters of the words alone; the rest of a message is for what stands for somebody's name and school."""
MESSAGE_LIMIT = 3900
"""Characters of a message as HTML writes it (messengers.md)."""
MOST_FILES = 10
_WORKING = (time(9), time(18))
"""«В рабочее время», of a working day of the project's zone."""
FARTHEST = timedelta(days=90)


class Timing(StrEnum):
    """When it goes: at once, in working hours, at an instant."""

    NOW = "now"
    HOURS = "hours"
    AT = "at"


class BroadcastState(StrEnum):
    """draft → launched; draft, launched → cancelled (what has gone stays gone)."""

    DRAFT = "draft"
    LAUNCHED = "launched"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class BroadcastFile:
    """A photo or a document that goes along: ``file_id`` is of the kept file, ``remote_id`` how the ``messenger`` it
    came through knows it."""

    file_id: int
    name: str
    messenger: str
    remote_id: str
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom it goes to: an audience of people and these ``groups``; or, where an item is named, whoever has still to do
    it, where a survey is named, whoever has not answered it (in the places of the audience, where any are named)."""

    audience: Audience = field(default_factory=lambda: Audience(roles=frozenset()))
    groups: frozenset[int] = frozenset()
    item_id: int | None = None
    survey_id: int | None = None

    @property
    def is_by_state(self) -> bool:
        """Whether it is asked who has not done something."""
        return self.item_id is not None or self.survey_id is not None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """``text`` is HTML of the common subset, with variables. ``start`` is when the first goes (UTC), known from the
    launch on. ``is_quiet`` comes without a sound. ``meeting_id`` is whose invitation it is. ``rounds`` counts how often
    it was set going: launched, corrected, repeated. Instants are UTC."""

    id: int
    author_id: int
    text: str = ""
    files: tuple[BroadcastFile, ...] = ()
    circle: Circle = field(default_factory=Circle)
    asks_ack: bool = False
    is_quiet: bool = False
    timing: Timing = Timing.NOW
    at: datetime | None = None
    state: BroadcastState = BroadcastState.DRAFT
    made_at: datetime | None = None
    start: datetime | None = None
    launched_at: datetime | None = None
    corrected_at: datetime | None = None
    removed_at: datetime | None = None
    meeting_id: int | None = None
    rounds: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.text and not self.files


# --- What is said -----------------------------------------------------------------------------------------------------

NAME, SCHOOL = "имя", "школа"
_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_TAG = re.compile(r"<[^>]*>")


def variables(text: str) -> set[str]:
    """The variables of a text: «{{ имя }}», «{{ школа }}». Raises ``Refusal`` for others, for half of one, for
    formatting inside of one, and for one inside of a link."""
    found = {one.casefold() for one in _VARIABLE.findall(text)}
    if any("<" in one for one in found) or any(_VARIABLE.search(tag) for tag in _TAG.findall(text)):
        raise Refusal("broadcast.formatted-variable")
    unknown = sorted(found - {NAME, SCHOOL})
    if unknown:
        raise Refusal("broadcast.unknown-variable", name=unknown[0][:30])
    if any(sign in _VARIABLE.sub("", text) for sign in ("{{", "}}")):
        raise Refusal("broadcast.broken-variable")
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text for one of those it goes to; the values are escaped."""
    return _VARIABLE.sub(lambda found: escape(values[found[1].casefold()], quote=False), text)


def words(text: str) -> str:
    """The words of a text without its formatting."""
    return _TAG.sub("", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def checked(text: str) -> str:
    """A text that may be sent. Raises ``Refusal`` for nothing, for too much of it, and for variables that are none."""
    text = text.strip()
    length = len(words(text))
    if not words(text).strip():
        raise Refusal("broadcast.no-text")
    if length > TEXT_LIMIT:
        raise Refusal("broadcast.long-text", limit=TEXT_LIMIT, length=length)
    if len(text) > MESSAGE_LIMIT:
        raise Refusal("broadcast.much-formatting")
    variables(text)
    return text


# --- To whom ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Addressee:
    """One of those it goes to, or would: ``key`` is «person:5» or «group:3». ``silence`` is why a person cannot be
    written to, ``None`` where they can; ``school`` is empty where they have none."""

    key: str
    name: str
    person_id: int | None = None
    group_id: int | None = None
    school: str = ""
    silence: Silence | None = None

    @property
    def values(self) -> dict[str, str]:
        """What the variables stand for."""
        return {NAME: self.name, SCHOOL: self.school}


def people_of(circle: Circle, registry: Registry) -> list[Registered]:
    """Whom an audience names, in the order of names."""
    audience = circle.audience
    return [one for one in registry.people if one.duties and is_asked(one, audience, registry)]


def with_places(circle: Circle, people: Iterable[Registered], registry: Registry) -> list[Registered]:
    """Those of the people who are answerable for something in the places of an audience; all where it names none."""
    if not circle.audience.is_narrowed:
        return list(people)
    everybody = replace(circle.audience, roles=frozenset(Role), people=frozenset())
    return [one for one in people if is_asked(one, everybody, registry)]


def school_of(person: Registered, registry: Registry) -> str:
    """What «{{ школа }}» is for somebody: the school of whose team they are."""
    own = (registry.school(duty.school_id) for duty in person.duties if duty.role is Role.SCHOOL)
    return next((school.name for school in own if school is not None), "")


def addressee(person: Registered, registry: Registry, silence: Silence | None) -> Addressee:
    """A person as one of those it goes to."""
    name = called(person.name, person.id)
    return Addressee(f"person:{person.id}", name, person.id, None, school_of(person, registry), silence)


def refuse_variables(text: str, addressees: Collection[Addressee]) -> None:
    """Raises ``Refusal`` where a variable would stand for nothing: a group has no name, not everybody has a school."""
    found = variables(text)
    if found and any(one.group_id is not None for one in addressees):
        raise Refusal("broadcast.variable-in-group")
    without = [one.name for one in addressees if SCHOOL in found and not one.school]
    if without:
        raise Refusal("broadcast.no-school", name=without[0], count=len(without))


def refuse_longest(text: str, addressees: Iterable[Addressee]) -> None:
    """Raises ``Refusal`` where the names of somebody make the text longer than a message."""
    found = [one.casefold() for one in _VARIABLE.findall(text)]
    room = MESSAGE_LIMIT - len(_VARIABLE.sub("", text))
    for one in addressees if found else ():
        if sum(len(escape(one.values[name], quote=False)) for name in found) > room:
            raise Refusal("broadcast.long-for", name=one.name)


def everybody(circle: Circle) -> Circle:
    """«Все участники»."""
    return Circle(Audience(roles=PARTICIPANTS), circle.groups)


# --- When -------------------------------------------------------------------------------------------------------------


def start_of(timing: Timing, at: datetime | None, now: datetime, hours: Hours) -> datetime:
    """When the first goes: nothing in the quiet hours, «в рабочее время» from 9 to 18 of a working day.

    Raises ``Refusal`` for an instant in the past, or too far ahead.
    """
    match timing:
        case Timing.AT:
            if at is None or at < now:
                raise Refusal("broadcast.past-time")
            if at > now + FARTHEST:
                raise Refusal("broadcast.far-time", days=FARTHEST.days)
            return hours.awake(at)
        case Timing.HOURS:
            return _working(now, hours)
    return hours.awake(now)


def _working(now: datetime, hours: Hours) -> datetime:
    day, (since, until) = hours.today(now), _WORKING
    if hours.calendar.is_working(day) and now < hours.at(day, until):
        return max(now, hours.at(day, since))
    return hours.at(hours.calendar.working_day_after(day, 1), since)


# --- What became of it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of it for one: ``state`` is of the message, ``None`` where none could be written; ``reason`` why it
    did not arrive: a kind of failure. ``maybe_twice`` is one that may have arrived twice, ``has_stayed`` one that the
    messenger did not delete."""

    addressee: Addressee
    state: OutboxState | None = None
    reason: str = ""
    sent_at: datetime | None = None
    acked_at: datetime | None = None
    message_id: str = ""
    outbox_id: int | None = None
    maybe_twice: bool = False
    has_stayed: bool = False

    @property
    def has_arrived(self) -> bool:
        """Whether the messenger took it."""
        return self.state is OutboxState.SENT

    @property
    def is_on_the_way(self) -> bool:
        """Whether it is still to be tried."""
        return self.state in (OutboxState.PLANNED, OutboxState.SENDING)

    @property
    def has_failed(self) -> bool:
        """Whether it did not arrive, and is not tried any more."""
        return not self.has_arrived and not self.is_on_the_way


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of all have got it, are still to, did not; and how many acknowledged."""

    of: int
    arrived: int
    on_the_way: int
    failed: int
    acked: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is on the way any more."""
        return not self.on_the_way
