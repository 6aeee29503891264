"""Invitations: one-time codes, and coming in with one."""

from datetime import datetime
from random import Random

from actions.project import Project
from domain.audit import Deed
from domain.invite import INVITE_LIFE, Invitation, code_hash, draw_code
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import invite as invite_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction
from storage.invite import Invite


class Invites:
    """Use cases of one-time codes. ``chance`` draws them: the system's own, in a rehearsal one that repeats itself."""

    def __init__(self, database: Database, project: Project, chance: Random) -> None:
        self._database = database
        self._project = project
        self._chance = chance

    async def invite(self, role: Role, *, now: datetime) -> Invitation:
        """The operator's invitation to a role, for whoever comes with it; only the hash of its code is kept."""
        made = Invitation(draw_code(self._chance), now + INVITE_LIFE)
        async with self._database.transaction() as tx:
            hashed = code_hash(made.code)
            await invite_rows.add_invite(tx, hashed, role=role, now=now, expires_at=made.expires_at)
        return made

    async def accept(self, code: str, account: Account, *, now: datetime) -> Member:
        """Come in with a code. The same code from the same person again is welcome; raises ``Refusal`` otherwise."""
        today = self._project.today(now)
        async with self._database.transaction() as tx:
            member = await people_rows.find_member(tx, account, today)
            found = await invite_rows.find_invite(tx, code_hash(code))
            if found is None:
                raise Refusal("people.unknown-code")
            if found.used_by is None:
                await self._enter(tx, found, member, code, now)
            elif found.used_by != member.person_id:
                raise Refusal("people.used-code")
            await people_rows.set_blocked(tx, account, None)
            return await people_rows.find_member(tx, account, today)

    async def _enter(self, tx: Transaction, found: Invite, member: Member, code: str, now: datetime) -> None:
        if found.revoked_at is not None or found.expires_at <= now:
            raise Refusal("people.old-code")
        if found.person_id is not None and member.person_id not in (None, found.person_id):
            raise Refusal("people.other-person")
        person_id = found.person_id or member.person_id or await people_rows.add_person(tx, "", now)
        if member.person_id is None:
            await people_rows.add_account(tx, person_id, member.account)
        if found.role is not None:
            await registry_rows.give_duty(tx, person_id, Duty(found.role), now)
        await invite_rows.use_invite(tx, code_hash(code), person_id, now)
        await audit_rows.record(tx, now, person_id, Deed.CAME_IN)
