"""The list of risks, and which of them each school works on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from domain.registry import name_key
from domain.risk_factor import RiskFactor
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.risk_factor.c


async def every(tx: Transaction) -> list[RiskFactor]:
    """Every risk in the order they came in, ended ones too."""
    rows = await tx.execute(select(t.risk_factor).order_by(_c.id))
    return [RiskFactor(row.id, row.name, row.ended_at is not None) for row in rows]


async def named(tx: Transaction, name: str) -> RiskFactor | None:
    """The risk of that name, also one that has ended."""
    row = (await tx.execute(select(t.risk_factor).where(_c.name_key == name_key(name)))).first()
    return None if row is None else RiskFactor(row.id, row.name, row.ended_at is not None)


async def add(tx: Transaction, name: str) -> int:
    """A further risk; returns its id. One that had ended under the same name is back under its old id."""
    known = await named(tx, name)
    if known is not None:
        await tx.execute(update(t.risk_factor).where(_c.id == known.id).values(name=name, ended_at=None))
        return known.id
    return new_id(await tx.execute(insert(t.risk_factor).values(name=name, name_key=name_key(name))))


async def rename(tx: Transaction, risk_id: int, name: str) -> None:
    """How a risk is called. There must be no other of that name."""
    await tx.execute(update(t.risk_factor).where(_c.id == risk_id).values(name=name, name_key=name_key(name)))


async def end(tx: Transaction, risk_id: int, now: datetime) -> None:
    """Offered no more; schools that have it keep it."""
    await tx.execute(update(t.risk_factor).where(_c.id == risk_id).values(ended_at=now))


async def profiles(tx: Transaction, schools: Iterable[int] | None = None) -> dict[int, set[int]]:
    """School id → the ids of its risks; of every school unless some are named."""
    c = t.school_risk.c
    query = select(c.school_id, c.risk_factor_id)
    if schools is not None:
        query = query.where(c.school_id.in_(list(schools)))
    found: dict[int, set[int]] = defaultdict(set)
    for row in await tx.execute(query):
        found[row.school_id].add(row.risk_factor_id)
    return found


async def tick(tx: Transaction, school_id: int, risk_id: int) -> None:
    """The school works on a risk from now on. It must not have it yet."""
    await tx.execute(insert(t.school_risk).values(school_id=school_id, risk_factor_id=risk_id))


async def untick(tx: Transaction, school_id: int, risk_id: int) -> None:
    """The school works on a risk no more; its programme against it stays as a document."""
    c = t.school_risk.c
    await tx.execute(delete(t.school_risk).where(c.school_id == school_id, c.risk_factor_id == risk_id))
