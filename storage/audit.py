"""The audit: rows are added and read, never changed and never taken away."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select

from domain.audit import Deed, Entry
from storage import tables as t
from storage.database import Transaction

_c = t.audit.c


async def record(tx: Transaction, now: datetime, by: int | None, deed: Deed, **about: int | str | None) -> None:
    """Write down what a person did (``None``: the operator). ``about`` holds ids and words of ours, never a name."""
    await tx.execute(insert(t.audit).values(at=now, person_id=by, deed=deed, about=about))


async def entries(
    tx: Transaction,
    *,
    by: int | None = None,
    deeds: Collection[Deed] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Entry]:
    """What was written down, the newest first; narrowed to a person, to kinds of deeds, to a stretch of time (UTC)."""
    query = select(t.audit).order_by(_c.id.desc())
    if by is not None:
        query = query.where(_c.person_id == by)
    if deeds:
        query = query.where(_c.deed.in_(list(deeds)))
    if since is not None:
        query = query.where(_c.at >= since)
    if until is not None:
        query = query.where(_c.at < until)
    rows = await tx.execute(query.limit(limit).offset(offset))
    return [Entry(row.id, row.at, row.person_id, Deed(row.deed), row.about) for row in rows]
