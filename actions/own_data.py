"""One's own data (152-ФЗ): looking, taking them along, leaving the project, erasing oneself. Open without consent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.erasure import destroy
from actions.project import Project
from actions.standing_in import part_with
from domain.access import Right, require
from domain.audit import Deed
from domain.button import Button, Keyboard, press
from domain.own_data import PersonalData
from domain.people import Duty, Member
from domain.refusal import Refusal
from domain.registry import called, typed_name
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import own_data as own_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction


class OwnData:
    """Use cases of the acting person about themselves; nobody reaches another's data here."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which instants are told."""
        return self._project.zone

    async def look(self, *, by: Member, now: datetime) -> PersonalData:
        """What is kept about the acting person."""
        person_id = require(by, Right.OWN_DATA)
        async with self._database.read() as tx:
            return await own_rows.personal_data(tx, person_id, now)

    async def export(self, *, by: Member, now: datetime) -> PersonalData:
        """The same for a file; that it was taken is written down."""
        person_id = require(by, Right.OWN_DATA)
        async with self._database.transaction() as tx:
            await audit_rows.record(tx, now, person_id, Deed.DATA_EXPORTED)
            return await own_rows.personal_data(tx, person_id, now)

    async def rename(self, name: str, *, by: Member, now: datetime) -> None:
        """Be called otherwise; the same name changes nothing. Raises ``Refusal`` for what is no name."""
        person_id = require(by, Right.OWN_DATA)
        name = typed_name(name)
        async with self._database.transaction() as tx:
            if await people_rows.name_of(tx, person_id) != name:
                await registry_rows.rename_person(tx, person_id, name)
                await audit_rows.record(tx, now, person_id, Deed.PERSON_RENAMED, person=person_id)

    async def leave(self, *, by: Member, now: datetime) -> None:
        """«Выйти из проекта»: duties end, nothing more is sent; the name stays in the history of the registry.

        The coordinators hear of it. Raises ``Refusal`` for the last coordinator who can act.
        """
        person_id = require(by, Right.OWN_DATA)
        async with self._database.transaction() as tx:
            lost = await self._given_up(tx, person_id)
            name = await people_rows.name_of(tx, person_id)
            await part_with(tx, self._project, person_id, now)
            await registry_rows.remove_person(tx, person_id, now)
            await audit_rows.record(tx, now, person_id, Deed.LEFT)
            await self._tell(tx, "left", person_id, now, self._people_button(), lost=lost, name=called(name, person_id))

    async def erase(self, *, by: Member, now: datetime) -> None:
        """«Удалить мои данные»: as ``leave``, and nothing that names the person remains; their work does.

        The act of it is drawn up from the audit's row (``actions/erasure.py``). Raises ``Refusal`` as ``leave`` does.
        """
        person_id = require(by, Right.OWN_DATA)
        async with self._database.transaction() as tx:
            lost = await self._given_up(tx, person_id)
            destroyed = await destroy(tx, self._project, person_id, now)
            await audit_rows.record(tx, now, person_id, Deed.ERASED, destroyed=destroyed)
            await self._tell(tx, "erased", person_id, now, self._acts_button(), lost=lost, name=called("", person_id))
        await self._database.fold()

    async def _given_up(self, tx: Transaction, person_id: int) -> list[tuple[Duty, str]]:
        """The duties that nobody holds from now on, each with the name of its place."""
        registry = await registry_rows.registry(tx)
        if [one.id for one in registry.coordinators()] == [person_id]:
            raise Refusal("own_data.last-coordinator")
        person = registry.person(person_id)
        return [(duty, registry.place(duty)) for duty in person.duties] if person else []

    async def _tell(
        self,
        tx: Transaction,
        what: str,
        person_id: int,
        now: datetime,
        buttons: Keyboard,
        *,
        lost: list[tuple[Duty, str]],
        name: str,
    ) -> None:
        await outbox_rows.withdraw_days(tx)
        key = f"{what}:{person_id}:{now.isoformat()}"
        await self._project.tell_coordinators(tx, key, f"own_data.told-{what}", now, buttons, lost=lost, name=name)

    def _people_button(self) -> Keyboard:
        return ((Button(self._project.texts.plain("own_data.button-people"), press("go", "people")),),)

    def _acts_button(self) -> Keyboard:
        return ((Button(self._project.texts.plain("own_data.button-acts"), press("go", "erasures")),),)
