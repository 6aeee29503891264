"""The outbox at work: rows are claimed for sending and settled afterwards; what comes too late is closed."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, String, and_, bindparam, case, func, or_, select, tuple_, update

from domain.button import Button, Keyboard
from domain.outbox import Claimed, OutboxState, OutFile, Outgoing, Settlement, Urgency
from storage import tables as t
from storage.database import Transaction
from storage.outbox import chat_of

Chats = Collection[tuple[str, int]]
"""(messenger, chat id)"""
_c = t.outbox.c
_WANTED = (
    *(_c.id, _c.messenger, _c.chat_id, _c.thread_id, _c.group_id, _c.person_id, _c.text, _c.buttons, _c.files),
    *(_c.is_quiet, _c.edits, _c.removes, _c.beside, _c.urgency, _c.lane, _c.expires_at, _c.attempts),
)


_told = func.json_each(bindparam("told", type_=String)).table_valued("value")


def _said(name: str) -> ColumnElement[Any]:
    return func.json_extract(_told.c.value, f"$.{name}")


_SETTLE = (
    update(t.outbox)
    .where(_c.id == _said("id"), _c.attempts == _said("attempts"), func.coalesce(_c.state, "") == OutboxState.SENDING)
    .values(
        state=_said("state"),
        due_at=func.coalesce(_said("due"), _c.due_at),
        sent_at=_said("sent"),
        message_id=_said("message"),
        beside=_said("beside"),
        reason=_said("reason"),
        lease_until=None,
    )
)
"""All that is told in one parameter: one for each field of each message would cost as much as half a sending. Each row
is looked up by its id: an index over states (``coalesce`` has none) would read all that is told for each of them."""


async def abandoned(tx: Transaction, now: datetime, limit: int, not_now: Chats = ()) -> list[Claimed]:
    """Messages that a crash left in ``sending`` until their lease ended. Chats in ``not_now`` are passed over."""
    over = _c.state == OutboxState.SENDING, _c.lease_until <= now, _c.expires_at > now, *_besides(not_now)
    query = select(*_WANTED).where(*over).order_by(_c.urgency, _c.due_at, _c.id).limit(limit)
    return [_claimed(row) for row in (await tx.execute(query)).mappings()]


async def due(
    tx: Transaction, now: datetime, limit: int, not_now: Chats = (), after_lane: int | None = None
) -> list[Claimed]:
    """Planned messages to send at ``now``, the most urgent first; lanes take turns, beginning after ``after_lane``.

    Chats in ``not_now`` (their limit is used up for the moment) are passed over. However many rows wait, those that are
    given are all that is read.
    """
    found: list[Claimed] = []
    for urgency in Urgency:
        lanes = await _lanes(tx, urgency, now) if len(found) < limit else []
        if after_lane is not None:
            lanes.sort(key=lambda lane: (lane <= after_lane, lane))
        rows = [await _of_lane(tx, urgency, lane, now, limit - len(found), not_now) for lane in lanes]
        in_turn = [row for turn in zip_longest(*rows) for row in turn if row is not None]
        found += [_claimed(row) for row in in_turn[: limit - len(found)]]
    return found


async def _lanes(tx: Transaction, urgency: Urgency, now: datetime) -> list[int]:
    """The lanes in which something is due; one look at the index for each."""
    found, last = [], -1
    planned = _c.state == OutboxState.PLANNED, _c.urgency == urgency
    query = select(_c.lane, _c.due_at).where(*planned, _c.lane > bindparam("last")).order_by(_c.lane, _c.due_at)
    while (row := (await tx.execute(query.limit(1), {"last": last})).first()) is not None:
        last = row.lane
        found += [last] if row.due_at <= now else []
    return found


async def _of_lane(
    tx: Transaction, urgency: Urgency, lane: int, now: datetime, limit: int, not_now: Chats
) -> Sequence[RowMapping]:
    which = _c.state == OutboxState.PLANNED, _c.urgency == urgency, _c.lane == lane, _c.due_at <= now
    query = select(*_WANTED).where(*which, _c.expires_at > now, *_besides(not_now))
    return (await tx.execute(query.order_by(_c.due_at, _c.id).limit(limit))).mappings().all()


def _besides(not_now: Chats) -> list[ColumnElement[bool]]:
    return [tuple_(_c.messenger, _c.chat_id).not_in(list(not_now))] if not_now else []


async def claim(tx: Transaction, claimed: Sequence[Claimed], lease_until: datetime) -> None:
    """Take messages that ``due`` gave in this same transaction. What a crash had left is marked «maybe twice»."""
    if claimed:
        again = case((_c.state == OutboxState.SENDING, True), else_=_c.maybe_twice)
        query = update(t.outbox).where(_c.id.in_([one.id for one in claimed]))
        values = {"state": OutboxState.SENDING, "attempts": _c.attempts + 1, "lease_until": lease_until}
        await tx.execute(query.values(**values, maybe_twice=again))


async def release(tx: Transaction, ids: Sequence[int]) -> None:
    """Put back messages that were claimed and not tried."""
    if ids:
        query = update(t.outbox).where(_c.id.in_(ids), _c.state == OutboxState.SENDING)
        await tx.execute(query.values(state=OutboxState.PLANNED, attempts=_c.attempts - 1, lease_until=None))


async def settle(tx: Transaction, settlements: Sequence[Settlement]) -> None:
    """Write what became of claimed messages, many in one statement.

    A message whose lease had ended and that somebody else took since then is theirs to settle.
    """
    told = [
        {
            "id": one.claimed.id,
            "attempts": one.claimed.attempts,
            "state": one.state,
            "due": t.stored(one.due_at),
            "sent": t.stored(one.sent_at),
            "message": one.message_id,
            "beside": ",".join(one.beside) or None,
            "reason": "" if one.failure is None else one.failure.reason,
        }
        for one in settlements
    ]
    if told:
        await tx.execute(_SETTLE, {"told": json.dumps(told)})


async def expire(tx: Transaction, now: datetime) -> int:
    """Close what could not be sent in time; returns how many. A row in ``sending`` waits for its lease to end."""
    late = or_(_c.state == OutboxState.PLANNED, and_(_c.state == OutboxState.SENDING, _c.lease_until <= now))
    waiting = _c.state.in_((OutboxState.PLANNED, OutboxState.SENDING))  # walks the index «ix_outbox_expiry»
    query = update(t.outbox).where(waiting, _c.expires_at <= now, late)
    return int((await tx.execute(query.values(state=OutboxState.EXPIRED, lease_until=None))).rowcount)


async def next_due(tx: Transaction) -> datetime | None:
    """The earliest instant at which something waits to be sent or a lease ends."""
    planned = select(func.min(_c.due_at)).where(_c.state == OutboxState.PLANNED)
    leased = select(func.min(_c.lease_until)).where(_c.state == OutboxState.SENDING)
    found = [moment for moment in (await tx.scalar(planned), await tx.scalar(leased)) if moment is not None]
    return min(found, default=None)


def _keyboard(stored: list[list[list[str]]]) -> Keyboard:
    return tuple(tuple(Button(*button) for button in row) for row in stored)


def _listed(stored: str | None) -> tuple[str, ...]:
    return tuple(stored.split(",")) if stored else ()


def _claimed(row: RowMapping) -> Claimed:
    outgoing = Outgoing(
        chat_of(row),
        row["text"],
        _keyboard(row["buttons"]),
        tuple(OutFile(*one) for one in row["files"] or ()),
        row["is_quiet"],
        row["edits"] or "",
        _listed(row["removes"]),
        _listed(row["beside"]),
    )
    return Claimed(
        row["id"],
        outgoing,
        row["attempts"] + 1,
        row["expires_at"],
        row["group_id"],
        row["person_id"],
        Urgency(row["urgency"]),
        row["lane"],
    )
