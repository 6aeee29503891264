"""Requests to be let in. What is closed holds no name; a day later no account either."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Update, and_, exists, func, insert, select, update

from domain.join_request import Asked, JoinRequest, RequestState
from domain.outbox import OutboxState
from domain.people import Account
from domain.registry import Municipality, Registry, School
from storage import outbox as outbox_rows
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.join_request.c
_waits = _c.state == RequestState.WAITING
_NOBODY = 0
"""No messenger gives this id."""
REMINDERS = "requests:"
"""How the keys begin under which coordinators are told how many wait."""


async def add(tx: Transaction, asked: Asked, now: datetime) -> int:
    """A new request; returns its id."""
    values = {
        "messenger": asked.account.messenger,
        "account_id": asked.account.account_id,
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


async def count_waiting(tx: Transaction) -> int:
    """How many requests wait for an answer."""
    return await tx.scalar(select(func.count()).where(_waits)) or 0


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
    reason: str = "",
) -> None:
    """The request is answered (``by`` a coordinator) or over; ``person_id`` is who came of it."""
    query = _closing(state, now).where(_c.id == request_id, _waits)
    await tx.execute(query.values(decided_by=by, person_id=person_id, reason=reason))


async def expire(tx: Transaction, asked_before: datetime, now: datetime) -> None:
    """Requests that waited too long are closed."""
    await tx.execute(_closing(RequestState.EXPIRED, now).where(_waits, _c.asked_at <= asked_before))


async def close_arrived(tx: Transaction, now: datetime) -> None:
    """Requests of those who came in by a code meanwhile are closed."""
    a, d = t.account.c, t.duty.c
    arrived = exists().where(
        and_(a.messenger == _c.messenger, a.account_id == _c.account_id, d.person_id == a.person_id, d.until.is_(None))
    )
    await tx.execute(_closing(RequestState.CAME_IN, now).where(_waits, arrived))


async def forget(tx: Transaction, decided_before: datetime) -> None:
    """Of what was closed before an instant (UTC) nothing remains but that it was, and how it ended."""
    query = update(t.join_request).where(_c.decided_at <= decided_before, _c.account_id != _NOBODY)
    await tx.execute(query.values(messenger="", account_id=_NOBODY, reason=""))


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
    query = select(t.outbox.c.id).where(*_reminders(), t.outbox.c.state == OutboxState.PLANNED)
    ids = list(await tx.scalars(query))
    await outbox_rows.withdraw(tx, ids)
    return bool(ids)


async def reminded(tx: Transaction) -> list[datetime]:
    """When coordinators were last told of requests (UTC): one instant, or none."""
    o = t.outbox.c
    over = o.state.not_in((OutboxState.PLANNED, OutboxState.WITHDRAWN))
    last = await tx.scalar(select(func.max(o.due_at)).where(*_reminders(), over))
    return [] if last is None else [last]


def _reminders() -> tuple[Any, ...]:
    key = t.outbox.c.key
    return key >= REMINDERS, key < REMINDERS[:-1] + chr(ord(REMINDERS[-1]) + 1)  # a range walks the index, LIKE not


def _of(account: Account) -> tuple[Any, ...]:
    return _c.messenger == account.messenger, _c.account_id == account.account_id


def _closing(state: RequestState, now: datetime) -> Update:
    return update(t.join_request).values(state=state, decided_at=now, name="", position="")


def _request(row: RowMapping) -> JoinRequest:
    account = Account(row["messenger"], row["account_id"])
    asked = Asked(account, row["school_id"], row["name"], row["position"], row["consent_version"], row["agreed_at"])
    return JoinRequest(
        row["id"], asked, row["asked_at"], RequestState(row["state"]), row["decided_by"], row["person_id"]
    )
