"""«Проведённое»: a seminar, an update, a municipal event; each is told of by itself, and its item counts them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.access import TABLE, Right, reach_of
from domain.completion import is_confirmed
from domain.deadline_words import normalise
from domain.debtor import Debtor
from domain.evidence import Evidence, FileContent, SentFile
from domain.notice import responsible
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registry, tidy
from domain.roadmap import Item, OwedBy, Roadmap, ThresholdKind
from domain.typed_day import read_day

TITLE_LIMIT = 200
MOST_FILES = 20
"""Of one thing held."""
_WEEK, _MONTH, _YEAR = timedelta(days=7), timedelta(days=31), timedelta(days=365)
_LATELY = {"вчера": 1, "позавчера": 2}


class Question(StrEnum):
    """What is asked about it, in this order."""

    PLACE = "place"
    DAY = "day"
    TITLE = "title"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A photo or a document of it; ``content`` is ``None`` while the messenger has not handed it over."""

    sent: SentFile
    content: FileContent | None = None


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """What is told of it so far. ``place`` is a municipality's id; ``link`` is empty where there is none."""

    item_id: int
    place: int | None = None
    day: date | None = None
    title: str = ""
    link: str | None = None
    files: tuple[HeldFile, ...] = ()

    def has(self, file: HeldFile) -> bool:
        """Whether that message, or that content, is there already."""
        return any(
            one.sent.source == file.sent.source
            or (one.content is not None and file.content is not None and one.content.sha256 == file.content.sha256)
            for one in self.files
        )

    def question(self, item: Item) -> Question | None:
        """What is to be asked next; nothing where it can be saved."""
        if self.place is None and is_by_place(item):
            return Question.PLACE
        if self.day is None:
            return Question.DAY
        if not self.title:
            return Question.TITLE
        return Question.LINK if self.link is None else None


@dataclass(frozen=True, slots=True)
class Happening:
    """What was held on a local day. ``place`` is the id of the municipality whose it is, ``reported_at`` is UTC."""

    id: int
    item_id: int
    day: date
    title: str
    link: str
    place: int | None
    reported_by: int
    reported_at: datetime
    files: tuple[Evidence, ...] = ()


def is_held(item: Item) -> bool:
    """Whether an item counts what was held."""
    return not is_confirmed(item)


def is_by_place(item: Item) -> bool:
    """Whether it is held by each municipality for itself."""
    return item.threshold is not None and item.threshold.kind is ThresholdKind.PER_MUNICIPALITY


def may_report(duties: Iterable[Duty], item: Item, roadmap: Roadmap) -> bool:
    """Whether somebody may tell of what was held: the coordinator, the organisers who carry the item out, and of what
    each municipality holds its own coordinator."""
    return is_held(item) and bool(_reporting(duties, item, roadmap))


def _reporting(duties: Iterable[Duty], item: Item, roadmap: Roadmap) -> list[Duty]:
    carrying = responsible(item, roadmap)
    return [
        duty
        for duty in duties
        if duty.role in TABLE[Right.REPORT_HAPPENING]
        if duty.role is Role.COORDINATOR
        or duty.address in carrying
        or (duty.role is Role.MUNICIPAL and is_by_place(item))
    ]


def places(
    duties: Iterable[Duty], item: Item, roadmap: Roadmap, registry: Registry, exempt: Collection[Debtor] = ()
) -> list[Municipality]:
    """The municipalities for which somebody may tell of it, in the order of names; those with a school that takes part
    and to whom the item applies."""
    if not is_by_place(item):
        return []
    seen = reach_of(_reporting(duties, item, roadmap), Right.REPORT_HAPPENING)
    home = {school.municipality_id for school in registry.schools}
    return [
        one
        for one in registry.municipalities
        if one.id in home and (seen.everything or one.id in seen.municipalities)
        if Debtor(OwedBy.MUNICIPALITY, one.id) not in exempt
    ]


def title_of(typed: str) -> str:
    """What it is called, on one line. Raises ``Refusal`` for nothing, and for too much."""
    title = tidy(typed)
    if not any(letter.isalnum() for letter in title):
        raise Refusal("happening.no-title")
    if len(title) > TITLE_LIMIT:
        raise Refusal("happening.long-title", limit=TITLE_LIMIT)
    return title


def held_day(typed: str, today: date) -> date:
    """The day as it was typed; one without a year is the last such day, unless it lies just ahead.

    Raises ``Refusal`` for what is no day, and for one that is still to come.
    """
    words = normalise(typed)
    if words in _LATELY:
        return today - timedelta(days=_LATELY[words])
    day = read_day(typed, near=today - _WEEK, today=today)
    if day > today + _MONTH:
        day = read_day(typed, near=today - _YEAR + 3 * _MONTH, today=today)
    return refuse_ahead(day, today)


def refuse_ahead(day: date, today: date) -> date:
    """The day itself. Raises ``Refusal`` for one that is still to come."""
    if day > today:
        raise Refusal("happening.ahead", day=day)
    return day
