"""A roadmap: the order's items as the product knows them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.deadline import Deadline
from domain.people import Role


class ItemKind(StrEnum):
    """What sort of work an item is; decides its icon and, later, which feature serves it."""

    ORDER = "order"
    MEETING = "meeting"
    SURVEY = "survey"
    MONITORING = "monitoring"
    TRAINING = "training"
    EVENT = "event"
    GROUP = "group"
    SCHEDULE = "schedule"
    ANALYSIS = "analysis"
    SUPPORT = "support"
    SUMMARY = "summary"
    UNKNOWN = "unknown"


class OwedBy(StrEnum):
    """The party every member of which has to do the item."""

    EXECUTORS = "executors"
    SCHOOL = "school"
    MUNICIPALITY = "municipality"
    CURATOR = "curator"


class ReviewedBy(StrEnum):
    """Who decides whether what was confirmed is enough; organisers only where they are executors of the item."""

    COORDINATOR = "coordinator"
    ORGANISER = "organiser"
    MUNICIPAL = "municipal"
    CURATOR = "curator"


class ThresholdKind(StrEnum):
    """How an indicator counts (domain.md, «Indicators»)."""

    SHARE = "share"
    COUNT = "count"
    MONTHLY = "monthly"
    PER_MUNICIPALITY = "per-municipality"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that an indicator must reach.

    ``target`` is percent for a share and a count otherwise; ``None`` where the order names no number (item 26).
    ``of`` says of whom a share is taken: ``participants``, ``teams`` or ``schools``.
    """

    kind: ThresholdKind
    target: int | None
    of: str | None = None


class FlagState(StrEnum):
    """Why a field is to be confirmed: a person inferred it, nobody can read it, or the order is silent."""

    RESTORED = "restored"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class Flag:
    """«Требует уточнения» on one field of an item."""

    field: str
    state: FlagState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where the order wants an item covered. ``group`` is true where it is a chat that the bot writes to."""

    id: str
    title: str
    group: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Executor:
    """A party that carries items out. ``role`` names the registry's role that stands for it."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the order.

    ``deadline_text`` is the wording of the order, ``deadline`` its meaning. ``held_on`` is the day chosen for
    an «после …» item. ``executors`` and ``channels`` hold ids declared by the roadmap. Where ``reviewed_by`` is empty,
    who reviews follows from the rest (``domain/review.py``).
    """

    number: int
    title: str
    short_title: str
    deadline_text: str
    deadline: Deadline
    executors: tuple[str, ...]
    indicator: str
    channels: tuple[str, ...]
    kind: ItemKind
    owed_by: OwedBy = OwedBy.EXECUTORS
    threshold: Threshold | None = None
    flags: tuple[Flag, ...] = ()
    held_on: date | None = None
    reviewed_by: tuple[ReviewedBy, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedSchool:
    """A school that the order names as taking part (item 17 of the order of 2022)."""

    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class ShippedSurvey:
    """The survey that an item begins with: ``form`` is the slug of a shipped form, ``target`` percent where it is not
    the item's threshold."""

    item: int
    form: str
    audience: frozenset[Role]
    anonymous: bool = False
    per_school: bool = False
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A yearly roadmap of one region. ``slug`` tells it from the others that stand beside it.

    ``schools`` are those that the file names: a registry without schools begins with them; ``surveys`` are what its
    items of that kind begin with. Both are kept in the file alone.
    """

    slug: str
    title: str
    year: int
    region: str
    order_number: str
    order_date: date
    channels: tuple[Channel, ...]
    executors: tuple[Executor, ...]
    items: tuple[Item, ...] = field(default=())
    flags: tuple[Flag, ...] = ()
    schools: tuple[NamedSchool, ...] = ()
    surveys: tuple[ShippedSurvey, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """That an item was closed: when (UTC), and the note of the person who did it."""

    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeptItem:
    """An item as it is kept: ``id`` is stable, ``corrected`` names the fields a person changed by hand."""

    id: int
    roadmap_id: int
    item: Item
    closing: Closing | None = None
    corrected: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something."""
        return self.closing is None


@dataclass(frozen=True, slots=True)
class KeptRoadmap:
    """A roadmap as it is kept, with its items by number."""

    id: int
    roadmap: Roadmap
    items: tuple[KeptItem, ...]
