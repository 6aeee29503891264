"""What was held, with the photos and documents of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from domain.evidence import Evidence, EvidenceKind
from domain.happening import Happening, NewHappening
from domain.registry import name_key
from storage import evidence as evidence_rows
from storage import tables as t
from storage.completion import as_evidence
from storage.database import Transaction, new_id

_h, _e = t.happening.c, t.evidence.c


async def add(tx: Transaction, new: NewHappening, by: int, now: datetime) -> int:
    """A further one, whole; returns its id."""
    values = {"municipality_id": new.place, "day": new.day, "title": new.title, "link": new.link}
    query = insert(t.happening).values(item_id=new.item_id, reported_by=by, reported_at=now, **values)
    made = new_id(await tx.execute(query))
    for file in new.files:
        await evidence_rows.add(
            tx,
            EvidenceKind.FILE,
            by,
            now,
            happening_id=made,
            text=file.caption,
            name=file.name,
            file_id=file.id,
            is_photo=file.is_photo,
            source=file.source or None,
        )
    return made


async def same(tx: Transaction, new: NewHappening) -> int | None:
    """The one that was told of already: of the same item and municipality, on the same day, called the same."""
    place = _h.municipality_id.is_(None) if new.place is None else _h.municipality_id == new.place
    query = select(_h.id, _h.title).where(_h.item_id == new.item_id, place, _h.day == new.day, *_THERE)
    named = [row.id for row in await tx.execute(query) if name_key(row.title) == name_key(new.title)]
    return named[0] if named else None


async def get(tx: Transaction, happening_id: int) -> Happening | None:
    """The one of that id, unless it was taken away."""
    found = await _load(tx, _h.id == happening_id)
    return found[0] if found else None


async def of_item(tx: Transaction, item_id: int) -> list[Happening]:
    """Everything of an item, the latest day first."""
    return await _load(tx, _h.item_id == item_id)


async def take_away(tx: Transaction, happening_id: int, now: datetime) -> bool:
    """It is not meant; it stays as a row. False where it was not there (any more)."""
    query = update(t.happening).where(_h.id == happening_id, *_THERE)
    return (await tx.execute(query.values(removed_at=now))).rowcount == 1


_THERE = (_h.removed_at.is_(None),)


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Happening]:
    query = select(t.happening).where(*which, *_THERE).order_by(_h.day.desc(), _h.id.desc())
    rows = (await tx.execute(query)).all()
    files = await _files(tx, [row.id for row in rows])
    return [_happening(row, tuple(files[row.id])) for row in rows]


async def _files(tx: Transaction, ids: Iterable[int]) -> dict[int, list[Evidence]]:
    f = t.stored_file.c
    query = (
        select(t.evidence, f.sha256, f.size, f.mime, f.path)
        .outerjoin(t.stored_file, f.id == _e.file_id)
        .where(_e.happening_id.in_(list(ids)), _e.removed_at.is_(None))
        .order_by(_e.id)
    )
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in await tx.execute(query):
        found[row.happening_id].append(as_evidence(row))
    return found


def _happening(row: Any, files: tuple[Evidence, ...]) -> Happening:
    return Happening(
        row.id,
        row.item_id,
        row.day,
        row.title,
        row.link,
        row.municipality_id,
        row.reported_by,
        row.reported_at,
        files,
    )
