"""People of the registry, one by one: looked up, added, corrected, given duties, removed."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.project import Project
from actions.registry import about, existing, refuse_without_coordinator
from actions.standing_in import part_with
from domain.access import Right, refuse_deputy, require
from domain.audit import Deed
from domain.leave import StandIn, deputies
from domain.likeness import alike_people
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import NAME_LIMIT, Organisation, Registered, Registry, called, tidy, typed_name
from storage import audit as audit_rows
from storage import invite as invite_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as the coordinator sees them.

    ``duties`` are their own by the id of the row. ``leave`` is the one that runs today, ``deputy`` whose name carries
    them then. ``code_until`` is until when (UTC) a code of theirs works.
    """

    person: Registered
    registry: Registry
    duties: dict[int, Duty]
    zone: ZoneInfo
    blocked: bool = False
    leave: StandIn | None = None
    deputy: str = ""
    code_until: datetime | None = None


class Persons:
    """Use cases of single people. Every one of them is the coordinator's."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def card(self, person_id: int, *, by: Member, now: datetime) -> PersonCard:
        """Everything about one person. Raises ``Refusal`` for whoever is not (any more) in the project."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.read() as tx:
            return await self._card(tx, person_id, now)

    async def _card(self, tx: Transaction, person_id: int, now: datetime) -> PersonCard:
        registry = await registry_rows.registry(tx)
        person = existing(registry.person(person_id), "person.gone")
        today = self._project.today(now)
        running = await people_rows.stand_ins(tx, today)
        leave = next((one for one in running if one.person_id == person_id), None)
        deputy = registry.person(deputies(running, today).get(person_id))
        return PersonCard(
            person,
            registry,
            await registry_rows.held(tx, person_id),
            self._project.zone,
            blocked=person_id in await registry_rows.blocked_people(tx),
            leave=leave,
            deputy=called(deputy.name, deputy.id) if deputy else "",
            code_until=(await invite_rows.open_until(tx, now)).get(person_id),
        )

    async def alike(self, name: str, *, by: Member) -> Registry:
        """The registry with nobody but those who may be the person of that name. Raises ``Refusal`` for no name."""
        require(by, Right.KEEP_REGISTRY)
        name = typed_name(name)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
        return replace(registry, people=tuple(alike_people(name, registry.people)))

    async def organisations(self, *, by: Member) -> tuple[Organisation, ...]:
        """Those of the registry, then those that the roadmaps name as organisers (with the id 0)."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.read() as tx:
            return await organisations_now(tx)

    async def add(self, name: str, position: str, duty: Duty, *, by: Member, now: datetime) -> int:
        """A new person with a first duty; returns the id. Raises ``Refusal`` for what cannot be."""
        by_id = require(by, Right.KEEP_REGISTRY)
        name, position = typed_name(name), typed_position(position)
        async with self._database.transaction() as tx:
            duty = await _placed(tx, duty)
            refuse_deputy(by, [duty.role])
            person_id = await add_person(tx, name, position, by_id, now)
            await self._give(tx, person_id, duty, by_id, now)
            return person_id

    async def rename(self, person_id: int, name: str, *, by: Member, now: datetime) -> None:
        """Call a person otherwise; the same name changes nothing."""
        by_id = require(by, Right.KEEP_REGISTRY)
        name = typed_name(name)
        async with self._database.transaction() as tx:
            if (await self._person(tx, person_id)).name != name:
                await registry_rows.rename_person(tx, person_id, name)
                await audit_rows.record(tx, now, by_id, Deed.PERSON_RENAMED, person=person_id)

    async def set_position(self, person_id: int, position: str, *, by: Member, now: datetime) -> None:
        """As what a person works; empty where that is not said."""
        by_id = require(by, Right.KEEP_REGISTRY)
        position = typed_position(position)
        async with self._database.transaction() as tx:
            if (await self._person(tx, person_id)).position != position:
                await registry_rows.set_position(tx, person_id, position)
                await audit_rows.record(tx, now, by_id, Deed.POSITION_CHANGED, person=person_id)

    async def give(self, person_id: int, duty: Duty, *, by: Member, now: datetime) -> bool:
        """A further duty; false where the person has it. Raises ``Refusal`` where there is no such place."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            await self._person(tx, person_id)
            placed = await _placed(tx, duty)
            refuse_deputy(by, [placed.role])
            return await self._give(tx, person_id, placed, by_id, now)

    async def _give(self, tx: Transaction, person_id: int, duty: Duty, by_id: int, now: datetime) -> bool:
        if not await registry_rows.give_duty(tx, person_id, duty, now):
            return False
        await audit_rows.record(tx, now, by_id, Deed.DUTY_GIVEN, person=person_id, **about(duty))
        await outbox_rows.withdraw_days(tx)
        return True

    async def end(self, person_id: int, duty_id: int, *, by: Member, now: datetime) -> bool:
        """Take a duty away; false where the person has it no more. The last coordinator keeps the role."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            await self._person(tx, person_id)
            duty = (await registry_rows.held(tx, person_id)).get(duty_id)
            if duty is None:
                return False
            refuse_deputy(by, [duty.role])
            await refuse_without_coordinator(tx, person_id, [duty], by_id)
            await registry_rows.end_duty(tx, person_id, duty, now)
            await audit_rows.record(tx, now, by_id, Deed.DUTY_ENDED, person=person_id, **about(duty))
            await outbox_rows.withdraw_days(tx)
            return True

    async def set_responsible(
        self, person_id: int, duty_id: int, *, responsible: bool, by: Member, now: datetime
    ) -> None:
        """Whether the person is the one of their school who is asked first; there is one at most."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            await self._person(tx, person_id)
            duty = (await registry_rows.held(tx, person_id)).get(duty_id)
            if duty is None or duty.role is not Role.SCHOOL or duty.responsible is responsible:
                return
            await registry_rows.set_responsible(tx, person_id, duty, now, responsible=responsible)
            said = about(duty) | {"responsible": int(responsible)}
            await audit_rows.record(tx, now, by_id, Deed.RESPONSIBLE_CHANGED, person=person_id, **said)
            await outbox_rows.withdraw_days(tx)

    async def remove(self, person_id: int, *, by: Member, now: datetime) -> Registered:
        """The person takes part no more, and gets nothing from this instant. Raises ``Refusal`` for oneself, for the
        last coordinator, and for whoever is not there."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            person = await self._person(tx, person_id)
            if person_id == by_id:
                raise Refusal("person.yourself")
            refuse_deputy(by, [duty.role for duty in person.duties])
            await refuse_without_coordinator(tx, person_id, person.duties, by_id)
            await part_with(tx, self._project, person_id, now)
            await registry_rows.remove_person(tx, person_id, now)
            await audit_rows.record(tx, now, by_id, Deed.PERSON_REMOVED, person=person_id)
            await outbox_rows.withdraw_days(tx)
            return person

    async def _person(self, tx: Transaction, person_id: int) -> Registered:
        return existing((await registry_rows.registry(tx)).person(person_id), "person.gone")


async def add_person(tx: Transaction, name: str, position: str, by_id: int, now: datetime) -> int:
    """A person nobody has registered before; returns the id."""
    person_id = await people_rows.add_person(tx, name, now, position)
    await audit_rows.record(tx, now, by_id, Deed.PERSON_ADDED, person=person_id)
    return person_id


def typed_position(text: str) -> str:
    """A position as it was typed, in order; may be empty. Raises ``Refusal`` for one that is too long."""
    position = tidy(text)
    if len(position) > NAME_LIMIT:
        raise Refusal("registry.long-name", limit=NAME_LIMIT)
    return position


async def _placed(tx: Transaction, duty: Duty) -> Duty:
    """The duty as it can be given now; an organisation of the roadmaps is made. Raises ``Refusal`` without a place."""
    registry = await registry_rows.registry(tx)
    match duty.role:
        case Role.COORDINATOR:
            return Duty(Role.COORDINATOR)
        case Role.CURATOR | Role.SCHOOL:
            existing(registry.school(duty.school_id), "school.gone")
            return Duty(duty.role, school_id=duty.school_id)
        case Role.MUNICIPAL:
            existing(registry.municipality(duty.municipality_id), "school.no-municipality")
            return Duty(duty.role, municipality_id=duty.municipality_id)
    wanted = [one for one in await organisations_now(tx) if one.code == duty.organisation]
    organisation = existing(next(iter(wanted), None), "person.no-organisation")
    if not organisation.id:
        await registry_rows.add_organisation(tx, organisation.code, organisation.name)
    return Duty(duty.role, organisation=organisation.code)


async def organisations_now(tx: Transaction) -> tuple[Organisation, ...]:
    """Those of the registry, then those that the roadmaps name as organisers (with the id 0)."""
    known = (await registry_rows.registry(tx)).organisations
    found = {one.code: one for one in known}
    for kept in await roadmap_rows.all_roadmaps(tx):
        for executor in kept.roadmap.executors:
            if executor.role == Role.ORGANISER:
                found.setdefault(executor.id, Organisation(0, executor.id, executor.name))
    return tuple(found.values())
