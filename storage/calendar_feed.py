"""Who has a secret link to their calendar, by the hash of it; the link itself is nowhere."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from storage import tables as t
from storage.database import Transaction

_c = t.calendar_feed.c


async def put(tx: Transaction, person_id: int, token_hash: str, now: datetime) -> None:
    """This is the person's link from now on; the one before it stops."""
    await stop(tx, person_id)
    await tx.execute(insert(t.calendar_feed).values(person_id=person_id, token_hash=token_hash, made_at=now))


async def stop(tx: Transaction, person_id: int) -> int:
    """The person has no link any more; returns how many they had."""
    return int((await tx.execute(delete(t.calendar_feed).where(_c.person_id == person_id))).rowcount)


async def made_at(tx: Transaction, person_id: int) -> datetime | None:
    """Since when (UTC) the person's link works; ``None`` where they have none."""
    found: datetime | None = await tx.scalar(select(_c.made_at).where(_c.person_id == person_id))
    return found


async def owner(tx: Transaction, token_hash: str) -> int | None:
    """Whose link it is, by the person's id."""
    found: int | None = await tx.scalar(select(_c.person_id).where(_c.token_hash == token_hash))
    return found
