"""How people want to be reminded; who chose nothing has no row."""

from typing import Any

from sqlalchemy import delete, insert, select

from domain.own_reminders import Reminders, kept
from storage import tables as t
from storage.database import Transaction

_c = t.own_reminders.c


def _as_reminders(row: Any) -> Reminders:
    return kept(row.hour, row.days, row.paused_until)


async def all_reminders(tx: Transaction) -> dict[int, Reminders]:
    """Person id → their own settings, of everybody who has any."""
    return {row.person_id: _as_reminders(row) for row in await tx.execute(select(t.own_reminders))}


async def of(tx: Transaction, person_id: int) -> Reminders:
    """One person's settings; the common ones where nothing was chosen."""
    row = (await tx.execute(select(t.own_reminders).where(_c.person_id == person_id))).first()
    return Reminders() if row is None else _as_reminders(row)


async def save(tx: Transaction, person_id: int, chosen: Reminders) -> None:
    """Keep a person's settings in place of those before."""
    await tx.execute(delete(t.own_reminders).where(_c.person_id == person_id))
    if chosen != Reminders():
        values = {"person_id": person_id, "hour": chosen.hour, "paused_until": chosen.paused_until}
        await tx.execute(insert(t.own_reminders).values(days=sorted(chosen.days), **values))
