"""Numbers that were told as a whole, the latest of each item."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from domain.indicator_count import Told
from storage import tables as t
from storage.database import Transaction

_c = t.told_number.c


async def get(tx: Transaction, item_id: int) -> Told | None:
    """What was told of an item."""
    row = (await tx.execute(select(t.told_number).where(_c.item_id == item_id))).first()
    return None if row is None else Told(row.done, row.of, row.day)


async def tell(tx: Transaction, item_id: int, told: Told, by: int, now: datetime) -> None:
    """This is the number from now on."""
    await forget(tx, item_id)
    values = {"item_id": item_id, "done": told.done, "of": told.of, "day": told.day}
    await tx.execute(insert(t.told_number).values(told_by=by, told_at=now, **values))


async def forget(tx: Transaction, item_id: int) -> bool:
    """Nothing is told of it any more; false where nothing was."""
    return (await tx.execute(delete(t.told_number).where(_c.item_id == item_id))).rowcount > 0
