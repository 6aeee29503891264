"""Remarks and proposals with their answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, func, insert, select, update

from domain.remark import Remark, RemarkKind
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.remark.c


async def add(
    tx: Transaction,
    school_id: int,
    kind: RemarkKind,
    text: str,
    by: int,
    now: datetime,
    *,
    document_id: int | None = None,
    item_id: int | None = None,
    visit_id: int | None = None,
) -> int:
    """A further one; returns its id."""
    about = {"school_id": school_id, "document_id": document_id, "item_id": item_id, "visit_id": visit_id}
    said = {"kind": kind, "text": text, "author_id": by, "at": now, "answer": ""}
    return new_id(await tx.execute(insert(t.remark).values(**about, **said)))


async def get(tx: Transaction, remark_id: int) -> Remark | None:
    """The one of that id."""
    found = await _load(tx, _c.id == remark_id)
    return found[0] if found else None


async def of_school(tx: Transaction, school_id: int) -> list[Remark]:
    """Everything that was remarked in a school, the oldest first."""
    return await _load(tx, _c.school_id == school_id)


async def count_unanswered(tx: Transaction, schools: Iterable[int]) -> int:
    """How many wait for the answer of these schools."""
    waiting = (_c.school_id.in_(list(schools)), _c.answered_at.is_(None), _c.fixed_at.is_(None))
    return int(await tx.scalar(select(func.count()).where(*waiting)) or 0)


async def of_document(tx: Transaction, document_id: int) -> list[Remark]:
    """Everything that was remarked on a document, the oldest first."""
    return await _load(tx, _c.document_id == document_id)


async def correct(tx: Transaction, remark_id: int, text: str, now: datetime) -> None:
    """The author's text, another in place of the earlier one."""
    await tx.execute(_change(remark_id).values(text=text, corrected_at=now))


async def answer(tx: Transaction, remark_id: int, text: str, by: int, now: datetime) -> None:
    """The school's answer; an earlier one is no more."""
    await tx.execute(_change(remark_id).values(answer=text, answered_by=by, answered_at=now))


async def fix(tx: Transaction, remark_id: int, by: int, now: datetime) -> None:
    """It is fixed."""
    await tx.execute(_change(remark_id).values(fixed_at=now, fixed_by=by))


async def open_again(tx: Transaction, remark: Remark) -> None:
    """It is not fixed: the school's turn again. What МЭДК has of one that was fixed is not true any more."""
    values: dict[str, Any] = {"answered_at": None, "fixed_at": None, "fixed_by": None}
    if remark.fixed_at is not None:
        values |= {"placed_at": None, "placed_by": None}
    await tx.execute(_change(remark.id).values(**values))


async def place(tx: Transaction, remarks: Iterable[int], by: int, now: datetime) -> None:
    """МЭДК has them as they are now."""
    query = update(t.remark).where(_c.id.in_(list(remarks)))
    await tx.execute(query.values(placed_at=now, placed_by=by))


async def unplace(tx: Transaction, remarks: Iterable[int]) -> None:
    """МЭДК does not have them after all."""
    query = update(t.remark).where(_c.id.in_(list(remarks)))
    await tx.execute(query.values(placed_at=None, placed_by=None))


def _change(remark_id: int) -> Update:
    return update(t.remark).where(_c.id == remark_id)


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Remark]:
    rows = await tx.execute(select(t.remark).where(*which).order_by(_c.id))
    return [_remark(row) for row in rows]


def _remark(row: Any) -> Remark:
    return Remark(
        id=row.id,
        school_id=row.school_id,
        kind=RemarkKind(row.kind),
        text=row.text,
        at=row.at,
        author_id=row.author_id,
        document_id=row.document_id,
        item_id=row.item_id,
        visit_id=row.visit_id,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        fixed_at=row.fixed_at,
        fixed_by=row.fixed_by,
        placed_at=row.placed_at,
        placed_by=row.placed_by,
        corrected_at=row.corrected_at,
    )
