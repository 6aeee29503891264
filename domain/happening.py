"""«Проведённое»: a seminar, an update, a municipal event; each is told of by itself, and its item counts them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.access import TABLE, Right, reach_of
from domain.completion import is_confirmed
from domain.debtor import Debtor
from domain.evidence import Evidence
from domain.form import FormFile
from domain.notice import responsible
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registry, tidy
from domain.roadmap import Item, OwedBy, Roadmap, ThresholdKind

TITLE_LIMIT = 200
MOST_FILES = 20
"""Of one thing held."""


@dataclass(frozen=True, slots=True)
class NewHappening:
    """What somebody tells of one. ``place`` is a municipality's id; ``link`` is empty where there is none."""

    item_id: int
    place: int | None
    day: date
    title: str
    link: str = ""
    files: tuple[FormFile, ...] = ()


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
    """What it is called, on one line. Raises ``Refusal`` where that is no word."""
    title = tidy(typed)
    if not any(letter.isalnum() for letter in title):
        raise Refusal("happening.no-title")
    return title
