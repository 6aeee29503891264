"""The consent to the processing of personal data (152-ФЗ): asked once per version, before anything else."""

from datetime import datetime

from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.consent import VERSION
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import NAME_LIMIT, called, tidy
from storage import audit as audit_rows
from storage import consent as consent_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Database


class Consents:
    """Use cases of the consent."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def agree(self, name: str, *, version: str = VERSION, by: Member, now: datetime) -> Member:
        """«Согласен». ``name`` is the messenger's, taken for a person whom nobody has named. Twice is once.

        Raises ``Refusal`` for another ``version`` than the present one: that text was not what they read.
        """
        person_id = require(by, Right.OWN_DATA)
        if version != VERSION:
            raise Refusal("consent.other-text")
        async with self._database.transaction() as tx:
            if person_id not in await people_rows.agreed_people(tx, [person_id]):
                await consent_rows.answer(tx, person_id, now, given=True)
                await audit_rows.record(tx, now, person_id, Deed.CONSENT_GIVEN)
            if not await people_rows.name_of(tx, person_id):
                await registry_rows.rename_person(tx, person_id, tidy(name)[:NAME_LIMIT])
            return await people_rows.find_member(tx, by.account, self._project.today(now))

    async def decline(self, *, by: Member, now: datetime) -> None:
        """«Не согласен»: nothing more is sent to the person, what waits is withdrawn, the coordinators hear of it.

        Twice is once. Also whoever had agreed may take it back so, at any time: duties stay, the menu is closed.
        """
        person_id = require(by, Right.OWN_DATA)
        async with self._database.transaction() as tx:
            said = [one for one in await consent_rows.answers(tx, person_id) if one.version == VERSION]
            if said and not said[-1].given:
                return
            await consent_rows.answer(tx, person_id, now, given=False)
            await audit_rows.record(tx, now, person_id, Deed.CONSENT_REFUSED)
            await outbox_rows.withdraw_for_person(tx, person_id)
            await outbox_rows.withdraw_days(tx)
            name = called(await people_rows.name_of(tx, person_id), person_id)
            key = f"no-consent:{person_id}:{self._project.today(now)}"
            await self._project.tell_coordinators(tx, key, "consent.refused", now, name=name)
