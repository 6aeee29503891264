"""A meeting: what it is about, when and where, who is invited, who comes and who came. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.broadcast import BroadcastFile
from domain.evidence import is_link, link_of
from domain.people import Role
from domain.refusal import Refusal
from domain.registry import Registry, called, tidy

TITLE_LIMIT = 200
PLACE_LIMIT = 300
AGENDA_LIMIT = 1500
"""Characters; an invitation with all of it is one message."""
WHY_LIMIT = 300
NAME_LIMIT = 150
MOST_FILES = 10
"""Materials; and, apart from them, files with the minutes."""
LENGTHS = (30, 45, 60, 90, 120, 180, 240, 480)
"""Minutes that a meeting may be chosen to take."""
FARTHEST = timedelta(days=366)


class MeetingState(StrEnum):
    """draft → called → held (its minutes were sent); called → cancelled."""

    DRAFT = "draft"
    CALLED = "called"
    CANCELLED = "cancelled"
    HELD = "held"


class Coming(StrEnum):
    """What an invited person answers: «Приду», «Не смогу», «Придёт другой»."""

    YES = "yes"
    NO = "no"
    OTHER = "other"


class CameBy(StrEnum):
    """How it is known that somebody came: by the code, by the button, by the list of whoever leads."""

    CODE = "code"
    BUTTON = "button"
    LIST = "list"


class Paper(StrEnum):
    """What a file of a meeting is: sent with the invitation, or with the minutes."""

    MATERIAL = "material"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Meeting:
    """``starts_at`` is UTC, ``minutes`` how long it takes; ``place`` and ``link`` say where, either may be empty.

    ``changes`` counts what was changed after it was called: SEQUENCE of its calendar event (RFC 5545, 3.8.7.4).
    ``slot_minutes`` is set where each school comes at a time of its own: an interview (item 18), with so many minutes'
    ``slot_break`` between two. The door is open from ``door_opens`` to ``door_closes``, and while it is, whoever is
    invited checks in by ``code`` or, where it is empty, by a button. Instants are UTC.
    """

    id: int
    author_id: int
    item_id: int | None = None
    title: str = ""
    starts_at: datetime | None = None
    minutes: int = 60
    place: str = ""
    link: str = ""
    agenda: str = ""
    materials: tuple[BroadcastFile, ...] = ()
    papers: tuple[BroadcastFile, ...] = ()
    state: MeetingState = MeetingState.DRAFT
    changes: int = 0
    slot_minutes: int | None = None
    slot_break: int = 0
    code: str = ""
    door_opens: datetime | None = None
    door_closes: datetime | None = None
    called_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_why: str = ""
    minutes_text: str = ""
    held_at: datetime | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When it is over (UTC), as far as it is known when it begins."""
        return None if self.starts_at is None else self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_ahead(self) -> bool:
        """Whether people were called to it and it may still take place or run."""
        return self.state is MeetingState.CALLED

    @property
    def is_by_slots(self) -> bool:
        """Whether each school comes at a time of its own."""
        return self.slot_minutes is not None

    def is_door_open(self, now: datetime) -> bool:
        """Whether whoever is invited can check in."""
        return (
            self.door_opens is not None and self.door_closes is not None and self.door_opens <= now < self.door_closes
        )


@dataclass(frozen=True, slots=True)
class Guest:
    """One of the invited, by the key of who it is («person:5», «group:3»). ``why`` is of «Не смогу», ``other`` who
    comes instead. Whoever checked in without having been invited has no ``invited_at``. Instants are UTC."""

    key: str
    person_id: int | None = None
    group_id: int | None = None
    invited_at: datetime | None = None
    coming: Coming | None = None
    why: str = ""
    other: str = ""
    answered_at: datetime | None = None
    came_at: datetime | None = None
    came_by: CameBy | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class NamedGuest:
    """The same with the name and the school of today (empty where there is none)."""

    guest: Guest
    name: str
    school: str = ""
    school_ids: frozenset[int] = frozenset()
    can_be_told: bool = True


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people are invited, have said that they come (or that another does), that they do not, nothing; how many
    came; and of how many school teams at least one came."""

    invited: int
    coming: int
    not_coming: int
    silent: int
    came: int
    teams_came: int
    teams: int

    @property
    def percent(self) -> int:
        """The share of teams that came, in whole percent rounded down."""
        return self.teams_came * 100 // self.teams if self.teams else 0


def turnout(guests: Iterable[NamedGuest]) -> Turnout:
    """Counted; groups are nobody who comes."""
    people = [one for one in guests if one.guest.person_id is not None]
    came = [one for one in people if one.guest.came_at is not None]
    said = [one.guest.coming for one in people]
    invited = [one for one in people if one.guest.invited_at is not None]
    return Turnout(
        len(invited),
        sum(one in (Coming.YES, Coming.OTHER) for one in said),
        said.count(Coming.NO),
        sum(one.guest.coming is None for one in invited),
        len(came),
        len(frozenset[int]().union(*(one.school_ids for one in came))),
        len(frozenset[int]().union(*(one.school_ids for one in people))),
    )


def schools_of(person_id: int, registry: Registry) -> frozenset[int]:
    """The schools of whose teams somebody is."""
    person = registry.person(person_id)
    duties = person.duties if person else ()
    return frozenset(one.school_id for one in duties if one.role is Role.SCHOOL and one.school_id is not None)


def named(
    guests: Iterable[Guest], registry: Registry, titles: Mapping[int, str], silent: Collection[int]
) -> list[NamedGuest]:
    """The guests with their names of today, by school and name, groups last; ``titles`` are those of groups, ``silent``
    the people who cannot be written to."""
    found = []
    for one in guests:
        if one.person_id is None:
            found.append(NamedGuest(one, titles.get(one.group_id or 0, "")))
            continue
        person = registry.person(one.person_id)
        schools = schools_of(one.person_id, registry)
        school = min((each.name for each in registry.schools if each.id in schools), default="")
        name = called(person.name if person else "", one.person_id)
        found.append(NamedGuest(one, name, school, schools, one.person_id not in silent))
    return sorted(found, key=lambda each: (each.guest.person_id is None, not each.school, each.school, each.name))


# --- What is typed ----------------------------------------------------------------------------------------------------


def title_of(text: str) -> str:
    """What it is called. Raises ``Refusal`` for nothing, and for too much."""
    return _words(text, TITLE_LIMIT, "title")


def where_of(text: str) -> tuple[str, str]:
    """The place and the link of what was typed, either may be empty: a word that is a link is the link. Raises
    ``Refusal`` for nothing, and for too much."""
    words = text.split()
    links = [word for word in words if is_link(word)]
    rest = " ".join(word for word in words if not is_link(word))
    if len(links) > 1:
        raise Refusal("meeting.several-links")
    if not links:
        return _words(rest, PLACE_LIMIT, "place"), ""
    return _words(rest, PLACE_LIMIT, "place") if rest else "", link_of(links[0])


def agenda_of(text: str) -> str:
    """What is talked about, its lines kept. Raises ``Refusal`` for nothing, and for too much."""
    lines = "\n".join(line for raw in text.splitlines() if (line := " ".join(raw.split())))
    if not lines:
        raise Refusal("meeting.no-words")
    if len(lines) > AGENDA_LIMIT:
        raise Refusal("meeting.long-agenda", limit=AGENDA_LIMIT, length=len(lines))
    return lines


def why_of(text: str) -> str:
    """A reason. Raises ``Refusal`` for nothing, and for too much."""
    return _words(text, WHY_LIMIT, "why")


def name_of(text: str) -> str:
    """Who comes instead: a name, with a position if they like. Raises ``Refusal`` for nothing, and for too much."""
    return _words(text, NAME_LIMIT, "name")


def _words(text: str, limit: int, what: str) -> str:
    words = tidy(text)
    if sum(sign.isalnum() for sign in words) < 2:
        raise Refusal("meeting.no-words")
    if len(words) > limit:
        raise Refusal(f"meeting.long-{what}", limit=limit, length=len(words))
    return words


def refuse_time(starts_at: datetime, now: datetime) -> None:
    """Raises ``Refusal`` for a time that has passed, and for one that is too far ahead."""
    if starts_at <= now:
        raise Refusal("meeting.past-time")
    if starts_at > now + FARTHEST:
        raise Refusal("meeting.far-time")


def refuse_unready(meeting: Meeting, now: datetime) -> None:
    """Raises ``Refusal`` where people cannot be called to it yet."""
    if not meeting.title:
        raise Refusal("meeting.no-title")
    if meeting.starts_at is None:
        raise Refusal("meeting.no-time")
    if meeting.starts_at <= now:
        raise Refusal("meeting.begun" if meeting.is_ahead else "meeting.time-passed")
    refuse_time(meeting.starts_at, now)
    if not meeting.place and not meeting.link:
        raise Refusal("meeting.no-place")
