"""One-time codes: the operator's, personal ones and their cards, and coming in with any of them."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from actions.project import Project
from actions.registry import existing, refuse_without_coordinator
from domain.access import Right, require
from domain.audit import Deed
from domain.card import CodeCard, Whom, absent, by_place, card_of
from domain.invite import INVITE_LIFE, TRIES_WINDOW, Invitation, card_expiry, code_hash, draw_code, open_again
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import Registered, Registry, called
from storage import audit as audit_rows
from storage import consent as consent_rows
from storage import invite as invite_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import registry_file as file_rows
from storage.database import Database, Transaction
from storage.invite import Invite

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """Whose code it is; ``until`` (UTC) where one of theirs, issued before, still works."""

    person: Registered
    until: datetime | None
    zone: ZoneInfo

    @property
    def name(self) -> str:
        """How the person is shown."""
        return called(self.person.name, self.person.id)


@dataclass(frozen=True, slots=True)
class Printing:
    """What cards would be printed: of whom, until which local date they would work, and how many codes would stop.

    ``by_municipality`` and ``by_school`` are how many people are of which, by id. ``last`` tells whether codes were
    issued since this was looked at.
    """

    registry: Registry
    people: tuple[Registered, ...]
    by_municipality: Mapping[int, int]
    by_school: Mapping[int, int]
    replaced: int
    until: date
    last: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The cards in the order they are to be printed; local dates of when they were made and until when they work."""

    cards: tuple[CodeCard, ...]
    made: date
    until: date


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

    async def holder(self, person_id: int, *, by: Member, now: datetime) -> CodeHolder:
        """Whom a code would let in. Raises ``Refusal`` for whoever is not (any more) in the project."""
        require(by, Right.LET_IN)
        async with self._database.read() as tx:
            person = existing((await registry_rows.registry(tx)).person(person_id), "person.gone")
            until = (await invite_rows.open_until(tx, now)).get(person_id)
        return CodeHolder(person, until, self._project.zone)

    async def issue(self, person_ids: Collection[int], *, by: Member, now: datetime) -> dict[int, Invitation]:
        """A new personal code for each of them; earlier ones that nobody used stop working.

        Somebody who has come in lets another account of theirs in so. Raises ``Refusal`` for whoever is not (any more)
        in the project, or has nothing to do there.
        """
        by_id = require(by, Right.LET_IN)
        async with self._database.transaction() as tx:
            registry = await registry_rows.registry(tx)
            people = [existing(registry.person(one), "person.gone") for one in dict.fromkeys(person_ids)]
            if not all(person.duties for person in people):
                raise Refusal("invite.no-duty")
            for person in people:
                await audit_rows.record(tx, now, by_id, Deed.CODE_ISSUED, person=person.id)
            return await self._issue(tx, people, by_id, now)

    async def _issue(
        self, tx: Transaction, people: Sequence[Registered], by_id: int, now: datetime
    ) -> dict[int, Invitation]:
        until = card_expiry(now, self._project.zone)
        made = {person.id: Invitation(draw_code(self._chance), until) for person in people}
        await invite_rows.revoke_all(tx, made.keys(), now)
        hashes = {person_id: code_hash(one.code) for person_id, one in made.items()}
        await invite_rows.add_personal(tx, hashes, by=by_id, now=now, expires_at=until)
        return made

    async def revoke(self, person_id: int, *, by: Member, now: datetime) -> bool:
        """The person's unused code stops working; false where there is none."""
        by_id = require(by, Right.LET_IN)
        async with self._database.transaction() as tx:
            if not await invite_rows.revoke(tx, person_id, now):
                return False
            await audit_rows.record(tx, now, by_id, Deed.CODE_REVOKED, person=person_id)
            return True

    async def unlink(self, person_id: int, *, by: Member, now: datetime) -> bool:
        """Somebody came in as this person with another's card: their accounts are strangers' from this instant, and the
        consent given from there holds no more. Duties stay; false where nobody has come in.

        Raises ``Refusal`` for oneself, for the last coordinator who can act, and for whoever is not there.
        """
        by_id = require(by, Right.LET_IN)
        async with self._database.transaction() as tx:
            person = existing((await registry_rows.registry(tx)).person(person_id), "person.gone")
            if person_id == by_id:
                raise Refusal("invite.yourself")
            if not person.has_come:
                return False
            await refuse_without_coordinator(tx, person_id, person.duties, by_id)
            await people_rows.forget_accounts(tx, person_id)
            await outbox_rows.forget_chats(tx, person_id)
            await file_rows.forget_draft(tx, person_id)
            await invite_rows.revoke(tx, person_id, now)
            if person.has_agreed:
                await consent_rows.answer(tx, person_id, now, given=False)
            await outbox_rows.withdraw_days(tx)
            await audit_rows.record(tx, now, by_id, Deed.ACCOUNTS_UNLINKED, person=person_id)
            return True

    async def printing(self, whom: Whom, *, by: Member, now: datetime) -> Printing:
        """What cards there would be."""
        require(by, Right.LET_IN)
        async with self._database.read() as tx:
            registry, codes = await registry_rows.registry(tx), await invite_rows.open_until(tx, now)
            last = await invite_rows.last_id(tx)
        people = tuple(absent(registry, whom))
        until = self._project.today(card_expiry(now, self._project.zone))
        replaced = sum(one.id in codes for one in people)
        return Printing(registry, people, *by_place(registry, people), replaced, until, last)

    async def cards(self, whom: Whom, last: int, *, by: Member, now: datetime) -> Printed:
        """Codes and cards for everybody of them who has not come in.

        Raises ``Refusal`` when all have come in, and when codes were issued since ``Printing.last``: pressed twice, the
        second page would silently spoil the first.
        """
        by_id = require(by, Right.LET_IN)
        async with self._database.transaction() as tx:
            if await invite_rows.last_id(tx) != last:
                raise Refusal("invite.issued-since")
            registry = await registry_rows.registry(tx)
            people = absent(registry, whom)
            if not people:
                raise Refusal("invite.nobody")
            made = await self._issue(tx, people, by_id, now)
            about = {"municipality": whom.municipality_id, "school": whom.school_id}
            said = {kind: place for kind, place in about.items() if place}
            await audit_rows.record(tx, now, by_id, Deed.CARDS_PRINTED, count=len(made), **said)
        cards = tuple(card_of(registry, person, made[person.id]) for person in people)
        return Printed(cards, self._project.today(now), self._project.today(cards[0].invitation.expires_at))

    async def accept(self, code: str, account: Account, *, now: datetime) -> Member:
        """Come in with a code. The same code from the same person again is welcome; raises ``Refusal`` otherwise.

        A code that is not there is a wrong try, and after too many of them no code is looked at for an hour.
        """
        today = self._project.today(now)
        async with self._database.transaction() as tx:
            tried = await invite_rows.tries(tx, account, now - 2 * TRIES_WINDOW)
            self._refuse_at_closed_door(open_again(tried, now))
            found = await invite_rows.find_invite(tx, code_hash(code))
            if found is not None:
                await self._enter(tx, found, await people_rows.find_member(tx, account, today), code, now)
                await people_rows.set_blocked(tx, account, None)
                await invite_rows.forget_tries(tx, account)
                return await people_rows.find_member(tx, account, today)
            await invite_rows.add_try(tx, account, now)
        # a refusal inside would have undone what was written of the try
        closed_until = open_again([*tried, now], now)
        if closed_until is not None:
            log.warning("a door is closed for an hour: too many wrong codes from one account")
        self._refuse_at_closed_door(closed_until)
        raise Refusal("people.unknown-code")

    def _refuse_at_closed_door(self, closed_until: datetime | None) -> None:
        """The minute that is named is a whole one."""
        if closed_until is not None:
            opens = closed_until.astimezone(self._project.zone) + timedelta(seconds=59)
            raise Refusal("people.door-closed", at=opens)

    async def _enter(self, tx: Transaction, found: Invite, member: Member, code: str, now: datetime) -> None:
        if found.used_by is not None:
            if found.used_by != member.person_id:
                raise Refusal("people.used-code" if member.is_stranger else "people.not-your-code")
            return
        if found.revoked_at is not None:
            raise Refusal("people.revoked-code")
        if found.expires_at <= now:
            raise Refusal("people.old-code")
        if found.person_id is not None and member.person_id not in (None, found.person_id):
            raise Refusal("people.other-person")
        person_id = found.person_id or member.person_id or await people_rows.add_person(tx, "", now)
        if member.person_id is None:
            await people_rows.add_account(tx, person_id, member.account)
        if found.role is not None:
            await registry_rows.give_duty(tx, person_id, Duty(found.role), now)
        await invite_rows.use_invite(tx, code_hash(code), person_id, now)
        said = {} if found.role is None else {"role": str(found.role)}
        await audit_rows.record(tx, now, person_id, Deed.CAME_IN, **said)
