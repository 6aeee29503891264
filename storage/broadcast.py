"""Announcements with their files, to whom they went, and what became of each message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, bindparam, delete, insert, select, update

from domain.broadcast import Broadcast, BroadcastFile, BroadcastState, Circle, Timing
from domain.broadcast_delivery import Owed
from domain.outbox import OutboxState
from domain.survey_count import Silence
from storage import tables as t
from storage.database import Transaction, batches, new_id, read_many
from storage.outbox import begins

_c, _p = t.broadcast.c, t.broadcast_part.c
_CIRCLE = TypeAdapter(Circle)


@dataclass(frozen=True, slots=True)
class Part:
    """One of those it went to, or would have: ``silence`` is why nothing was written, ``owed`` what is to be yet. What
    became of the message is empty where there is none."""

    key: str
    person_id: int | None = None
    group_id: int | None = None
    silence: Silence | None = None
    acked_at: datetime | None = None
    outbox_id: int | None = None
    state: OutboxState | None = None
    reason: str = ""
    sent_at: datetime | None = None
    message_id: str = ""
    maybe_twice: bool = False
    owed: Owed | None = None


async def add(tx: Transaction, author_id: int, now: datetime, meeting_id: int | None = None) -> int:
    """An empty draft, an invitation where a meeting is named; returns its id."""
    values = _values(Broadcast(0, author_id)) | {"author_id": author_id, "made_at": now, "progress_done": False}
    values["meeting_id"] = meeting_id
    return new_id(await tx.execute(insert(t.broadcast).values(**values)))


async def get(tx: Transaction, broadcast_id: int) -> Broadcast | None:
    """The one of that id."""
    found = await _load(tx, _c.id == broadcast_id)
    return found[0] if found else None


async def of_author(tx: Transaction, author_id: int | None) -> list[Broadcast]:
    """Somebody's, or with ``None`` everybody's, the newest first; no invitations."""
    return await _load(tx, _c.meeting_id.is_(None), *(() if author_id is None else (_c.author_id == author_id,)))


async def of_meeting(tx: Transaction, meeting_id: int) -> list[Broadcast]:
    """The invitations to a meeting, the newest first."""
    return await _load(tx, _c.meeting_id == meeting_id)


async def save(tx: Transaction, one: Broadcast) -> None:
    """This is how it stands now; its files are kept by themselves."""
    await tx.execute(update(t.broadcast).where(_c.id == one.id).values(**_values(one)))


async def drop(tx: Transaction, broadcast_id: int) -> None:
    """A draft that was never launched is not there any more."""
    await tx.execute(delete(t.broadcast_part).where(_p.broadcast_id == broadcast_id))
    await tx.execute(delete(t.broadcast_file).where(t.broadcast_file.c.broadcast_id == broadcast_id))
    await tx.execute(delete(t.broadcast).where(_c.id == broadcast_id))


async def add_file(tx: Transaction, broadcast_id: int, file: BroadcastFile, source: str) -> bool:
    """One more file; false where that message brought one already."""
    f = t.broadcast_file.c
    rows = (await tx.execute(select(f.position, f.source).where(f.broadcast_id == broadcast_id))).all()
    if any(row.source == source for row in rows):
        return False
    values = {
        "position": max((row.position for row in rows), default=0) + 1,
        "file_id": file.file_id,
        "name": file.name,
        "messenger": file.messenger,
        "remote_id": file.remote_id,
        "is_photo": file.is_photo,
        "source": source,
    }
    await tx.execute(insert(t.broadcast_file).values(broadcast_id=broadcast_id, **values))
    return True


async def drop_files(tx: Transaction, broadcast_id: int) -> None:
    """Nothing goes along."""
    await tx.execute(delete(t.broadcast_file).where(t.broadcast_file.c.broadcast_id == broadcast_id))


# --- To whom it went --------------------------------------------------------------------------------------------------


async def add_parts(tx: Transaction, broadcast_id: int, parts: Iterable[Part]) -> None:
    """Those it goes to."""
    rows = (
        {
            "broadcast_id": broadcast_id,
            "recipient": one.key,
            "person_id": one.person_id,
            "group_id": one.group_id,
            "silence": one.silence,
            "outbox_id": one.outbox_id,
        }
        for one in parts
    )
    for batch in batches(rows):
        await tx.execute(insert(t.broadcast_part), batch)


async def parts(tx: Transaction, broadcast_id: int) -> list[Part]:
    """What became of it for each, in the order in which they were written to."""
    query = with_outcomes().where(_p.broadcast_id == broadcast_id).order_by(_p.outbox_id, _p.recipient)
    return await read_many(tx, query, as_part)


def with_outcomes() -> Select[Any]:
    """Parts, each with what became of its message."""
    o = t.outbox.c
    outcome = o.state, o.reason, o.sent_at, o.message_id, o.maybe_twice
    return select(t.broadcast_part, *outcome).outerjoin(t.outbox, o.id == _p.outbox_id)


async def told_of(tx: Transaction, meeting_id: int) -> set[str]:
    """The keys of those to whom an invitation to a meeting has come, or is coming at this moment."""
    o = t.outbox.c
    of = _p.broadcast_id.in_(select(_c.id).where(_c.meeting_id == meeting_id))
    query = select(_p.recipient).join(t.outbox, o.id == _p.outbox_id)
    return set(await tx.scalars(query.where(of, o.state.in_((OutboxState.SENT, OutboxState.SENDING)))))


async def keys_of(tx: Transaction, broadcast_id: int) -> set[str]:
    """Those it goes to, by their keys."""
    return set(await tx.scalars(select(_p.recipient).where(_p.broadcast_id == broadcast_id)))


async def written(tx: Transaction, broadcast_id: int, rows: Mapping[str, int]) -> None:
    """The latest message to each of these recipients, by their keys: that is no longer owed."""
    if rows:
        query = update(t.broadcast_part).where(_p.broadcast_id == broadcast_id, _p.recipient == bindparam("of_key"))
        values = [{"of_key": key, "new_row": outbox_id} for key, outbox_id in rows.items()]
        await tx.execute(query.values(outbox_id=bindparam("new_row"), silence=None, owed=None), values)


async def silenced(tx: Transaction, broadcast_id: int, found: Mapping[str, Silence]) -> None:
    """Nothing can be written to these recipients, and why; nothing is owed to them."""
    if found:
        query = update(t.broadcast_part).where(_p.broadcast_id == broadcast_id, _p.recipient == bindparam("of_key"))
        values = [{"of_key": key, "new_silence": str(why)} for key, why in found.items()]
        await tx.execute(query.values(silence=bindparam("new_silence"), owed=None), values)


async def freeze(tx: Transaction, broadcast_id: int, parts: Iterable[Part]) -> None:
    """Those whom the author has seen it go to, in place of an earlier list."""
    await tx.execute(delete(t.broadcast_part).where(_p.broadcast_id == broadcast_id))
    await add_parts(tx, broadcast_id, parts)


async def acknowledge(tx: Transaction, broadcast_id: int, key: str, now: datetime) -> bool:
    """«Ознакомлен(а)»; false where it was said before, or it never went to them."""
    query = update(t.broadcast_part).where(_p.broadcast_id == broadcast_id, _p.recipient == key, _p.acked_at.is_(None))
    return (await tx.execute(query.values(acked_at=now))).rowcount > 0


async def is_addressed(tx: Transaction, broadcast_id: int, key: str) -> bool:
    """Whether it went to them, or may have: it was tried."""
    o = t.outbox.c
    query = select(o.id).where(*begins(f"broadcast:{broadcast_id}:{key}:"), o.attempts > 0).limit(1)
    return await tx.scalar(query) is not None


# --- While it runs ----------------------------------------------------------------------------------------------------


async def watch(tx: Transaction, broadcast_id: int, message_id: str) -> None:
    """The author's message that shows how far it is."""
    await tx.execute(update(t.broadcast).where(_c.id == broadcast_id).values(progress_message=message_id))


async def running(tx: Transaction) -> list[tuple[Broadcast, str]]:
    """Those whose end was not told yet, each with the author's message (empty for none)."""
    going = (_c.state != BroadcastState.DRAFT, _c.launched_at.is_not(None), ~_c.progress_done)
    rows = (await tx.execute(select(t.broadcast).where(*going).order_by(_c.id))).all()
    return [(_broadcast(row, ()), row.progress_message or "") for row in rows]


async def ended(tx: Transaction, broadcast_id: int, *, done: bool = True) -> None:
    """Its end was told; or (false) it goes on after all."""
    await tx.execute(update(t.broadcast).where(_c.id == broadcast_id).values(progress_done=done))


# --- From rows and to them --------------------------------------------------------------------------------------------


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Broadcast]:
    rows = (await tx.execute(select(t.broadcast).where(*which).order_by(_c.id.desc()))).all()
    f = t.broadcast_file.c
    files: dict[int, list[BroadcastFile]] = {}
    query = select(t.broadcast_file).where(f.broadcast_id.in_([row.id for row in rows])).order_by(f.position)
    for row in await tx.execute(query):
        one = BroadcastFile(row.file_id, row.name, row.messenger, row.remote_id, row.is_photo)
        files.setdefault(row.broadcast_id, []).append(one)
    return [_broadcast(row, tuple(files.get(row.id, ()))) for row in rows]


def _values(one: Broadcast) -> dict[str, Any]:
    return {
        "text": one.text,
        "circle": _CIRCLE.dump_python(one.circle, mode="json"),
        "asks_ack": one.asks_ack,
        "is_quiet": one.is_quiet,
        "timing": one.timing,
        "at": one.at,
        "state": one.state,
        "start": one.start,
        "launched_at": one.launched_at,
        "corrected_at": one.corrected_at,
        "removed_at": one.removed_at,
        "rounds": one.rounds,
    }


def _broadcast(row: Any, files: tuple[BroadcastFile, ...]) -> Broadcast:
    return Broadcast(
        row.id,
        row.author_id,
        row.text,
        files,
        _CIRCLE.validate_python(row.circle),
        row.asks_ack,
        row.is_quiet,
        Timing(row.timing),
        row.at,
        BroadcastState(row.state),
        row.made_at,
        row.start,
        row.launched_at,
        row.corrected_at,
        row.removed_at,
        row.meeting_id,
        row.rounds,
    )


def as_part(row: Any) -> Part:
    """One of ``with_outcomes``."""
    return Part(
        row.recipient,
        row.person_id,
        row.group_id,
        Silence(row.silence) if row.silence else None,
        row.acked_at,
        row.outbox_id,
        OutboxState(row.state) if row.state else None,
        row.reason or "",
        row.sent_at,
        row.message_id or "",
        bool(row.maybe_twice),
        Owed(row.owed) if row.owed else None,
    )
