"""What an announcement owes: said of everybody by a few statements, put into the outbox a chunk at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, and_, case, func, or_, select, update

from domain.broadcast_delivery import Owed
from domain.outbox import OutboxState, Urgency
from storage import tables as t
from storage.database import Transaction
from storage.outbox import begins, past, withdraw_where
from storage.people import may_be_written_to

_p, _o = t.broadcast_part.c, t.outbox.c
_NEW = _o.edits.is_(None), _o.removes.is_(None)
"""Messages that say something anew: neither other words for one that has come, nor its deletion."""
_FREE = or_(_p.owed.is_(None), _p.owed == Owed.EDIT)
_NOT_TRIED, _COMING, _HERE = OutboxState.PLANNED, OutboxState.SENDING, OutboxState.SENT


def key_of(broadcast_id: int) -> str:
    """How the keys of an announcement's messages begin."""
    return f"broadcast:{broadcast_id}:"


def key_to(broadcast_id: int, recipient: str) -> str:
    """How the keys of its messages to one recipient begin."""
    return f"{key_of(broadcast_id)}{recipient}:"


# --- Said at once -----------------------------------------------------------------------------------------------------


async def launch(tx: Transaction, broadcast_id: int) -> tuple[int, int]:
    """Everybody of the list who could be written to is owed it; returns how many can be still, and how many not."""
    listed = _of(broadcast_id), _p.silence.is_(None)
    every = await _changed(tx, _owing(Owed.SEND).where(*listed))
    going = await _count(tx, *listed, _can_be_written_to())
    return going, every - going


async def again(tx: Transaction, broadcast_id: int) -> int:
    """Those whom it has not reached, and who can be written to, are owed it; returns how many."""
    return await _changed(tx, _owing(Owed.SEND).where(*_missed(broadcast_id)))


async def missed(tx: Transaction, broadcast_id: int) -> int:
    """How many those are."""
    return await _count(tx, *_missed(broadcast_id))


def _missed(broadcast_id: int) -> tuple[ColumnElement[bool], ...]:
    failed = OutboxState.FAILED, OutboxState.EXPIRED, OutboxState.WITHDRAWN
    missed = or_(_p.outbox_id.is_(None), _p.outbox_id.in_(_rows(broadcast_id, *failed)))
    return _of(broadcast_id), _FREE, missed, _can_be_written_to()


async def nudge(tx: Transaction, broadcast_id: int) -> int:
    """The people who got it, have not acknowledged it and are to hear nothing of it are owed a reminder; returns how
    many."""
    waits = *_in(broadcast_id, _NOT_TRIED, _COMING), *_NEW
    coming = select(_o.person_id).where(*waits, _o.person_id.is_not(None))
    unread = _p.acked_at.is_(None), _p.person_id.in_(may_be_written_to()), _p.person_id.not_in(coming)
    came = _p.outbox_id.in_(_rows(broadcast_id, _HERE))
    what = case((_p.owed == Owed.EDIT, Owed.EDIT_NUDGE), else_=Owed.NUDGE)
    return await _changed(tx, update(t.broadcast_part).values(owed=what).where(_of(broadcast_id), _FREE, came, *unread))


async def correct(tx: Transaction, broadcast_id: int, until: datetime) -> int:
    """Everybody to whom something of it was written is owed the new words, and what waits to go is held until then, or
    until that instant (UTC) at the latest; returns how many have it, or are to get it."""
    of, waits = _of(broadcast_id), (*_in(broadcast_id, _NOT_TRIED), _o.due_at < until)
    await tx.execute(_owing(Owed.EDIT_NUDGE).where(of, _p.owed == Owed.NUDGE))
    await tx.execute(_owing(Owed.EDIT).where(of, _p.owed.is_(None), _p.outbox_id.is_not(None)))
    await tx.execute(update(t.outbox).where(*waits).values(due_at=until))
    got = _p.outbox_id.in_(_rows(broadcast_id, _NOT_TRIED, _COMING, _HERE))
    return await _count(tx, of, or_(_p.owed == Owed.SEND, got))


async def cancel(tx: Transaction, broadcast_id: int) -> int:
    """Nothing more is said anew; other words still come to those who have it. Returns of how many messages."""
    of = _of(broadcast_id)
    stopped = await _count(tx, of, _p.owed.in_((Owed.SEND, Owed.NUDGE, Owed.EDIT_NUDGE)))
    await tx.execute(_owing(None).where(of, _p.owed.in_((Owed.SEND, Owed.NUDGE))))
    await tx.execute(_owing(Owed.EDIT).where(of, _p.owed == Owed.EDIT_NUDGE))
    return stopped + await withdraw_where(tx, *_in(broadcast_id, _NOT_TRIED), *_NEW)


async def remove(tx: Transaction, broadcast_id: int) -> int:
    """Nothing more goes, and whoever has something of it is owed its deletion; returns how many."""
    of, came = _of(broadcast_id), or_(_o.state.in_((_HERE, _COMING)), _o.beside.is_not(None))
    here = *begins(key_of(broadcast_id)), came
    await withdraw_where(tx, *_in(broadcast_id, _NOT_TRIED))
    await tx.execute(_owing(None).where(of))
    people = select(_o.person_id).where(*here, _o.person_id.is_not(None))
    groups = select(_o.group_id).where(*here, _o.group_id.is_not(None))
    return await _changed(tx, _owing(Owed.REMOVE).where(of, or_(_p.person_id.in_(people), _p.group_id.in_(groups))))


async def acknowledged(tx: Transaction, broadcast_id: int, recipient: str) -> None:
    """Nobody who has read it is reminded; other words still come."""
    of = _of(broadcast_id), _p.recipient == recipient
    await tx.execute(_owing(None).where(*of, _p.owed == Owed.NUDGE))
    await tx.execute(_owing(Owed.EDIT).where(*of, _p.owed == Owed.EDIT_NUDGE))
    await withdraw_where(tx, *begins(f"{key_to(broadcast_id, recipient)}{Owed.NUDGE}:"))


# --- A chunk at a time ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwedPart:
    """Somebody who is owed something; ``outbox_id`` is the latest attempt."""

    key: str
    person_id: int | None
    group_id: int | None
    owed: Owed
    outbox_id: int | None


@dataclass(frozen=True, slots=True)
class Came:
    """What a recipient has of it: ``said`` are the messages with its words (message → whether it is a reminder),
    ``beside`` those of its files and those whose words could not be changed. ``waiting`` are the rows that are to go
    yet (row → the same), ``editing`` those of other words."""

    said: Mapping[str, bool] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    waiting: Mapping[int, bool] = field(default_factory=dict)
    editing: tuple[int, ...] = ()


async def owing(tx: Transaction) -> list[int]:
    """The announcements that owe something, the oldest first."""
    query = select(_p.broadcast_id).where(_p.owed.is_not(None)).distinct().order_by(_p.broadcast_id)
    return list(await tx.scalars(query))


async def chunk(tx: Transaction, broadcast_id: int, limit: int) -> list[OwedPart]:
    """The next who are owed something, at most so many; to whom something is on its way at this very moment is passed
    over until it is known what became of it."""
    flying = select(_o.person_id, _o.group_id).where(*_in(broadcast_id, _COMING))
    keys = {_key(row.person_id, row.group_id) for row in await tx.execute(flying)}
    query = select(_p.recipient, _p.person_id, _p.group_id, _p.owed, _p.outbox_id)
    query = query.where(_of(broadcast_id), _p.owed.is_not(None), _p.recipient.not_in(keys))
    rows = await tx.execute(query.order_by(_p.recipient).limit(limit))
    return [OwedPart(row.recipient, row.person_id, row.group_id, Owed(row.owed), row.outbox_id) for row in rows]


async def paid(tx: Transaction, broadcast_id: int, keys: Collection[str]) -> None:
    """These recipients are owed nothing any more."""
    await tx.execute(_owing(None).where(_of(broadcast_id), _p.recipient.in_(list(keys))))


async def came(tx: Transaction, broadcast_id: int, keys: Collection[str]) -> dict[str, Came]:
    """What these recipients have of it, reminders and corrections as well, and what waits to go to them."""
    wanted = sorted(key_to(broadcast_id, key) for key in keys)  # a stretch of the index, with few others in it
    which = _o.key >= wanted[0], _o.key < past(wanted[-1])
    is_nudge = _o.key.contains(f":{Owed.NUDGE}:").label("is_nudge")
    columns = _o.id, _o.person_id, _o.group_id, _o.state, _o.message_id, _o.beside, _o.edits
    found: dict[str, Came] = {}
    for row in await tx.execute(select(*columns, is_nudge).where(*which).order_by(_o.id)):
        key = _key(row.person_id, row.group_id)
        if key in keys:
            found[key] = _with(found.get(key, Came()), row)
    return found


def _with(one: Came, row: Any) -> Came:
    """And a further message."""
    files = tuple(row.beside.split(",")) if row.beside else ()
    one = replace(one, beside=(*one.beside, *files))
    if row.state == OutboxState.PLANNED and row.edits:
        return replace(one, editing=(*one.editing, row.id))
    if row.state == OutboxState.PLANNED:
        return replace(one, waiting={**one.waiting, row.id: row.is_nudge})
    if row.state != OutboxState.SENT or not row.message_id or row.message_id in one.said:
        return one
    said = {each: is_nudge for each, is_nudge in one.said.items() if each != row.edits}
    stays = (row.edits,) if row.edits in one.said else ()  # it came anew: the one before cannot be changed
    is_nudge = one.said.get(row.edits or "", row.is_nudge)
    return replace(one, said={**said, row.message_id: is_nudge}, beside=(*one.beside, *stays))


# --- Rows -------------------------------------------------------------------------------------------------------------


def _of(broadcast_id: int) -> ColumnElement[bool]:
    return _p.broadcast_id == broadcast_id


def _owing(what: Owed | None) -> Update:
    return update(t.broadcast_part).values(owed=what)


def _in(broadcast_id: int, *states: OutboxState) -> tuple[ColumnElement[bool], ...]:
    """Its messages in these states, as the index «ix_outbox_work» has them: each announcement has a lane of its own."""
    return _o.state.in_(states), _o.urgency == Urgency.BULK, _o.lane == broadcast_id


def _rows(broadcast_id: int, *states: OutboxState) -> Select[int]:
    return select(_o.id).where(*_in(broadcast_id, *states))


def _key(person_id: int | None, group_id: int | None) -> str:
    return f"person:{person_id}" if group_id is None else f"group:{group_id}"


def _can_be_written_to() -> ColumnElement[bool]:
    groups = select(t.group_chat.c.id).where(t.group_chat.c.removed_at.is_(None))
    return or_(_p.person_id.in_(may_be_written_to()), and_(_p.group_id.is_not(None), _p.group_id.in_(groups)))


async def _count(tx: Transaction, *which: ColumnElement[bool]) -> int:
    return int(await tx.scalar(select(func.count()).select_from(t.broadcast_part).where(*which)) or 0)


async def _changed(tx: Transaction, query: Update) -> int:
    return int((await tx.execute(query)).rowcount)
