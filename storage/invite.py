"""Invitations by the hash of their code, and the tries that went wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from domain.people import Account, Role
from storage import tables as t
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Invite:
    """A code's row: for a registered person, or for a role where nobody is registered yet. Instants are UTC."""

    role: Role | None
    person_id: int | None
    expires_at: datetime
    used_by: int | None
    revoked_at: datetime | None


_c = t.invite.c


async def add_invite(
    tx: Transaction,
    code_hash: str,
    *,
    role: Role | None = None,
    person_id: int | None = None,
    by: int | None = None,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Remember an invitation."""
    values = {"code_hash": code_hash, "role": role, "person_id": person_id, "created_by": by}
    await tx.execute(insert(t.invite).values(**values, created_at=now, expires_at=expires_at))


async def add_personal(
    tx: Transaction, code_hashes: Mapping[int, str], *, by: int, now: datetime, expires_at: datetime
) -> None:
    """Remember codes of registered people: person id → hash."""
    common = {"created_by": by, "created_at": now, "expires_at": expires_at}
    rows = [{"person_id": person_id, "code_hash": one, **common} for person_id, one in code_hashes.items()]
    if rows:
        await tx.execute(insert(t.invite), rows)


async def find_invite(tx: Transaction, code_hash: str) -> Invite | None:
    """The invitation of that code. Whoever was removed has none that works."""
    query = select(t.invite, t.person.c.removed_at).outerjoin(t.person, t.person.c.id == _c.person_id)
    row = (await tx.execute(query.where(_c.code_hash == code_hash))).first()
    if row is None:
        return None
    revoked_at = row.revoked_at or row.removed_at
    return Invite(row.role and Role(row.role), row.person_id, row.expires_at, row.used_by, revoked_at)


async def use_invite(tx: Transaction, code_hash: str, by: int, now: datetime) -> bool:
    """Use an invitation up; false when somebody already did."""
    query = update(t.invite).where(_c.code_hash == code_hash, _c.used_at.is_(None), _c.revoked_at.is_(None))
    return (await tx.execute(query.values(used_at=now, used_by=by))).rowcount == 1


async def revoke(tx: Transaction, person_id: int, now: datetime) -> int:
    """Every unused code of a person stops working; returns how many did."""
    return await revoke_all(tx, [person_id], now)


async def revoke_all(tx: Transaction, people: Collection[int], now: datetime) -> int:
    """The same of many people at once."""
    query = update(t.invite).where(_c.person_id.in_(people), _c.used_at.is_(None), _c.revoked_at.is_(None))
    return int((await tx.execute(query.values(revoked_at=now))).rowcount)


async def last_id(tx: Transaction) -> int:
    """The id of the code that was issued last; 0 before the first."""
    return await tx.scalar(select(func.max(_c.id))) or 0


async def open_until(tx: Transaction, now: datetime) -> dict[int, datetime]:
    """Person id → until when (UTC) a code of theirs still works."""
    query = (
        select(_c.person_id, func.max(_c.expires_at).label("until"))
        .where(_c.person_id.is_not(None), _c.used_at.is_(None), _c.revoked_at.is_(None), _c.expires_at > now)
        .group_by(_c.person_id)
    )
    return {row.person_id: row.until for row in await tx.execute(query)}


async def add_try(tx: Transaction, account: Account, now: datetime) -> None:
    """A code that was not there was tried from an account."""
    values = {"messenger": account.messenger, "account_id": account.account_id, "at": now}
    await tx.execute(insert(t.code_try).values(**values))


async def tries(tx: Transaction, account: Account, since: datetime) -> list[datetime]:
    """When an account tried in vain since an instant, the earliest first; what is older of anybody is forgotten."""
    await tx.execute(delete(t.code_try).where(t.code_try.c.at < since))
    c = t.code_try.c
    query = select(c.at).where(c.messenger == account.messenger, c.account_id == account.account_id).order_by(c.at)
    return list(await tx.scalars(query))


async def forget_tries(tx: Transaction, account: Account) -> None:
    """The account came in."""
    c = t.code_try.c
    await tx.execute(delete(t.code_try).where(c.messenger == account.messenger, c.account_id == account.account_id))
