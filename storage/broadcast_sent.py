"""What became of announcements: counted where it lies, a page of it by name, what is still to begin."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select

from domain.broadcast import BroadcastState, Tally
from domain.broadcast_delivery import Owed, Removal
from domain.outbox import OutboxState
from storage import tables as t
from storage.broadcast import Part, as_part, with_outcomes
from storage.broadcast_owed import key_of
from storage.database import Transaction
from storage.outbox import begins

_c, _p, _o = t.broadcast.c, t.broadcast_part.c, t.outbox.c
_FAILED, _ON_THE_WAY, _ARRIVED = range(3)
_PLACE = case(
    (or_(_p.owed == Owed.SEND, _o.state.in_((OutboxState.PLANNED, OutboxState.SENDING))), _ON_THE_WAY),
    (_o.state == OutboxState.SENT, _ARRIVED),
    else_=_FAILED,
).label("place")
"""Where one stands in the report: first who did not get it, then who is to get it yet."""


async def tallies(tx: Transaction, broadcast_ids: Collection[int]) -> dict[int, Tally]:
    """What became of each, counted where it lies: ten thousand rows are not read for a line."""
    query = (
        select(_p.broadcast_id, _PLACE, func.count().label("number"), func.count(_p.acked_at).label("acked"))
        .select_from(t.broadcast_part)
        .outerjoin(t.outbox, _o.id == _p.outbox_id)
        .where(_p.broadcast_id.in_(broadcast_ids))
        .group_by(_p.broadcast_id, _PLACE)
    )
    found = dict.fromkeys(broadcast_ids, Tally(0, 0, 0, 0, 0))
    for row in await tx.execute(query):
        one, number = found[row.broadcast_id], row.number
        arrived = number if row.place == _ARRIVED else 0
        on_the_way = number if row.place == _ON_THE_WAY else 0
        found[row.broadcast_id] = Tally(
            one.of + number,
            one.arrived + arrived,
            one.on_the_way + on_the_way,
            one.failed + number - arrived - on_the_way,
            one.acked + row.acked,
        )
    return found


async def page(tx: Transaction, broadcast_id: int, first: int, count: int, *, unread_first: bool = False) -> list[Part]:
    """A page of what became of it for each, by their names: first who did not get it, then who is to get it yet.

    With ``unread_first`` of the people alone, and first who has not acknowledged it.
    """
    which = [_p.broadcast_id == broadcast_id, *([_p.person_id.is_not(None)] if unread_first else [])]
    first_of_all = _p.acked_at.is_not(None) if unread_first else _PLACE
    query = with_outcomes().outerjoin(t.person, t.person.c.id == _p.person_id).where(*which)
    in_order = first_of_all, _PLACE, _p.group_id, t.person.c.name_key, _p.recipient
    return [as_part(row) for row in await tx.execute(query.order_by(*in_order).offset(first).limit(count))]


async def people(tx: Transaction, broadcast_id: int) -> int:
    """How many people it goes to; groups are not counted."""
    which = _p.broadcast_id == broadcast_id, _p.person_id.is_not(None)
    return int(await tx.scalar(select(func.count()).select_from(t.broadcast_part).where(*which)) or 0)


async def stayed(tx: Transaction, broadcast_id: int) -> set[str]:
    """The keys of those with whom the messenger refused to delete it."""
    refused = *_removals(broadcast_id), _o.state.in_((OutboxState.FAILED, OutboxState.EXPIRED))
    rows = await tx.execute(select(_o.person_id, _o.group_id).where(*refused))
    return {f"person:{row.person_id}" if row.group_id is None else f"group:{row.group_id}" for row in rows}


async def removal(tx: Transaction, broadcast_id: int) -> Removal:
    """How its deletion goes."""
    owed = _p.broadcast_id == broadcast_id, _p.owed == Owed.REMOVE
    count = await tx.scalar(select(func.count()).select_from(t.broadcast_part).where(*owed)) or 0
    query = select(_o.state, func.count().label("number")).where(*_removals(broadcast_id)).group_by(_o.state)
    found = {OutboxState(row.state): row.number for row in await tx.execute(query)}
    going = found.get(OutboxState.PLANNED, 0) + found.get(OutboxState.SENDING, 0)
    return Removal(count + going, found.get(OutboxState.FAILED, 0) + found.get(OutboxState.EXPIRED, 0))


def _removals(broadcast_id: int) -> tuple[ColumnElement[bool], ...]:
    return *begins(key_of(broadcast_id)), _o.removes.is_not(None)


async def starts(tx: Transaction, now: datetime) -> list[datetime]:
    """When (UTC) those that were launched begin, as far as that is to come."""
    query = select(_c.start).where(_c.state == BroadcastState.LAUNCHED, _c.start > now)
    return list(await tx.scalars(query.distinct()))
