"""Leaves: who stands in for whom and when. A leave that is over or was ended stays as a row."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, insert, select, update

from domain.leave import Period, StandIn
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.stand_in.c


async def add(tx: Transaction, person_id: int, deputy_id: int, days: Period, now: datetime) -> StandIn:
    """A new leave."""
    values = {"person_id": person_id, "deputy_id": deputy_id, "since": days.since, "until": days.until}
    made = new_id(await tx.execute(insert(t.stand_in).values(made_at=now, **values)))
    return StandIn(made, person_id, deputy_id, days.since, days.until)


async def end(tx: Transaction, leave_id: int, now: datetime) -> None:
    """The leave is over from this instant."""
    await tx.execute(update(t.stand_in).where(_c.id == leave_id, _c.ended_at.is_(None)).values(ended_at=now))


async def hand_over(tx: Transaction, from_id: int, to_id: int) -> None:
    """For whomever one person stands in, now or later, another does from this instant; nobody for themselves."""
    theirs = update(t.stand_in).where(_c.deputy_id == from_id, _c.person_id != to_id, _c.ended_at.is_(None))
    await tx.execute(theirs.values(deputy_id=to_id))


async def get(tx: Transaction, leave_id: int) -> StandIn | None:
    """A leave of any time, also one that is over; ``None`` when there is no such."""
    found = await _find(tx, _c.id == leave_id)
    return found[0] if found else None


async def ahead(tx: Transaction, today: date) -> list[StandIn]:
    """Everybody's leaves that are not over on a local day, the earliest first."""
    return await _find(tx, _c.ended_at.is_(None), _c.until >= today)


async def _find(tx: Transaction, *which: ColumnElement[bool]) -> list[StandIn]:
    query = select(_c.id, _c.person_id, _c.deputy_id, _c.since, _c.until).where(*which).order_by(_c.since, _c.id)
    return [StandIn(*row) for row in await tx.execute(query)]
