"""Writing what a file of the registry asks for, many rows at once, inside the transaction of whoever calls."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from actions.registry import about
from domain.audit import Deed
from domain.people import Duty
from domain.registry_file_people import WantedDuty
from domain.registry_file_places import Place
from domain.registry_file_plan import PersonWork, Work
from storage import audit as audit_rows
from storage import registry as registry_rows
from storage import registry_file as rows
from storage.database import Transaction

_Deeds = list[tuple[Deed, dict[str, int | str | None]]]


async def carry_out(tx: Transaction, work: Work, by_id: int, now: datetime) -> None:
    """Everything of a plan that was made from the registry as it is in this transaction; each deed is written down."""
    loading = _Loading(tx, by_id, now)
    await loading.places(work)
    await loading.people(work.people)
    await audit_rows.record_all(tx, now, by_id, loading.deeds)


class _Loading:
    """Knows the ids of what is made on the way."""

    def __init__(self, tx: Transaction, by_id: int, now: datetime) -> None:
        self._tx, self._by_id, self._now = tx, by_id, now
        self._homes: dict[str, int] = {}
        self._schools: dict[tuple[str, str], int] = {}
        self.deeds: _Deeds = []

    async def places(self, work: Work) -> None:
        """Municipalities, then schools, then the spelling of schools and where they are."""
        ids = await rows.add_municipalities(self._tx, [home.name for home in work.homes])
        self._homes = {home.key: new for home, new in zip(work.homes, ids, strict=True)}
        named = [(one.home.id or self._homes[one.home.key], one.name) for one in work.schools]
        for one, new in zip(work.schools, await rows.add_schools(self._tx, named), strict=True):
            self._schools[one.home.key, one.key] = new
            self.deeds.append((Deed.SCHOOL_ADDED, {"school": new}))
        for school_id, name in work.respelled.items():
            await registry_rows.rename_school(self._tx, school_id, name)
            self.deeds.append((Deed.SCHOOL_RENAMED, {"school": school_id}))
        for place, address in work.addresses.items():
            await registry_rows.set_address(self._tx, self._school_id(place), address)
            if place.id is not None:
                self.deeds.append((Deed.SCHOOL_ADDRESS_CHANGED, {"school": place.id}))

    async def people(self, works: tuple[PersonWork, ...]) -> None:
        """New people, corrected ones, and the duties of all."""
        new = [one for one in works if one.known is None]
        ids = await rows.add_people(self._tx, [(one.name, one.position) for one in new], self._now)
        self.deeds += [(Deed.PERSON_ADDED, {"person": one}) for one in ids]
        for one in works:
            if one.known is not None:
                await self._correct(one.known.id, one)
        kept = [(one.known.id, one) for one in works if one.known is not None]
        await self._duties([*zip(ids, new, strict=True), *kept])

    async def _correct(self, person_id: int, work: PersonWork) -> None:
        if work.name:
            await registry_rows.rename_person(self._tx, person_id, work.name)
            self.deeds.append((Deed.PERSON_RENAMED, {"person": person_id}))
        if work.position:
            await registry_rows.set_position(self._tx, person_id, work.position)
            self.deeds.append((Deed.POSITION_CHANGED, {"person": person_id}))

    async def _duties(self, works: list[tuple[int, PersonWork]]) -> None:
        """Whoever was responsible in a school is so no more where somebody else becomes it."""
        await self._make_organisations(works)
        led = [self._duty(duty, {}) for _, one in works for duty, led in one.responsible.items() if led]
        await rows.nobody_responsible(self._tx, [duty.school_id for duty in led if duty.school_id is not None])
        given = [(who, self._duty(duty, one.responsible)) for who, one in works for duty in one.duties]
        await rows.add_duties(self._tx, given, self._now)
        self.deeds += [(Deed.DUTY_GIVEN, {"person": who, **about(duty)}) for who, duty in given]
        for who, one in works:
            for wanted, responsible in one.responsible.items():
                if wanted not in one.duties:
                    await self._set_responsible(who, self._duty(wanted, {}), responsible=responsible)

    async def _set_responsible(self, person_id: int, duty: Duty, *, responsible: bool) -> None:
        await registry_rows.set_responsible(self._tx, person_id, duty, self._now, responsible=responsible)
        said = {"person": person_id, **about(duty), "responsible": int(responsible)}
        self.deeds.append((Deed.RESPONSIBLE_CHANGED, said))

    async def _make_organisations(self, works: list[tuple[int, PersonWork]]) -> None:
        """Those that only a roadmap names so far."""
        named = {duty.organisation for _, one in works for duty in one.duties if duty.organisation is not None}
        for one in sorted((one for one in named if not one.id), key=lambda one: one.code):
            await registry_rows.add_organisation(self._tx, one.code, one.name)

    def _duty(self, wanted: WantedDuty, responsible: Mapping[WantedDuty, bool]) -> Duty:
        home, school = wanted.home, wanted.school
        duty = Duty(
            wanted.role,
            school_id=self._school_id(school) if school else None,
            municipality_id=(home.id or self._homes[home.key]) if home else None,
            organisation=wanted.organisation.code if wanted.organisation else "",
        )
        return replace(duty, responsible=responsible.get(wanted, False))

    def _school_id(self, place: Place) -> int:
        return place.id or self._schools[place.home.key, place.key]
