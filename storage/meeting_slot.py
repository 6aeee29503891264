"""The times of interviews, and which school has which."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from domain.meeting_slot import Slot
from storage import tables as t
from storage.database import Transaction

_s = t.meeting_slot.c
_NOBODY = {"school_id": None, "taken_by": None, "taken_at": None}
_NO_WISH = {"wants_id": None, "wanted_by": None, "wanted_at": None}


async def of_meeting(tx: Transaction, meeting_id: int) -> list[Slot]:
    """The times of a meeting in order."""
    return await _load(tx, _s.meeting_id == meeting_id)


async def of_schools(tx: Transaction, meeting_ids: Collection[int]) -> dict[tuple[int, int], Slot]:
    """(Meeting id, school id) → the time that the school has, of several meetings at once."""
    found = await _load(tx, _s.meeting_id.in_(meeting_ids), _s.school_id.is_not(None))
    return {(one.meeting_id, one.school_id): one for one in found if one.school_id is not None}


async def add(tx: Transaction, meeting_id: int, times: Iterable[datetime]) -> None:
    """Further times (UTC), free; none of them is there already."""
    rows = [{"meeting_id": meeting_id, "starts_at": one} for one in times]
    if rows:
        await tx.execute(insert(t.meeting_slot), rows)


async def take(tx: Transaction, slot_id: int, school_id: int, person_id: int, now: datetime) -> bool:
    """A free time is the school's, which has no other in that meeting; false where it is not free."""
    free = update(t.meeting_slot).where(_s.id == slot_id, _s.school_id.is_(None))
    taken = free.values(school_id=school_id, taken_by=person_id, taken_at=now, **_NO_WISH)
    return (await tx.execute(taken)).rowcount == 1


async def release(tx: Transaction, slot_id: int) -> None:
    """A time is free."""
    await tx.execute(update(t.meeting_slot).where(_s.id == slot_id).values(**_NOBODY, **_NO_WISH))


async def save(tx: Transaction, one: Slot) -> None:
    """This is how a time stands now. Its school has no other in that meeting."""
    values = {name: getattr(one, name) for name in ("starts_at", *_NOBODY, *_NO_WISH)}
    await tx.execute(update(t.meeting_slot).where(_s.id == one.id).values(**values))


async def swap(tx: Transaction, one: Slot, other: Slot, person_id: int, now: datetime) -> None:
    """The schools of both have each other's time, by the word of who asked for it and of ``person_id`` who agreed: the
    first is free before, so that no school has two."""
    await release(tx, one.id)
    await save(tx, other.held(one.school_id, one.wanted_by, now))
    await save(tx, one.held(other.school_id, person_id, now))


async def forget_wishes(tx: Transaction, slot_ids: Collection[int]) -> None:
    """Nobody who has one of these times wishes for another, and nobody wishes for one of them."""
    theirs = or_(_s.id.in_(slot_ids), _s.wants_id.in_(slot_ids))
    await tx.execute(update(t.meeting_slot).where(theirs).values(**_NO_WISH))


async def drop(tx: Transaction, slot_ids: Collection[int]) -> None:
    """These times are not there any more; nobody wishes for them."""
    await forget_wishes(tx, slot_ids)
    await tx.execute(delete(t.meeting_slot).where(_s.id.in_(slot_ids)))


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Slot]:
    order = _s.meeting_id, _s.starts_at
    return [_slot(row) for row in await tx.execute(select(t.meeting_slot).where(*which).order_by(*order))]


def _slot(row: Any) -> Slot:
    return Slot(
        row.id,
        row.meeting_id,
        row.starts_at,
        row.school_id,
        row.taken_by,
        row.taken_at,
        row.wants_id,
        row.wanted_by,
        row.wanted_at,
    )
