"""What became of announcements as a whole: counted, what has come to whom, what is still to go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from domain.broadcast import BroadcastState, Tally
from domain.outbox import OutboxState
from storage import tables as t
from storage.database import Transaction
from storage.outbox import begins

_c, _p, _o = t.broadcast.c, t.broadcast_part.c, t.outbox.c


@dataclass(frozen=True, slots=True)
class Came:
    """A message of an announcement that a recipient has; ``beside`` are those of its files."""

    key: str
    message_id: str
    beside: tuple[str, ...] = ()


async def came(tx: Transaction, broadcast_id: int) -> list[Came]:
    """Everything of it that has arrived, reminders and corrections as well, each message once."""
    query = select(_o.person_id, _o.group_id, _o.message_id, _o.beside).where(
        *begins(f"broadcast:{broadcast_id}:"), _o.state == OutboxState.SENT, _o.message_id != ""
    )
    found: dict[tuple[str, str], Came] = {}
    for row in await tx.execute(query.order_by(_o.id)):
        key = f"person:{row.person_id}" if row.group_id is None else f"group:{row.group_id}"
        beside = tuple(row.beside.split(",")) if row.beside else ()
        found.setdefault((key, row.message_id), Came(key, row.message_id, beside))
    return list(found.values())


async def waiting(tx: Transaction, broadcast_id: int) -> set[str]:
    """The keys of those to whom something of it is still to go."""
    query = select(_o.person_id, _o.group_id).where(
        *begins(f"broadcast:{broadcast_id}:"), _o.state.in_((OutboxState.PLANNED, OutboxState.SENDING))
    )
    rows = await tx.execute(query)
    return {f"person:{row.person_id}" if row.group_id is None else f"group:{row.group_id}" for row in rows}


async def tallies(tx: Transaction, broadcast_ids: Collection[int]) -> dict[int, Tally]:
    """What became of each, counted where it lies: ten thousand rows are not read for a line."""
    query = (
        select(_p.broadcast_id, _o.state, func.count().label("number"), func.count(_p.acked_at).label("acked"))
        .select_from(t.broadcast_part)
        .outerjoin(t.outbox, _o.id == _p.outbox_id)
        .where(_p.broadcast_id.in_(broadcast_ids))
        .group_by(_p.broadcast_id, _o.state)
    )
    found = dict.fromkeys(broadcast_ids, Tally(0, 0, 0, 0, 0))
    for row in await tx.execute(query):
        one, number = found[row.broadcast_id], row.number
        arrived = number if row.state == OutboxState.SENT else 0
        on_the_way = number if row.state in (OutboxState.PLANNED, OutboxState.SENDING) else 0
        found[row.broadcast_id] = Tally(
            one.of + number,
            one.arrived + arrived,
            one.on_the_way + on_the_way,
            one.failed + number - arrived - on_the_way,
            one.acked + row.acked,
        )
    return found


async def starts(tx: Transaction, now: datetime) -> list[datetime]:
    """When (UTC) those that were launched begin, as far as that is to come."""
    query = select(_c.start).where(_c.state == BroadcastState.LAUNCHED, _c.start > now)
    return list(await tx.scalars(query.distinct()))
