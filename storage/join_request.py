"""Requests to be let in. What is closed holds no name; a day later no account either."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Update, and_, delete, exists, func, insert, select, update

from domain.join_request import Asked, JoinRequest, RequestState
from domain.outbox import OutboxState
from domain.people import Account
from domain.registry import Municipality, Registry, School
from storage import outbox as outbox_rows
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.join_request.c
_waits = _c.state == RequestState.WAITING
_has_come = exists().where(
    and_(
        t.account.c.messenger == _c.messenger,
        t.account.c.account_id == _c.account_id,
        t.duty.c.person_id == t.account.c.person_id,
        t.duty.c.until.is_(None),
    )
)
_NOBODY = 0
"""No messenger gives this id."""
REMINDERS = "requests:"
"""How the keys begin under which coordinators are told how many wait."""
ANSWERS = "request:"
"""How the keys begin under which the answers go to those who asked."""


async def add(tx: Transaction, account: Account, asked: Asked, now: datetime) -> int:
    """A new request; returns its id."""
    values = {
        "messenger": account.messenger,
        "account_id": account.account_id,
        "school_id": asked.school_id,
        "name": asked.name,
        "position": asked.position,
        "consent_version": asked.consent_version,
        "agreed_at": asked.agreed_at,
        "asked_at": now,
        "state": RequestState.WAITING,
    }
    return new_id(await tx.execute(insert(t.join_request).values(**values)))


async def find(tx: Transaction, request_id: int) -> JoinRequest | None:
    """The request of that id."""
    row = (await tx.execute(select(t.join_request).where(_c.id == request_id))).mappings().first()
    return None if row is None else _request(row)


async def waiting_of(tx: Transaction, account: Account) -> JoinRequest | None:
    """What an account asked and nobody answered yet."""
    query = select(t.join_request).where(_waits, *_of(account))
    row = (await tx.execute(query)).mappings().first()
    return None if row is None else _request(row)


async def waiting(tx: Transaction) -> list[JoinRequest]:
    """Everything that waits for an answer, the oldest first."""
    rows = await tx.execute(select(t.join_request).where(_waits).order_by(_c.id))
    return [_request(row) for row in rows.mappings()]


async def count_waiting(tx: Transaction, asked_after: datetime) -> int:
    """How many requests made after an instant (UTC) wait for an answer; not of whoever came in by a code meanwhile."""
    return await tx.scalar(select(func.count()).where(_waits, _c.asked_at > asked_after, ~_has_come)) or 0


async def count_since(tx: Transaction, account: Account, since: datetime) -> int:
    """How many requests an account made since an instant (UTC), whatever became of them."""
    return await tx.scalar(select(func.count()).where(_c.asked_at > since, *_of(account))) or 0


async def close(
    tx: Transaction,
    request_id: int,
    state: RequestState,
    now: datetime,
    *,
    by: int | None = None,
    person_id: int | None = None,
) -> None:
    """The request is answered (``by`` a coordinator) or over; ``person_id`` is who came of it."""
    query = _closing(state, now).where(_c.id == request_id, _waits)
    await tx.execute(query.values(decided_by=by, person_id=person_id))


async def expire(tx: Transaction, asked_before: datetime, now: datetime) -> int:
    """Requests that waited too long are closed; returns how many."""
    query = _closing(RequestState.EXPIRED, now).where(_waits, _c.asked_at <= asked_before)
    return int((await tx.execute(query)).rowcount)


async def close_arrived(tx: Transaction, now: datetime) -> int:
    """Requests of those who came in by a code meanwhile are closed; returns how many."""
    return int((await tx.execute(_closing(RequestState.CAME_IN, now).where(_waits, _has_come))).rowcount)


async def forget(tx: Transaction, decided_before: datetime) -> None:
    """Of what was closed before an instant (UTC) nothing remains but that it was, and how it ended; of what was said to
    somebody who stayed a stranger, nothing but that something was."""
    query = update(t.join_request).where(_c.decided_at <= decided_before, _c.account_id != _NOBODY)
    await tx.execute(query.values(messenger="", account_id=_NOBODY))
    o = t.outbox.c
    over = o.state.not_in((OutboxState.PLANNED, OutboxState.SENDING))
    strange = o.person_id.is_(None), o.chat_id != _NOBODY, o.created_at <= decided_before
    await tx.execute(
        update(t.outbox).where(*outbox_rows.begins(ANSWERS), *strange, over).values(chat_id=_NOBODY, text="")
    )


async def forget_forms(tx: Transaction, agreed_before: datetime) -> None:
    """Forms that were begun before an instant (UTC) and never sent are gone."""
    c = t.conversation.c
    await tx.execute(delete(t.conversation).where(c.data["agreed_at"].as_string() <= agreed_before.isoformat()))


async def hand_account(tx: Transaction, account: Account, person_id: int) -> None:
    """The account is this person's from now on, whosever it was."""
    c = t.account.c
    query = update(t.account).where(c.messenger == account.messenger, c.account_id == account.account_id)
    await tx.execute(query.values(person_id=person_id))


async def schools(tx: Transaction) -> Registry:
    """What the order makes public: the schools that take part and their municipalities; no person is in it."""
    municipalities = await tx.execute(select(t.municipality).order_by(t.municipality.c.name_key))
    c = t.school.c
    found = await tx.execute(select(t.school).where(c.left_at.is_(None)).order_by(c.name_key, c.id))
    return Registry(
        municipalities=tuple(Municipality(row.id, row.name) for row in municipalities),
        schools=tuple(School(row.id, row.name, row.municipality_id) for row in found),
    )


async def take_back_reminders(tx: Transaction) -> bool:
    """Take back what coordinators were still to be told of requests; whether there was anything."""
    query = select(t.outbox.c.id).where(*outbox_rows.begins(REMINDERS), t.outbox.c.state == OutboxState.PLANNED)
    ids = list(await tx.scalars(query))
    await outbox_rows.withdraw(tx, ids)
    return bool(ids)


def _of(account: Account) -> tuple[Any, ...]:
    return _c.messenger == account.messenger, _c.account_id == account.account_id


def _closing(state: RequestState, now: datetime) -> Update:
    return update(t.join_request).values(state=state, decided_at=now, name="", position="")


def _request(row: RowMapping) -> JoinRequest:
    account = Account(row["messenger"], row["account_id"])
    asked = Asked(row["school_id"], row["name"], row["position"], row["consent_version"], row["agreed_at"])
    return JoinRequest(
        row["id"], account, asked, row["asked_at"], RequestState(row["state"]), row["decided_by"], row["person_id"]
    )
