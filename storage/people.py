"""People, their roles, accounts and invitations."""

from datetime import datetime

from sqlalchemy import insert, select, update

from domain.outbox import ChatAddress, Recipient
from domain.people import Account, Member, Role
from storage import tables as t
from storage.database import Transaction, new_id


async def find_member(tx: Transaction, account: Account) -> Member:
    """The member behind an account; a stranger when nobody is."""
    query = (
        select(t.person.c.id, t.person.c.name, t.role.c.role)
        .join(t.account, t.account.c.person_id == t.person.c.id)
        .outerjoin(t.role, t.role.c.person_id == t.person.c.id)
        .where(t.account.c.messenger == account.messenger, t.account.c.account_id == account.account_id)
    )
    rows = (await tx.execute(query)).all()
    if not rows:
        return Member(account)
    return Member(account, rows[0].id, rows[0].name, frozenset(Role(row.role) for row in rows if row.role))


async def add_person(tx: Transaction, name: str, account: Account, now: datetime) -> int:
    """A new person with one account; returns the person's id."""
    result = await tx.execute(insert(t.person).values(name=name, created_at=now))
    person_id = new_id(result)
    values = {"messenger": account.messenger, "account_id": account.account_id, "person_id": person_id}
    await tx.execute(insert(t.account).values(**values))
    return person_id


async def give_role(tx: Transaction, person_id: int, role: Role) -> None:
    """Add a role that the person does not have yet."""
    await tx.execute(insert(t.role).values(person_id=person_id, role=role))


async def set_blocked(tx: Transaction, account: Account, at: datetime | None) -> bool:
    """Remember that an account blocked the bot (or, with ``None``, no longer does); false when that was known."""
    known = t.account.c.blocked_at.is_not(None) if at else t.account.c.blocked_at.is_(None)
    query = update(t.account).where(
        t.account.c.messenger == account.messenger, t.account.c.account_id == account.account_id, ~known
    )
    return (await tx.execute(query.values(blocked_at=at))).rowcount == 1


async def recipients_with(tx: Transaction, role: Role) -> tuple[Recipient, ...]:
    """The reachable private chats of everybody with a role: one per person, accounts that blocked the bot left out."""
    query = (
        select(t.person.c.id, t.person.c.name, t.account.c.messenger, t.account.c.account_id)
        .join(t.account, t.account.c.person_id == t.person.c.id)
        .join(t.role, t.role.c.person_id == t.person.c.id)
        .where(t.role.c.role == role, t.account.c.blocked_at.is_(None))
        .order_by(t.person.c.id, t.account.c.id)
    )
    found: dict[int, Recipient] = {}
    for row in await tx.execute(query):
        chat = ChatAddress(row.messenger, row.account_id)
        addresses = frozenset({f"role:{role}"})
        found.setdefault(row.id, Recipient(f"person:{row.id}", chat, addresses, person_id=row.id, title=row.name))
    return tuple(found.values())


async def name_of(tx: Transaction, person_id: int) -> str:
    """A person's name; empty when there is no such person."""
    return await tx.scalar(select(t.person.c.name).where(t.person.c.id == person_id)) or ""


async def add_invite(tx: Transaction, code_hash: str, role: Role, now: datetime, expires_at: datetime) -> None:
    """Remember an invitation by the hash of its code."""
    values = {"code_hash": code_hash, "role": role, "created_at": now, "expires_at": expires_at}
    await tx.execute(insert(t.invite).values(**values))


async def use_invite(tx: Transaction, code_hash: str, by: int, now: datetime) -> bool:
    """Use an invitation up; false when somebody already did."""
    query = update(t.invite).where(t.invite.c.code_hash == code_hash, t.invite.c.used_at.is_(None))
    return (await tx.execute(query.values(used_at=now, used_by=by))).rowcount == 1


async def find_invite(tx: Transaction, code_hash: str) -> tuple[Role, datetime, int | None] | None:
    """The role an invitation gives, when it expires, and who used it."""
    columns = (t.invite.c.role, t.invite.c.expires_at, t.invite.c.used_by)
    row = (await tx.execute(select(*columns).where(t.invite.c.code_hash == code_hash))).first()
    return None if row is None else (Role(row.role), row.expires_at, row.used_by)
