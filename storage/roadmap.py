"""Roadmaps and their items."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, select, update

from domain.deadline import Deadline, DeadlineKind
from domain.registry import called
from domain.roadmap import (
    Channel,
    Closing,
    Executor,
    Flag,
    FlagState,
    Item,
    ItemKind,
    KeptItem,
    KeptRoadmap,
    OwedBy,
    ReviewedBy,
    Roadmap,
    Threshold,
    ThresholdKind,
)
from storage import tables as t
from storage.database import Transaction, new_id


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One line of an item's history; ``person_id`` is empty where a file changed it. ``at`` is UTC."""

    item_id: int
    at: datetime
    person_id: int | None
    field: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeBy:
    """A line of the history and how whoever made it is called; ``who`` is empty where a file did."""

    change: ItemChange
    who: str


Row = RowMapping | dict[str, Any]


async def all_roadmaps(tx: Transaction) -> tuple[KeptRoadmap, ...]:
    """Every roadmap with its items by number, the oldest year first."""
    heads = (await tx.execute(select(t.roadmap).order_by(t.roadmap.c.year, t.roadmap.c.id))).mappings().all()
    rows = (await tx.execute(select(t.item).order_by(t.item.c.number))).mappings().all()
    return tuple(_kept_roadmap(head, [row for row in rows if row["roadmap_id"] == head["id"]]) for head in heads)


async def find_roadmap(tx: Transaction, slug: str) -> KeptRoadmap | None:
    """The roadmap of that slug."""
    head = (await tx.execute(select(t.roadmap).where(t.roadmap.c.slug == slug))).mappings().first()
    return None if head is None else await _with_items(tx, head)


async def get_roadmap(tx: Transaction, roadmap_id: int) -> KeptRoadmap | None:
    """The roadmap of that id."""
    head = (await tx.execute(select(t.roadmap).where(t.roadmap.c.id == roadmap_id))).mappings().first()
    return None if head is None else await _with_items(tx, head)


async def get_item_of_roadmap(tx: Transaction, item_id: int) -> tuple[KeptItem, Roadmap] | None:
    """The item of that id with the head of its roadmap (without the other items), in one look."""
    row = (await tx.execute(_ITEM_OF_ROADMAP, {"item_id": item_id})).first()
    if row is None:
        return None
    values, width = tuple(row), len(_ITEM)
    kept = _kept_item(dict(zip(_ITEM, values[:width], strict=True)))
    return kept, _kept_roadmap(dict(zip(_HEAD, values[width:], strict=True)), ()).roadmap


# Composing a statement costs as much as running it, so the one behind every press on an item is composed once.
_ITEM_OF_ROADMAP = select(t.item, t.roadmap).join(t.roadmap).where(t.item.c.id == bindparam("item_id"))
_ITEM = t.item.c.keys()
_HEAD = t.roadmap.c.keys()


async def _with_items(tx: Transaction, head: Row) -> KeptRoadmap:
    query = select(t.item).where(t.item.c.roadmap_id == head["id"]).order_by(t.item.c.number)
    return _kept_roadmap(head, (await tx.execute(query)).mappings().all())


async def add_roadmap(tx: Transaction, roadmap: Roadmap, now: datetime) -> int:
    """Store a new roadmap without its items; returns its id."""
    result = await tx.execute(insert(t.roadmap).values(**_head_values(roadmap), loaded_at=now))
    return new_id(result)


async def update_roadmap(tx: Transaction, roadmap_id: int, roadmap: Roadmap, now: datetime) -> None:
    """Replace the head of a roadmap."""
    values = _head_values(roadmap) | {"loaded_at": now}
    await tx.execute(update(t.roadmap).where(t.roadmap.c.id == roadmap_id).values(**values))


async def add_items(tx: Transaction, roadmap_id: int, items: Iterable[Item]) -> None:
    """Store new items of a roadmap."""
    rows = [_item_values(item) | {"roadmap_id": roadmap_id, "corrected": []} for item in items]
    if rows:
        await tx.execute(insert(t.item), rows)


async def save_item(tx: Transaction, item_id: int, item: Item, corrected: Iterable[str]) -> None:
    """Replace everything an item says; its closing stays."""
    values = _item_values(item) | {"corrected": sorted(corrected)}
    await tx.execute(update(t.item).where(t.item.c.id == item_id).values(**values))


async def close_item(tx: Transaction, item_id: int, by: int, now: datetime, note: str) -> bool:
    """Close an open item; false when somebody already did."""
    query = update(t.item).where(t.item.c.id == item_id, t.item.c.closed_at.is_(None))
    result = await tx.execute(query.values(closed_at=now, closed_by=by, closing_note=note))
    return result.rowcount == 1


async def reopen_item(tx: Transaction, item_id: int) -> bool:
    """Open a closed item again; false when it is open."""
    query = update(t.item).where(t.item.c.id == item_id, t.item.c.closed_at.is_not(None))
    result = await tx.execute(query.values(closed_at=None, closed_by=None, closing_note=""))
    return result.rowcount == 1


async def record_changes(tx: Transaction, changes: Iterable[ItemChange]) -> None:
    """Append to the history of items."""
    rows = [asdict(change) for change in changes]
    if rows:
        await tx.execute(insert(t.item_change), rows)


async def changes_of(tx: Transaction, item_id: int, limit: int) -> tuple[ChangeBy, ...]:
    """The newest changes of an item, newest first."""
    c = t.item_change.c
    columns = (c.item_id, c.at, c.person_id, c.field, c.before, c.after, c.note)
    query = select(*columns, t.person.c.name).outerjoin(t.person).where(c.item_id == item_id)
    rows = await tx.execute(query.order_by(c.id.desc()).limit(limit))
    return tuple(ChangeBy(ItemChange(*row[:-1]), _who(row.person_id, row.name)) for row in rows)


def _who(person_id: int | None, name: str) -> str:
    return "" if person_id is None else called(name, person_id)


def _head_values(roadmap: Roadmap) -> dict[str, Any]:
    return {
        "slug": roadmap.slug,
        "title": roadmap.title,
        "year": roadmap.year,
        "region": roadmap.region,
        "order_number": roadmap.order_number,
        "order_date": roadmap.order_date,
        "channels": [asdict(channel) for channel in roadmap.channels],
        "executors": [asdict(executor) for executor in roadmap.executors],
        "flags": [asdict(flag) for flag in roadmap.flags],
    }


def _item_values(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "short_title": item.short_title,
        "deadline_text": item.deadline_text,
        "deadline_kind": item.deadline.kind,
        "starts": item.deadline.start,
        "ends": item.deadline.end,
        "exact": item.deadline.exact,
        "held_on": item.held_on,
        "executors": list(item.executors),
        "indicator": item.indicator,
        "threshold": None if item.threshold is None else asdict(item.threshold),
        "channels": list(item.channels),
        "kind": item.kind,
        "owed_by": item.owed_by,
        "reviewed_by": list(item.reviewed_by),
        "flags": [asdict(flag) for flag in item.flags],
    }


def _kept_roadmap(head: Row, rows: Iterable[Row]) -> KeptRoadmap:
    kept = tuple(_kept_item(row) for row in rows)
    roadmap = Roadmap(
        slug=head["slug"],
        title=head["title"],
        year=head["year"],
        region=head["region"],
        order_number=head["order_number"],
        order_date=head["order_date"],
        channels=tuple(Channel(**channel) for channel in head["channels"]),
        executors=tuple(Executor(**executor) for executor in head["executors"]),
        items=tuple(one.item for one in kept),
        flags=_flags(head["flags"]),
    )
    return KeptRoadmap(head["id"], roadmap, kept)


def _kept_item(row: Row) -> KeptItem:
    item = Item(
        number=row["number"],
        title=row["title"],
        short_title=row["short_title"],
        deadline_text=row["deadline_text"],
        deadline=_deadline(row["deadline_kind"], row["starts"], row["ends"], exact=row["exact"]),
        executors=tuple(row["executors"]),
        indicator=row["indicator"],
        channels=tuple(row["channels"]),
        kind=ItemKind(row["kind"]),
        owed_by=OwedBy(row["owed_by"]),
        reviewed_by=tuple(ReviewedBy(one) for one in row["reviewed_by"]),
        threshold=_threshold(row["threshold"]),
        flags=_flags(row["flags"]),
        held_on=row["held_on"],
    )
    closing = None if row["closed_at"] is None else Closing(row["closed_at"], row["closing_note"])
    return KeptItem(row["id"], row["roadmap_id"], item, closing, frozenset(row["corrected"]))


def _deadline(kind: str, start: date | None, end: date | None, *, exact: bool) -> Deadline:
    return Deadline(DeadlineKind(kind), start, end, exact)


def _threshold(stored: Mapping[str, Any] | None) -> Threshold | None:
    if stored is None:
        return None
    return Threshold(ThresholdKind(stored["kind"]), stored["target"], stored["of"])


def _flags(stored: Iterable[Mapping[str, str]]) -> tuple[Flag, ...]:
    return tuple(Flag(one["field"], FlagState(one["state"]), one["note"]) for one in stored)
