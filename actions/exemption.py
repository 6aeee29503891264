"""«Не применимо»: to whom an item does not apply, said by the coordinator with a reason, and taken back."""

from dataclasses import dataclass
from datetime import datetime

from actions.draft import item_of
from actions.project import Project
from actions.reviewing import tell_reviewers
from domain.access import Right, require
from domain.audit import Deed
from domain.button import Button, press
from domain.debtor import Debtor, acts_for, everybody, name_of
from domain.exemption import reason_of
from domain.indicator_count import party_of
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptItem, OwedBy, Roadmap
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import indicator as indicator_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction
from storage.people import Bearer

_KEYS = {OwedBy.SCHOOL: "school", OwedBy.MUNICIPALITY: "municipality", OwedBy.CURATOR: "person"}


@dataclass(frozen=True, slots=True)
class Applied:
    """One who owes an item, with their name; ``reason`` is why it does not apply to them, empty where it does."""

    debtor: Debtor
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Applying:
    """An item with everybody of the party that owes it, in the order of names."""

    kept: KeptItem
    roadmap: Roadmap
    party: OwedBy
    rows: tuple[Applied, ...]

    @property
    def exempt(self) -> list[Applied]:
        """Those to whom it does not apply."""
        return [one for one in self.rows if one.reason]

    def one(self, debtor_id: int) -> Applied:
        """The one of that id. Raises ``Refusal`` where there is none (any more)."""
        found = next((one for one in self.rows if one.debtor.id == debtor_id), None)
        if found is None:
            raise Refusal("exemption.gone")
        return found


class Exemptions:
    """Use cases of «Не применимо»."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def of_item(self, item_id: int, *, by: Member) -> Applying:
        """To whom an item applies. Raises ``Refusal`` for one that its executors owe together."""
        require(by, Right.EXEMPT)
        async with self._database.read() as tx:
            return await _applying(tx, item_id)

    async def exempt(self, item_id: int, debtor_id: int, reason: str, *, by: Member, now: datetime) -> Applying:
        """It does not apply to somebody; they are told once, with the reason. Said twice it is said once."""
        person_id, why = require(by, Right.EXEMPT), reason_of(reason)
        async with self._database.transaction() as tx:
            before = await _applying(tx, item_id)
            one = before.one(debtor_id)
            if one.reason:
                return before
            await completion_rows.exempt(tx, item_id, one.debtor, why, person_id, now)
            await self._changed(tx, before, Applied(one.debtor, one.name, why), person_id, now)
            return await _applying(tx, item_id)

    async def apply(self, item_id: int, debtor_id: int, *, by: Member, now: datetime) -> Applying:
        """It applies after all; they are told of that, unless they had not heard the contrary yet."""
        person_id = require(by, Right.EXEMPT)
        async with self._database.transaction() as tx:
            before = await _applying(tx, item_id)
            one = before.one(debtor_id)
            if await completion_rows.apply(tx, item_id, one.debtor):
                await self._changed(tx, before, Applied(one.debtor, one.name), person_id, now)
            return await _applying(tx, item_id)

    async def _changed(self, tx: Transaction, item: Applying, one: Applied, by: int, now: datetime) -> None:
        """Written down, told, and everything that waits to be said of it is composed anew."""
        deed = Deed.EXEMPTED if one.reason else Deed.EXEMPTION_LIFTED
        about = {_KEYS[one.debtor.party]: one.debtor.id}
        await audit_rows.record(tx, now, by, deed, item=item.kept.id, **about)
        await outbox_rows.withdraw_days(tx)
        await tell_reviewers(tx, self._project, now)
        await self._tell(tx, item, one, by, now)

    async def _tell(self, tx: Transaction, item: Applying, one: Applied, by: int, now: datetime) -> None:
        key = f"exempt:{item.kept.id}:{one.debtor.party}:{one.debtor.id}:"
        unaware = await outbox_rows.take_back(tx, key)
        acting = [
            bearer
            for who, bearer in (await people_rows.bearers(tx, self._project.today(now))).items()
            if one.debtor in acts_for(bearer.duties, who, item.kept.item, item.roadmap)
        ]
        told = [bearer for bearer in acting if _leads(bearer, one.debtor)] or acting
        people = [bearer.recipient for bearer in told if bearer.recipient.person_id not in (by, *unaware)]
        texts = self._project.texts
        button = Button(texts.plain("indicator.button-item"), press("more", item.kept.id))
        said = {"item": item.kept.item, "party": one.debtor.party, "name": one.name, "reason": one.reason}
        await self._project.tell(tx, people, f"{key}{now.isoformat()}", "exemption.told", now, ((button,),), **said)


def _leads(bearer: Bearer, debtor: Debtor) -> bool:
    """Whether somebody is the one of a school who is asked first."""
    return debtor.party is OwedBy.SCHOOL and any(
        duty.responsible and duty.school_id == debtor.id for duty in bearer.duties
    )


async def _applying(tx: Transaction, item_id: int) -> Applying:
    kept, roadmap = await item_of(tx, item_id)
    party = party_of(kept.item)
    if party is OwedBy.EXECUTORS:
        raise Refusal("exemption.executors")
    registry = await indicator_rows.owing(tx, {party})
    exempt = (await completion_rows.exemptions(tx, [item_id])).get(item_id, {})
    rows = [Applied(one, name_of(one, registry), exempt.get(one, "")) for one in everybody(party, registry)]
    return Applying(kept, roadmap, party, tuple(rows))
