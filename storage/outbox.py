"""The outbox: rows with rendered text, claimed for sending and settled afterwards."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Update,
    and_,
    bindparam,
    cast,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.outbox import (
    ChatAddress,
    Draft,
    FailureKind,
    OutboxState,
    Unsent,
)
from storage import tables as t
from storage.database import Transaction, new_id

NOBODY = 0
"""No messenger gives this id to a chat."""
_c = t.outbox.c


async def put(tx: Transaction, draft: Draft, now: datetime) -> int | None:
    """Add a message; ``None`` when one with that key is there already."""
    if await known(tx, [draft.key]):
        return None
    return new_id(await tx.execute(insert(t.outbox).values(**_row(draft, now))))


async def put_many(tx: Transaction, drafts: Sequence[Draft], now: datetime) -> dict[str, int]:
    """Add many at once, whose keys are new; returns the id of each by its key."""
    if not drafts:
        return {}
    await tx.execute(insert(t.outbox), [_row(one, now) for one in drafts])
    rows = await tx.execute(select(_c.key, _c.id).where(_c.key.in_([one.key for one in drafts])))
    return {row.key: row.id for row in rows}


def _row(draft: Draft, now: datetime) -> dict[str, Any]:
    chat = draft.recipient.chat
    return {
        "key": draft.key,
        "messenger": chat.messenger,
        "chat_id": chat.chat_id,
        "thread_id": chat.thread_id,
        "group_id": draft.recipient.group_id,
        "person_id": draft.recipient.person_id,
        "text": draft.text,
        "buttons": [[[button.text, button.data, button.url] for button in row] for row in draft.buttons],
        "files": [[one.remote_id, one.name, one.is_photo] for one in draft.files] or None,
        "is_quiet": draft.is_quiet,
        "edits": draft.edits or None,
        "removes": ",".join(draft.removes) or None,
        "urgency": draft.urgency,
        "lane": draft.lane,
        "created_at": now,
        "due_at": draft.due_at,
        "expires_at": draft.expires_at,
        "state": OutboxState.PLANNED,
        "attempts": 0,
        "reason": "",
        "maybe_twice": False,
    }


async def known(tx: Transaction, keys: Collection[str]) -> set[str]:
    """Those of the keys under which a message was ever put here and not withdrawn."""
    return set(await tx.scalars(select(_c.key).where(_c.key.in_(keys))))


async def recipients_of(tx: Transaction, key_prefix: str) -> set[str]:
    """The keys of the recipients who got, or are still to get, a message whose key begins so."""
    states = (OutboxState.PLANNED, OutboxState.SENDING, OutboxState.SENT)
    query = select(_c.group_id, _c.person_id).where(
        _c.key.startswith(key_prefix, autoescape=True), _c.state.in_(states)
    )
    rows = (await tx.execute(query)).all()
    return {f"person:{row.person_id}" if row.group_id is None else f"group:{row.group_id}" for row in rows}


def begins(key_prefix: str) -> tuple[ColumnElement[bool], ...]:
    """Messages whose key begins so: a range walks the index, LIKE does not."""
    return _c.key >= key_prefix, _c.key < past(key_prefix)


def past(key_prefix: str) -> str:
    """The first key behind those that begin so."""
    return key_prefix[:-1] + chr(ord(key_prefix[-1]) + 1)


async def latest_due(tx: Transaction, key_prefix: str) -> datetime | None:
    """When (UTC) the latest of the messages whose key begins so went, or is still to go."""
    states = (OutboxState.PLANNED, OutboxState.SENDING, OutboxState.SENT)
    found: datetime | None = await tx.scalar(
        select(func.max(_c.due_at)).where(*begins(key_prefix), _c.state.in_(states))
    )
    return found


async def withdraw(tx: Transaction, ids: Collection[int]) -> None:
    """Take back messages that nobody started to send; their keys are free for a new one."""
    if ids:
        await withdraw_where(tx, _c.id.in_(ids))


async def withdraw_where(tx: Transaction, *which: ColumnElement[bool]) -> int:
    """Take back all such messages that nobody started to send, in one statement; returns how many."""
    query = update(t.outbox).where(*which, _c.state == OutboxState.PLANNED)
    key = _c.key + ":withdrawn:" + cast(_c.id, _c.key.type)
    return int((await tx.execute(query.values(state=OutboxState.WITHDRAWN, key=key))).rowcount)


async def rewrite(tx: Transaction, texts: Mapping[int, str], due_at: datetime) -> None:
    """Other words, by the ids, for messages that nobody started to send; they go at that instant (UTC)."""
    if texts:
        query = update(t.outbox).where(_c.id == bindparam("row_id"), _c.state == OutboxState.PLANNED)
        values = [{"row_id": one, "new_text": text, "new_due": due_at} for one, text in texts.items()]
        new = {"text": bindparam("new_text"), "due_at": bindparam("new_due", type_=t.Instant)}
        await tx.execute(query.values(**new), values)


async def withdraw_for_groups(tx: Transaction, group_ids: Collection[int]) -> None:
    """Take back what waits for groups that are bound as something else now."""
    query = select(_c.id).where(_c.state == OutboxState.PLANNED, _c.group_id.in_(group_ids))
    await withdraw(tx, list(await tx.scalars(query)))


async def withdraw_for_person(tx: Transaction, person_id: int) -> None:
    """Take back what waits for a person who must not be written to any more."""
    query = select(_c.id).where(_c.state == OutboxState.PLANNED, _c.person_id == person_id)
    await withdraw(tx, list(await tx.scalars(query)))


async def forget_chats(tx: Transaction, person_id: int) -> None:
    """The chats of a person turned out to be another's: nothing more goes there, though it was being tried already, and
    where it went is forgotten."""
    theirs = _c.person_id == person_id, _c.group_id.is_(None)
    on_the_way = _c.state.in_((OutboxState.PLANNED, OutboxState.SENDING))
    key = _c.key + ":withdrawn:" + cast(_c.id, _c.key.type)
    await tx.execute(update(t.outbox).where(*theirs, on_the_way).values(state=OutboxState.WITHDRAWN, key=key))
    await tx.execute(update(t.outbox).where(*theirs).values(chat_id=NOBODY))


async def withdraw_days(tx: Transaction, person_id: int | None = None) -> None:
    """Take back every unsent message of the day, or one person's: what it was made of changed, the next planning
    composes it anew."""
    query = select(_c.id).where(_c.state == OutboxState.PLANNED, _c.key.startswith("day:", autoescape=True))
    if person_id is not None:
        query = query.where(_c.person_id == person_id)
    await withdraw(tx, list(await tx.scalars(query)))


async def withdraw_days_of(tx: Transaction, people: Collection[int]) -> None:
    """Take back the unsent messages of the day of these people, as ``withdraw_days`` does."""
    days = _c.state == OutboxState.PLANNED, _c.key.startswith("day:", autoescape=True)
    await withdraw(tx, list(await tx.scalars(select(_c.id).where(*days, _c.person_id.in_(people)))))


async def take_back(tx: Transaction, key_prefix: str) -> set[int]:
    """Take back unsent messages whose key begins so; returns the ids of the people who will not hear of it."""
    query = select(_c.id, _c.person_id).where(
        _c.state == OutboxState.PLANNED, _c.key.startswith(key_prefix, autoescape=True)
    )
    found = (await tx.execute(query)).all()
    await withdraw(tx, [row.id for row in found])
    return {row.person_id for row in found}


async def counts(tx: Transaction) -> dict[OutboxState, int]:
    """State → how many messages are in it; a state without any is left out."""
    query = select(_c.state, func.count().label("number")).group_by(_c.state)
    return {OutboxState(row.state): row.number for row in await tx.execute(query)}


async def unsent(tx: Transaction, limit: int) -> tuple[Unsent, ...]:
    """The latest messages that were tried, or were to be tried, and have not arrived; the newest first."""
    over = _c.state.in_((OutboxState.SENDING, OutboxState.FAILED, OutboxState.EXPIRED))
    tried = and_(_c.state == OutboxState.PLANNED, _c.attempts > 0)
    query = select(t.outbox).where(or_(over, tried)).order_by(_c.id.desc()).limit(limit)
    return tuple(_unsent(row) for row in (await tx.execute(query)).mappings())


async def stop_for_group(tx: Transaction, group_id: int, why: FailureKind) -> None:
    """Nothing more goes to a group that the bot is not in."""
    await tx.execute(_stop(why).where(_c.group_id == group_id))


async def stop_for_person(tx: Transaction, person_id: int, why: FailureKind) -> None:
    """Nothing more goes to a person who blocked the bot."""
    await tx.execute(_stop(why).where(_c.person_id == person_id))


def _stop(why: FailureKind) -> Update:
    return update(t.outbox).where(_c.state == OutboxState.PLANNED).values(state=OutboxState.FAILED, reason=why)


def chat_of(row: RowMapping) -> ChatAddress:
    """Where a row's message goes."""
    return ChatAddress(row["messenger"], row["chat_id"], row["thread_id"], is_group=row["group_id"] is not None)


def _unsent(row: RowMapping) -> Unsent:
    state = OutboxState(row["state"])
    return Unsent(chat_of(row), row["text"], state, row["reason"], row["attempts"], row["due_at"], row["expires_at"])
