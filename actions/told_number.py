"""«Ответили N»: how many participants answered, told by the coordinator until surveys count it by themselves."""

from dataclasses import dataclass
from datetime import date, datetime

from actions.draft import item_of
from actions.indicator import measured_item
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.debtor import debtors
from domain.indicator import Indicator
from domain.indicator_count import Facts, Told, counts_people, of_people
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptItem
from domain.told_number import number_of
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import indicator as indicator_rows
from storage import outbox as outbox_rows
from storage import told_number as number_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class NumberSheet:
    """An item that is counted in people, on a local day: its ``number``, what was ``told`` of it, and how many
    ``participants`` the registry has."""

    kept: KeptItem
    today: date
    number: Indicator
    told: Told | None
    participants: int


class ToldNumbers:
    """Use cases of the number; its history is the audit."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, item_id: int, *, by: Member, now: datetime) -> NumberSheet:
        """What is told of an item now. Raises ``Refusal`` for one that is not counted in people."""
        require(by, Right.CORRECT_ITEM)
        async with self._database.read() as tx:
            return await self._sheet(tx, item_id, now)

    async def tell(self, item_id: int, typed: str, *, by: Member, now: datetime) -> NumberSheet:
        """The number as it was typed: «83 из 92», or «83» of all participants. Raises ``Refusal`` for what is none."""
        person_id = require(by, Right.CORRECT_ITEM)
        async with self._database.transaction() as tx:
            sheet = await self._sheet(tx, item_id, now)
            done, of = number_of(typed, sheet.participants)
            told = Told(done, of, sheet.today)
            if told == sheet.told:
                return sheet
            await number_rows.tell(tx, item_id, told, person_id, now)
            await audit_rows.record(tx, now, person_id, Deed.NUMBER_TOLD, item=item_id, count=done, of=of)
            await outbox_rows.withdraw_days(tx)
            return await self._sheet(tx, item_id, now)

    async def forget(self, item_id: int, *, by: Member, now: datetime) -> NumberSheet:
        """It is counted by what was confirmed again."""
        person_id = require(by, Right.CORRECT_ITEM)
        async with self._database.transaction() as tx:
            await self._sheet(tx, item_id, now)
            if await number_rows.forget(tx, item_id):
                await audit_rows.record(tx, now, person_id, Deed.NUMBER_FORGOTTEN, item=item_id)
                await outbox_rows.withdraw_days(tx)
            return await self._sheet(tx, item_id, now)

    async def _sheet(self, tx: Transaction, item_id: int, now: datetime) -> NumberSheet:
        kept, roadmap = await item_of(tx, item_id)
        if not counts_people(kept.item):
            raise Refusal("told_number.not-people")
        today = self._project.today(now)
        number = await measured_item(tx, self._project, kept, roadmap, today)
        told = await number_rows.get(tx, item_id)
        return NumberSheet(kept, today, number, told, await _participants(tx, kept))


async def _participants(tx: Transaction, kept: KeptItem) -> int:
    """Everybody who should answer, not everybody reached."""
    exempt = (await completion_rows.exemptions(tx, [kept.id])).get(kept.id, {})
    who = debtors(kept.item, await indicator_rows.owing(tx, {kept.item.owed_by}), exempt)
    return of_people(who, Facts(), await indicator_rows.teams(tx), None).of
