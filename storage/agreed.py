"""What schools promised in visits."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from domain.agreed import Agreed
from domain.visit import AgreedAction
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.agreed_action.c


async def add(tx: Transaction, visit_id: int, school_id: int, agreed: Agreed, now: datetime) -> int:
    """A further one; returns its id."""
    values = {"text": agreed.text, "owner": agreed.owner, "until": agreed.until, "made_at": now}
    return new_id(await tx.execute(insert(t.agreed_action).values(visit_id=visit_id, school_id=school_id, **values)))


async def get(tx: Transaction, agreed_id: int) -> AgreedAction | None:
    """The one of that id."""
    found = await _load(tx, _c.id == agreed_id)
    return found[0] if found else None


async def of_schools(tx: Transaction, schools: Iterable[int]) -> list[AgreedAction]:
    """Everything these schools promised and that was not taken back, by day."""
    return await _load(tx, _c.school_id.in_(list(schools)), _c.dropped_at.is_(None))


async def open_ones(tx: Transaction) -> list[AgreedAction]:
    """Everything that is still to be done, by day."""
    return await _load(tx, _c.done_at.is_(None), _c.dropped_at.is_(None))


async def count_open(tx: Transaction, schools: Iterable[int]) -> int:
    """How much these schools have still to do."""
    waiting = (_c.school_id.in_(list(schools)), _c.done_at.is_(None), _c.dropped_at.is_(None))
    return int(await tx.scalar(select(func.count()).where(*waiting)) or 0)


async def set_done(tx: Transaction, agreed_id: int, by: int | None, at: datetime | None) -> None:
    """It is done, or (with ``None``) it is not after all."""
    await tx.execute(update(t.agreed_action).where(_c.id == agreed_id).values(done_at=at, done_by=by))


async def drop(tx: Transaction, agreed_id: int, now: datetime) -> None:
    """It was taken back."""
    await tx.execute(update(t.agreed_action).where(_c.id == agreed_id).values(dropped_at=now))


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[AgreedAction]:
    rows = await tx.execute(select(t.agreed_action).where(*which).order_by(_c.until, _c.id))
    return [_agreed(row) for row in rows]


def _agreed(row: Any) -> AgreedAction:
    return AgreedAction(
        row.id,
        row.visit_id,
        row.school_id,
        row.text,
        row.owner,
        row.until,
        row.made_at,
        row.done_at,
        row.done_by,
        row.dropped_at,
    )
