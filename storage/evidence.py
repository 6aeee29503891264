"""Pieces of evidence, and files: each content once, whoever sent it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update

from domain.completion import CompletionState
from domain.evidence import EvidenceKind, FileContent, KeptFile, SentFile
from storage import tables as t
from storage.database import Transaction, new_id

_e = t.evidence.c


@dataclass(frozen=True, slots=True)
class MissingCopy:
    """A file that is known by the messenger's id alone; ``item_id`` is of what it confirms, where it confirms, and
    ``waits`` whether that waits for its review."""

    id: int
    sent: SentFile
    added_by: int
    item_id: int | None
    waits: bool = False


async def find_file(tx: Transaction, sha256: str) -> KeptFile | None:
    """The file of that content."""
    c = t.stored_file.c
    row = (await tx.execute(select(t.stored_file).where(c.sha256 == sha256))).first()
    return None if row is None else KeptFile(row.id, row.sha256, row.size, row.mime, row.path)


async def marked(tx: Transaction, completion_id: int, mark: str) -> tuple[int, datetime] | None:
    """The piece that the product itself added, under a source that begins so, and when (UTC); the latest."""
    query = (
        select(_e.id, _e.added_at)
        .where(_e.completion_id == completion_id, _e.source.startswith(mark, autoescape=True), _e.removed_at.is_(None))
        .order_by(_e.id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return None if row is None else (row.id, row.added_at)


async def file_of(tx: Transaction, file_id: int) -> KeptFile | None:
    """The file of that id."""
    row = (await tx.execute(select(t.stored_file).where(t.stored_file.c.id == file_id))).first()
    return None if row is None else KeptFile(row.id, row.sha256, row.size, row.mime, row.path)


async def add_file(tx: Transaction, sha256: str, size: int, mime: str, path: str, now: datetime) -> KeptFile:
    """Remember a file that lies in the folder of files; the one that is there already where its content is known."""
    known = await find_file(tx, sha256)
    if known is not None:
        return known
    values = {"sha256": sha256, "size": size, "mime": mime, "path": path}
    return KeptFile(
        new_id(await tx.execute(insert(t.stored_file).values(kept_at=now, **values))), sha256, size, mime, path
    )


async def add(
    tx: Transaction,
    kind: EvidenceKind,
    by: int,
    now: datetime,
    *,
    completion_id: int | None = None,
    happening_id: int | None = None,
    text: str = "",
    day: date | None = None,
    name: str = "",
    file_id: int | None = None,
    messenger: str = "",
    remote_id: str = "",
    is_photo: bool = False,
    source: str | None = None,
) -> int | None:
    """One more piece; ``None`` where the message ``source`` brought one already (and it was not taken away)."""
    home = (_e.completion_id == completion_id) if completion_id is not None else (_e.happening_id == happening_id)
    if source is not None:
        old = (await tx.execute(select(_e.id, _e.removed_at).where(home, _e.source == source))).first()
        if old is not None and old.removed_at is None:
            return None
        if old is not None:
            await tx.execute(update(t.evidence).where(_e.id == old.id).values(removed_at=None))
            return int(old.id)
    values = {
        "completion_id": completion_id,
        "happening_id": happening_id,
        "kind": kind,
        "text": text,
        "day": day,
        "name": name,
        "file_id": file_id,
        "messenger": messenger,
        "remote_id": remote_id,
        "is_photo": is_photo,
        "source": source,
    }
    return new_id(await tx.execute(insert(t.evidence).values(added_by=by, added_at=now, **values)))


async def lay(tx: Transaction, content: FileContent, now: datetime) -> KeptFile:
    """Remember what was laid into the folder of files."""
    return await add_file(tx, content.sha256, content.size, content.mime, content.path, now)


async def holds(tx: Transaction, completion_id: int, file_id: int) -> bool:
    """Whether a confirmation has that very content already."""
    query = select(_e.id).where(_e.completion_id == completion_id, _e.file_id == file_id, _e.removed_at.is_(None))
    return await tx.scalar(query.limit(1)) is not None


async def missing(tx: Transaction, since: datetime, limit: int) -> list[MissingCopy]:
    """Files without a copy on the disk that were added from that instant (UTC) on, the newest first."""
    query = (
        select(t.evidence, t.completion.c.item_id, t.completion.c.state)
        .outerjoin(t.completion, t.completion.c.id == _e.completion_id)
        .where(_e.kind == EvidenceKind.FILE, _e.file_id.is_(None), _e.removed_at.is_(None), _e.added_at >= since)
        .order_by(_e.id.desc())
        .limit(limit)
    )
    return [
        MissingCopy(
            row.id,
            SentFile(row.messenger, row.remote_id, row.source or "", row.name, is_photo=row.is_photo),
            row.added_by,
            row.item_id,
            row.state == CompletionState.SENT,
        )
        for row in await tx.execute(query)
    ]


async def drop(tx: Transaction, evidence_id: int, now: datetime) -> bool:
    """A file turned out to be none of those that are taken; false where it was taken away meanwhile."""
    query = update(t.evidence).where(_e.id == evidence_id, _e.removed_at.is_(None))
    return (await tx.execute(query.values(removed_at=now))).rowcount == 1


async def attach_file(tx: Transaction, evidence_id: int, file_id: int) -> None:
    """The copy on disk came later than its word."""
    await tx.execute(update(t.evidence).where(_e.id == evidence_id).values(file_id=file_id))


async def take_away(tx: Transaction, evidence_id: int, completion_id: int, now: datetime) -> bool:
    """A piece is no longer meant; it stays as a row. False where it was not there."""
    query = update(t.evidence).where(_e.id == evidence_id, _e.completion_id == completion_id, _e.removed_at.is_(None))
    return (await tx.execute(query.values(removed_at=now))).rowcount == 1


async def count(tx: Transaction, completion_id: int) -> int:
    """How many pieces a confirmation has."""
    query = select(func.count()).where(_e.completion_id == completion_id, _e.removed_at.is_(None))
    return int(await tx.scalar(query) or 0)
