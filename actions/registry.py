"""The registry in the chat: looking at schools and people as far as the right reaches, and keeping the schools."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from actions.project import Project
from actions.standing_in import part_with
from domain.access import Right, may, reach, require, require_for
from domain.audit import Deed
from domain.likeness import alike_schools
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import (
    SCHOOL_LIMIT,
    Municipality,
    Registered,
    Registry,
    School,
    name_key,
    typed_address,
    typed_name,
)
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are, and how many people have come in."""

    schools: int
    people: int
    come: int


@dataclass(frozen=True, slots=True)
class SchoolList:
    """The schools that whoever looks may see: ``registry`` holds nothing but them, and no people.

    ``keeps`` is whether they may change them.
    """

    registry: Registry
    keeps: bool


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """A school with its people; ``only_here`` are those of the team who have no duty elsewhere.

    ``keeps`` is whether whoever looks may change them, ``is_only`` whether they may see no other school.
    """

    school: School
    municipality: str
    team: tuple[Registered, ...]
    curators: tuple[Registered, ...]
    keeps: bool
    is_only: bool = False

    @property
    def only_here(self) -> list[Registered]:
        """Those of the team who would have nothing left to do without the school."""
        place = self.school.id
        return [
            one for one in self.team if all(duty.school_id == place and duty.role is Role.SCHOOL for duty in one.duties)
        ]


@dataclass(frozen=True, slots=True)
class NewSchool:
    """What became of a school that was to be added: its id, or those of the municipality it may be."""

    school_id: int | None
    alike: tuple[School, ...] = ()


class Registries:
    """Use cases of the registry as a whole and of its schools."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def counts(self, *, by: Member) -> Counts:
        """What the coordinator's hub says."""
        found = await self.whole(by=by)
        return Counts(len(found.schools), len(found.people), sum(person.has_come for person in found.people))

    async def whole(self, *, by: Member) -> Registry:
        """Everything, for whoever keeps it."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.read() as tx:
            return await registry_rows.registry(tx)

    async def schools(self, *, by: Member) -> SchoolList:
        """The schools that the right of whoever looks reaches."""
        seen = reach(by, Right.SEE_SCHOOL)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
        keeps = may(by, Right.KEEP_REGISTRY)
        schools = tuple(seen.among(registry.schools))
        home = {school.municipality_id for school in schools}
        near = tuple(one for one in registry.municipalities if keeps or one.id in home)
        return SchoolList(Registry(municipalities=near, schools=schools), keeps)

    async def school(self, school_id: int, *, by: Member) -> SchoolCard:
        """One school. Raises ``Refusal`` where the right does not reach it, or there is none (any more)."""
        seen = reach(by, Right.SEE_SCHOOL)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
        school = school_for(registry, school_id, by, Right.SEE_SCHOOL)
        home = registry.municipality(school.municipality_id)
        return SchoolCard(
            school,
            home.name if home else "",
            tuple(registry.team(school_id)),
            tuple(registry.holders(Role.CURATOR, school_id=school_id)),
            may(by, Right.KEEP_REGISTRY),
            len(seen.among(registry.schools)) == 1,
        )

    async def add_school(
        self, home: int | str, name: str, *, even_so: bool = False, by: Member, now: datetime
    ) -> NewSchool:
        """A further school, unless it may be one of its municipality that is there: then ``even_so`` is asked for.

        ``home`` is the municipality's id, or the name of one that may not be there yet. A school that had left is back
        as it was. Raises ``Refusal`` where one of that very name takes part.
        """
        person_id = require(by, Right.KEEP_REGISTRY)
        name = typed_name(name, SCHOOL_LIMIT)
        home = home if isinstance(home, int) else typed_name(home)
        async with self._database.transaction() as tx:
            registry = await registry_rows.registry(tx)
            municipality = _municipality(registry, home)
            near = registry.schools_of(municipality.id) if municipality else []
            if any(name_key(one.name) == name_key(name) for one in near):
                raise Refusal("school.known", name=name)
            alike = () if even_so else tuple(alike_schools(name, near))
            if alike:
                return NewSchool(None, alike)
            home_id = municipality.id if municipality else await registry_rows.add_municipality(tx, str(home))
            school_id = await registry_rows.add_school(tx, name, home_id)
            await audit_rows.record(tx, now, person_id, Deed.SCHOOL_ADDED, school=school_id)
            return NewSchool(school_id)

    async def rename_school(self, school_id: int, name: str, *, by: Member, now: datetime) -> None:
        """Call a school otherwise. Raises ``Refusal`` where its municipality has, or had, another of that name."""
        person_id = require(by, Right.KEEP_REGISTRY)
        name = typed_name(name, SCHOOL_LIMIT)
        async with self._database.transaction() as tx:
            school = existing((await registry_rows.registry(tx)).school(school_id), "school.gone")
            if school.name == name:
                return
            if await registry_rows.school_named(tx, school.municipality_id, name) not in (None, school_id):
                raise Refusal("school.known", name=name)
            await registry_rows.rename_school(tx, school_id, name)
            await audit_rows.record(tx, now, person_id, Deed.SCHOOL_RENAMED, school=school_id)

    async def set_school_address(self, school_id: int, address: str | None, *, by: Member, now: datetime) -> None:
        """Where a school is, as it was typed; ``None`` takes the address away.

        Raises ``Refusal`` for what is no address, or where there is no such school (any more).
        """
        person_id = require(by, Right.KEEP_REGISTRY)
        address = "" if address is None else typed_address(address)
        async with self._database.transaction() as tx:
            school = existing((await registry_rows.registry(tx)).school(school_id), "school.gone")
            if school.address != address:
                await registry_rows.set_address(tx, school_id, address)
                await audit_rows.record(tx, now, person_id, Deed.SCHOOL_ADDRESS_CHANGED, school=school_id)

    async def school_left(self, school_id: int, *, by: Member, now: datetime) -> School:
        """The school takes part no more: duties there end, and whoever of its team had no other is removed.

        Its curators stay in the project. Raises ``Refusal`` where there is no such school (any more).
        """
        person_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            registry = await registry_rows.registry(tx)
            school = existing(registry.school(school_id), "school.gone")
            team = registry.team(school_id)
            await registry_rows.school_left(tx, school_id, now)
            await audit_rows.record(tx, now, person_id, Deed.SCHOOL_LEFT, school=school_id)
            for person in team:
                if person.id != person_id and not await registry_rows.held(tx, person.id):
                    await part_with(tx, self._project, person.id, now)
                    await registry_rows.remove_person(tx, person.id, now)
                    await audit_rows.record(tx, now, person_id, Deed.PERSON_REMOVED, person=person.id)
            await outbox_rows.withdraw_days(tx)
            return school


def school_for(registry: Registry, school_id: int, by: Member, right: Right) -> School:
    """The school of that id for whoever has a right to it.

    Raises ``Refusal`` where there is none (any more); whom the right takes to some schools only is not told which.
    """
    school = registry.school(school_id)
    if school is None:
        raise Refusal("school.gone" if reach(by, right).everything else "access.refused")
    require_for(by, right, school)
    return school


def _municipality(registry: Registry, home: int | str) -> Municipality | None:
    """``None`` where it is to be made."""
    if isinstance(home, int):
        return existing(registry.municipality(home), "school.no-municipality")
    return next((one for one in registry.municipalities if name_key(one.name) == name_key(home)), None)


def existing(found: Found | None, otherwise: str) -> Found:
    """What was looked up. Raises ``Refusal`` with the text id ``otherwise`` where it is not there."""
    if found is None:
        raise Refusal(otherwise)
    return found


def about(duty: Duty) -> dict[str, int | str | None]:
    """A duty as the audit keeps it: the role and where it is held."""
    places: dict[str, int | str | None] = {
        "role": str(duty.role),
        "school": duty.school_id,
        "municipality": duty.municipality_id,
        "organisation": duty.organisation,
    }
    return {kind: place for kind, place in places.items() if place}


async def refuse_without_coordinator(
    tx: Transaction, person_id: int, duties: Iterable[Duty], by: int, heir: Registered | None = None
) -> None:
    """The project is never left without a coordinator who has come in; nobody takes that role from themselves.

    Called before ``person_id`` loses ``duties`` (to an ``heir``). Raises ``Refusal``.
    """
    if not any(duty.role is Role.COORDINATOR for duty in duties):
        return
    if person_id == by:
        raise Refusal("person.own-role")
    others = (await registry_rows.registry(tx)).coordinators(but=person_id)
    if not others and not (heir and heir.has_come and heir.has_agreed):
        raise Refusal("person.last-coordinator")
