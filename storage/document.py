"""Documents of schools: a row for each place of a checklist of which something was ever said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert, or_, select, update

from domain.access import Reach
from domain.document import Document, DocumentKind, DocumentState, Slot
from domain.evidence import KeptFile
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.school_document.c


async def find(tx: Transaction, slot: Slot) -> Document:
    """What a school has in a place; of the id 0 where nothing was said of it."""
    here = (_c.school_id == slot.school_id, _c.kind == slot.kind, _c.risk_factor_id == slot.risk_factor_id)
    found = await _load(tx, *here)
    return found[0] if found else Document(0, slot)


async def get(tx: Transaction, document_id: int) -> Document | None:
    """The document of that id."""
    found = await _load(tx, _c.id == document_id)
    return found[0] if found else None


async def of_schools(tx: Transaction, schools: Iterable[int]) -> list[Document]:
    """Every document of these schools."""
    return await _load(tx, _c.school_id.in_(list(schools)))


async def count_waiting(tx: Transaction, seen: Reach) -> int:
    """How many documents wait to be accepted, of the schools that somebody sees; not programmes against a risk that was
    taken from the school since."""
    school, risk = t.school.c, t.school_risk.c
    is_own = exists().where(risk.school_id == _c.school_id, risk.risk_factor_id == _c.risk_factor_id)
    near = or_(school.id.in_(seen.schools), school.municipality_id.in_(seen.municipalities))
    query = (
        select(func.count())
        .select_from(t.school_document.join(t.school, school.id == _c.school_id))
        .where(_c.state == DocumentState.PLACED, school.left_at.is_(None), or_(_c.risk_factor_id == 0, is_own))
    )
    return int(await tx.scalar(query if seen.everything else query.where(near)) or 0)


async def missing(tx: Transaction, since: datetime, limit: int) -> list[Document]:
    """Documents whose file has no copy on the disk though it came from that instant (UTC) on, the newest first."""
    which = (_c.remote_id != "", _c.file_id.is_(None), _c.changed_at >= since)
    return sorted(await _load(tx, *which), key=lambda one: one.id, reverse=True)[:limit]


async def attach_file(tx: Transaction, document: Document, file_id: int) -> bool:
    """The copy on the disk came later than its word; false where another file has come since."""
    query = update(t.school_document).where(_c.id == document.id, _c.remote_id == document.remote_id)
    return (await tx.execute(query.values(file_id=file_id))).rowcount == 1


async def save(tx: Transaction, document: Document, by: int | None, now: datetime) -> int:
    """Keep a document as it is now; returns its id."""
    values = {
        "state": document.state,
        "link": document.link,
        "file_id": document.file.id if document.file else None,
        "name": document.name,
        "messenger": document.messenger,
        "remote_id": document.remote_id,
        "changed_at": now,
        "changed_by": by,
    }
    if document.id:
        await tx.execute(update(t.school_document).where(_c.id == document.id).values(**values))
        return document.id
    slot = document.slot
    place = {"school_id": slot.school_id, "kind": slot.kind, "risk_factor_id": slot.risk_factor_id}
    return new_id(await tx.execute(insert(t.school_document).values(**place, **values)))


async def set_state(tx: Transaction, document_id: int, state: DocumentState) -> None:
    """The state alone, where remarks decide it: nothing that somebody looked at has changed."""
    await tx.execute(update(t.school_document).where(_c.id == document_id).values(state=state))


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Document]:
    f = t.stored_file.c
    query = (
        select(t.school_document, f.sha256, f.size, f.mime, f.path)
        .outerjoin(t.stored_file, f.id == _c.file_id)
        .where(*which)
        .order_by(_c.id)
    )
    return [_document(row) for row in await tx.execute(query)]


def _document(row: Any) -> Document:
    kept = None if row.file_id is None else KeptFile(row.file_id, row.sha256, row.size, row.mime, row.path)
    return Document(
        id=row.id,
        slot=Slot(row.school_id, DocumentKind(row.kind), row.risk_factor_id),
        state=DocumentState(row.state),
        link=row.link,
        name=row.name,
        remote_id=row.remote_id,
        file=kept,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        messenger=row.messenger,
    )
