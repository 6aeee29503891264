"""Who is in the project: invitations, coming in, and who stands behind an account."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.project import Project
from domain.outbox import FailureKind
from domain.people import Account, Member, Role
from domain.refusal import Refusal
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction

INVITE_LIFE = timedelta(days=7)
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O and 1/I: a code is also typed by hand
_CODE_GROUPS, _GROUP_LETTERS = 4, 4
_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code (80 bits) and when it stops working (UTC)."""

    code: str
    role: Role
    expires_at: datetime


class People:
    """Use cases of people. Members are remembered between presses; every change of this class forgets them."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project
        self._members: dict[Account, Member] = {}

    async def member(self, account: Account) -> Member:
        """The member behind an account, a stranger when nobody is."""
        known = self._members.get(account)
        if known is None:
            async with self._database.read() as tx:
                known = await people_rows.find_member(tx, account)
            if len(self._members) >= _REMEMBERED:
                self._members.clear()
            self._members[account] = known
        return known

    async def invite(self, role: Role, *, now: datetime) -> Invitation:
        """Make a one-time code; only its hash is kept."""
        groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LETTERS)) for _ in range(_CODE_GROUPS))
        invitation = Invitation("-".join(groups), role, now + INVITE_LIFE)
        async with self._database.transaction() as tx:
            await people_rows.add_invite(tx, _hash(invitation.code), role, now, invitation.expires_at)
        return invitation

    async def accept(self, code: str, account: Account, name: str, *, now: datetime) -> Member:
        """Come in with a code. The same code from the same person again is welcome; raises ``Refusal`` otherwise."""
        async with self._database.transaction() as tx:
            member = await people_rows.find_member(tx, account)
            found = await people_rows.find_invite(tx, _hash(code))
            if found is None:
                raise Refusal("people.unknown-code")
            role, expires_at, used_by = found
            if used_by is None and expires_at <= now:
                raise Refusal("people.old-code")
            if used_by is not None and used_by != member.person_id:
                raise Refusal("people.used-code")
            if used_by is None:
                await self._enter(tx, member, role, code, name, now)
            await people_rows.set_blocked(tx, account, None)
            member = await people_rows.find_member(tx, account)
        self._members.pop(account, None)
        return member

    async def _enter(self, tx: Transaction, member: Member, role: Role, code: str, name: str, now: datetime) -> None:
        person_id = member.person_id
        if person_id is None:
            person_id = await people_rows.add_person(tx, name, member.account, now)
        if role not in member.roles:
            await people_rows.give_role(tx, person_id, role)
        await people_rows.use_invite(tx, _hash(code), person_id, now)

    async def blocked(self, account: Account, *, now: datetime) -> None:
        """The person blocked the bot: nothing more is sent there, and the coordinators hear of it."""
        async with self._database.transaction() as tx:
            await lose_person(tx, self._project, account, now)

    async def unblocked(self, account: Account) -> None:
        """The person let the bot write again."""
        async with self._database.transaction() as tx:
            await people_rows.set_blocked(tx, account, None)


async def lose_person(tx: Transaction, project: Project, account: Account, now: datetime) -> None:
    """Stop writing to an account that blocked the bot; tell the coordinators once."""
    member = await people_rows.find_member(tx, account)
    if member.person_id is None or not await people_rows.set_blocked(tx, account, now):
        return
    await outbox_rows.stop_for_person(tx, member.person_id, FailureKind.BLOCKED)
    key = f"blocked:{member.person_id}:{now.isoformat()}"
    await project.tell_coordinators(tx, key, "people.blocked", now, name=member.name)


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
