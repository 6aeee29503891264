"""What people said to the consent. Each answer is a row; the last one of the present version counts."""

from datetime import datetime

from sqlalchemy import insert, select

from domain.consent import VERSION, Answer
from storage import tables as t
from storage.database import Transaction


async def answer(tx: Transaction, person_id: int, now: datetime, *, given: bool, version: str = VERSION) -> None:
    """Keep what a person said."""
    await tx.execute(insert(t.consent).values(person_id=person_id, version=version, given=given, at=now))


async def answers(tx: Transaction, person_id: int) -> list[Answer]:
    """Everything a person said, the oldest first."""
    c = t.consent.c
    rows = await tx.execute(select(c.version, c.given, c.at).where(c.person_id == person_id).order_by(c.id))
    return [Answer(row.version, row.given, row.at) for row in rows]
