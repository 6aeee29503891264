"""People with their duties and accounts: who is behind an account, and who can be written to."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, tuple_, update

from domain.consent import VERSION
from domain.leave import StandIn, deputies
from domain.outbox import ChatAddress, Recipient
from domain.people import Account, Duty, Member, Role
from domain.registry import name_key
from storage import calendar_feed as feed_rows
from storage import tables as t
from storage.database import Transaction, new_id, read_many

_DUTY = (
    t.duty.c.person_id,
    t.duty.c.role,
    t.duty.c.school_id,
    t.duty.c.municipality_id,
    t.organisation.c.code,
    t.duty.c.responsible,
)
_present = t.duty.c.until.is_(None)


def _as_duty(row: Any) -> Duty:
    return Duty(Role(row.role), row.school_id, row.municipality_id, row.code or "", row.responsible)


async def duties(tx: Transaction, of: Iterable[int] | None = None) -> dict[int, list[Duty]]:
    """Person id → their own present duties, the oldest first; of everybody without ``of``."""
    query = (
        select(*_DUTY)
        .outerjoin(t.organisation, t.organisation.c.id == t.duty.c.organisation_id)
        .where(_present)
        .order_by(t.duty.c.id)
    )
    found: dict[int, list[Duty]] = defaultdict(list)
    if of is None:
        held = await read_many(tx, query, lambda row: (row.person_id, _as_duty(row)))
    else:
        rows = await tx.execute(query.where(t.duty.c.person_id.in_(list(of))))
        held = [(row.person_id, _as_duty(row)) for row in rows]
    for person_id, duty in held:
        found[person_id].append(duty)
    return found


async def find_member(tx: Transaction, account: Account, today: date) -> Member:
    """The member behind an account with all that rests on them on that local day; a stranger when nobody is."""
    query = (
        select(t.person.c.id, t.person.c.name)
        .join(t.account, t.account.c.person_id == t.person.c.id)
        .where(t.account.c.messenger == account.messenger, t.account.c.account_id == account.account_id)
        .where(t.person.c.removed_at.is_(None))
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return Member(account)
    carried = [away for away, deputy in deputies(await stand_ins(tx, today), today).items() if deputy == row.id]
    held = await duties(tx, [row.id, *carried])
    agreed = await agreed_people(tx, [row.id])
    return Member(account, row.id, row.name, frozenset(_resting_on(row.id, carried, held)), row.id in agreed)


def _resting_on(person_id: int, carried: Iterable[int], held: dict[int, list[Duty]]) -> list[Duty]:
    others = [replace(duty, instead_of=away) for away in carried for duty in held.get(away, [])]
    return [*held.get(person_id, []), *others]


async def stand_ins(tx: Transaction, day: date) -> list[StandIn]:
    """The leaves that run on a local day."""
    c = t.stand_in.c
    query = select(c.id, c.person_id, c.deputy_id, c.since, c.until).where(
        c.ended_at.is_(None), c.since <= day, c.until >= day
    )
    return [StandIn(*row) for row in await tx.execute(query.order_by(c.id))]


async def agreed_people(tx: Transaction, of: Iterable[int] | None = None) -> set[int]:
    """Those whose last word on the present version of the consent is yes."""
    return set(await tx.scalars(_agreed(*([] if of is None else [t.consent.c.person_id.in_(list(of))]))))


def _agreed(*which: ColumnElement[bool]) -> Select[int]:
    c = t.consent.c
    last = select(func.max(c.id)).where(c.version == VERSION, *which).group_by(c.person_id)
    return select(c.person_id).where(c.id.in_(last), c.given)


def may_be_written_to() -> Select[int]:
    """The ids of those whom ``reachable`` gives: what goes to thousands is decided where they lie."""
    p, a = t.person.c, t.account.c
    theirs = select(a.person_id).where(a.blocked_at.is_(None))
    return select(p.id).where(p.removed_at.is_(None), p.id.in_(theirs), p.id.in_(_agreed()))


async def add_person(tx: Transaction, name: str, now: datetime, position: str = "") -> int:
    """A new person of the registry; returns the id."""
    values = {"name": name, "name_key": name_key(name), "position": position, "created_at": now}
    return new_id(await tx.execute(insert(t.person).values(**values)))


async def add_account(tx: Transaction, person_id: int, account: Account) -> None:
    """The account is this person's from now on."""
    values = {"messenger": account.messenger, "account_id": account.account_id, "person_id": person_id}
    await tx.execute(insert(t.account).values(**values))


async def accounts(tx: Transaction, person_id: int) -> list[Account]:
    """The accounts a person comes with, the oldest first."""
    c = t.account.c
    rows = await tx.execute(select(c.messenger, c.account_id).where(c.person_id == person_id).order_by(c.id))
    return [Account(row.messenger, row.account_id) for row in rows]


async def forget_accounts(tx: Transaction, person_id: int) -> int:
    """The person comes with no account any more, nothing is awaited from theirs, and their calendar is at no link;
    returns how many there were."""
    of, c = await accounts(tx, person_id), t.code_try.c
    await forget_conversations(tx, of)
    await tx.execute(delete(t.code_try).where(from_any(c.messenger, c.account_id, of)))
    await tx.execute(delete(t.account).where(t.account.c.person_id == person_id))
    await feed_rows.stop(tx, person_id)
    return len(of)


def from_any(messenger: Any, account_id: Any, of: Iterable[Account]) -> ColumnElement[bool]:
    """Whether both columns name one of these accounts."""
    return tuple_(messenger, account_id).in_([(one.messenger, one.account_id) for one in of])


async def forget_conversations(tx: Transaction, of: Iterable[Account]) -> int:
    """What the bot was waiting for from these accounts, in whichever chat; the key is of ``storage/fsm.py``."""
    key = t.conversation.c.key
    asked = [delete(t.conversation).where(key.contains(f":{one.account_id}:")) for one in of]
    return sum([(await tx.execute(one)).rowcount for one in asked])


async def set_blocked(tx: Transaction, account: Account, at: datetime | None) -> bool:
    """Remember that an account blocked the bot (or, with ``None``, no longer does); false when that was known."""
    known = t.account.c.blocked_at.is_not(None) if at else t.account.c.blocked_at.is_(None)
    query = update(t.account).where(
        t.account.c.messenger == account.messenger, t.account.c.account_id == account.account_id, ~known
    )
    return (await tx.execute(query.values(blocked_at=at))).rowcount == 1


async def name_of(tx: Transaction, person_id: int) -> str:
    """A person's name; empty when there is no such person or they were erased."""
    return await tx.scalar(select(t.person.c.name).where(t.person.c.id == person_id)) or ""


@dataclass(frozen=True, slots=True)
class _Reachable:
    """A person who agreed and whose account takes messages."""

    person_id: int
    name: str
    chat: ChatAddress


async def recipient(tx: Transaction, person_id: int) -> Recipient | None:
    """One person's private chat; ``None`` when they cannot or must not be written to."""
    found = await _reachable(tx, [person_id])
    return _recipient(found[person_id], frozenset()) if person_id in found else None


async def reachable(tx: Transaction, people: Collection[int] | None = None) -> dict[int, Recipient]:
    """Person id → the private chat of everybody (or of those of these ``people``) who may be written to, whether
    anything rests on them today or not."""
    return {one: _recipient(person, frozenset()) for one, person in (await _reachable(tx, people)).items()}


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody who may be written to, with everything that rests on them on a day."""

    recipient: Recipient
    duties: tuple[Duty, ...]


async def bearers(tx: Transaction, today: date) -> dict[int, Bearer]:
    """Person id → whoever may be written to and has duties on that local day; of somebody on leave the deputy has them,
    marked by ``instead_of``."""
    return {
        person.person_id: Bearer(_recipient(person, frozenset(duty.address for duty in duties)), tuple(duties))
        for person, duties in await _resting(tx, today)
    }


async def recipients(tx: Transaction, today: date) -> tuple[Recipient, ...]:
    """The private chats of everybody who may be written to, with the addresses that rest on them on that local day.

    Nothing goes to who was removed, has not agreed, or is on leave (their deputy hears it instead). In a school the one
    responsible hears; where there is nobody responsible who could, the whole team does.
    """
    held = await _resting(tx, today)
    led = {duty.school_id for _, own in held for duty in own if duty.role is Role.SCHOOL and duty.responsible}
    found = []
    for person, own in held:
        addresses = frozenset(
            duty.address
            for duty in own
            if duty.role is not Role.SCHOOL or duty.responsible or duty.school_id not in led
        )
        found.append(_recipient(person, addresses))
    return tuple(sorted((one for one in found if one.addresses), key=lambda one: one.person_id or 0))


async def _resting(tx: Transaction, today: date) -> list[tuple[_Reachable, list[Duty]]]:
    """Whoever may be written to, and what rests on them: not on who is away, where their deputy may be written to."""
    reachable = await _reachable(tx)
    away = {who: to for who, to in deputies(await stand_ins(tx, today), today).items() if to in reachable}
    held: dict[int, list[Duty]] = defaultdict(list)
    for person_id, own in (await duties(tx)).items():
        listener = away.get(person_id, person_id)
        if listener in reachable:
            instead_of = None if listener == person_id else person_id
            held[listener] += [replace(duty, instead_of=instead_of) for duty in own]
    return [(reachable[person_id], own) for person_id, own in held.items()]


async def recipients_with(tx: Transaction, role: Role, today: date) -> tuple[Recipient, ...]:
    """Those of the recipients on whom a role rests on that local day."""
    return tuple(one for one in await recipients(tx, today) if f"role:{role}" in one.addresses)


async def _reachable(tx: Transaction, people: Collection[int] | None = None) -> dict[int, _Reachable]:
    p, a = t.person.c, t.account.c
    query = (
        select(p.id, p.name, a.messenger, a.account_id)
        .join(t.account, and_(a.person_id == p.id, a.blocked_at.is_(None)))
        .where(p.removed_at.is_(None))
        .order_by(p.id, a.id)
    )
    if people is not None:
        query = query.where(p.id.in_(people))
    agreed = await agreed_people(tx, people)
    found: dict[int, _Reachable] = {}
    for row in await tx.execute(query):
        if row.id in agreed:
            found.setdefault(row.id, _Reachable(row.id, row.name, ChatAddress(row.messenger, row.account_id)))
    return found


def _recipient(person: _Reachable, addresses: frozenset[str]) -> Recipient:
    key = f"person:{person.person_id}"
    return Recipient(key, person.chat, addresses, person_id=person.person_id, title=person.name)
