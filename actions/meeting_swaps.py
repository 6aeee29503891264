"""Two schools that change their times at an interview: one asks, the other agrees or keeps its own."""

from dataclasses import dataclass, replace
from datetime import datetime

from actions.meeting_slot_change import follow, lapse, record
from actions.meeting_slot_look import OwnSlots, own_schools, own_slots, refuse_late
from actions.meeting_slot_telling import key_of, tell_asked, tell_school
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting_slot import SeenSlot, SlotSheet
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School
from storage import meeting_slot as slot_rows
from storage import outbox as outbox_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Asked:
    """The times for a school that has asked for another's; ``is_swapped`` where that one had asked for the same."""

    found: OwnSlots
    is_swapped: bool = False


@dataclass(frozen=True, slots=True)
class _Wish:
    """Of the school ``asker`` with the time ``theirs``: to have ``own``, which is that of ``school``."""

    sheet: SlotSheet
    asker: School
    theirs: SeenSlot
    school: School
    own: SeenSlot


class MeetingSwaps:
    """Use cases of a school's team. A wish is there while both times are those it was made of, and ahead."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def ask(self, meeting_id: int, at: datetime, school_id: int, *, by: Member, now: datetime) -> Asked:
        """«Поменяться»: the school that has that time is asked; asked twice is once. Where it has asked for the time of
        this one itself, they have changed.

        Raises ``Refusal`` where the school has no time, has asked another, or either time has begun or is not there.
        """
        person_id = require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            found = await own_slots(tx, self._project, meeting_id, school_id, by, now)
            sheet, own, wanted = found.sheet, found.own, found.sheet.at(at)
            refuse_late(found)
            if own is None:
                raise Refusal("meeting_slot.choose-first")
            if wanted is None or wanted.school is None:
                raise Refusal("meeting_slot.free")
            known = sheet.wish(school_id)
            if wanted in (own, known):
                return Asked(found)
            if known is not None and known.school is not None:
                raise Refusal("meeting_slot.asked-another", school=known.school.name)
            if wanted not in sheet.others(school_id):
                raise Refusal("meeting_slot.begun")
            is_swapped = sheet.wish(wanted.school.id) == own
            wish = _Wish(sheet, wanted.school, wanted, found.school, own)
            await (self._swap(tx, wish, person_id, by) if is_swapped else self._ask(tx, wish, person_id))
            after = await own_slots(tx, self._project, meeting_id, school_id, by, now)
            return Asked(after, is_swapped)

    async def withdraw(self, meeting_id: int, school_id: int, *, by: Member, now: datetime) -> OwnSlots:
        """The school asks for no other time any more."""
        person_id = require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            found = await own_slots(tx, self._project, meeting_id, school_id, by, now)
            own = found.own
            if own is None or found.sheet.wish(school_id) is None:
                return found
            await self._forget(tx, found.sheet, own)
            await record(tx, found.sheet, Deed.SLOT_KEPT, found.school, own, person_id)
            return await own_slots(tx, self._project, meeting_id, school_id, by, now)

    async def agree(self, meeting_id: int, theirs: datetime, own: datetime, *, by: Member, now: datetime) -> OwnSlots:
        """«Поменяться» of who was asked: both schools have each other's time, and their people hear of it.

        Raises ``Refusal`` where that was not wished, or is not any more.
        """
        person_id = require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            wish = await self._wish(tx, meeting_id, theirs, own, by, now)
            await self._swap(tx, wish, person_id, by)
            return await own_slots(tx, self._project, meeting_id, wish.school.id, by, now)

    async def keep(self, meeting_id: int, theirs: datetime, own: datetime, *, by: Member, now: datetime) -> OwnSlots:
        """«Не меняться»: both keep their times, and hear of it. Raises ``Refusal`` as ``agree`` does."""
        person_id = require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            wish = await self._wish(tx, meeting_id, theirs, own, by, now)
            await self._forget(tx, wish.sheet, wish.theirs)
            await record(tx, wish.sheet, Deed.SLOT_KEPT, wish.school, wish.own, person_id)
            for school, what in ((wish.asker, "kept"), (wish.school, "declined")):
                said = {"theirs": wish.theirs, "own": wish.own}
                await tell_school(tx, self._project, wish.sheet, school, what, but=person_id, **said)
            return await own_slots(tx, self._project, meeting_id, wish.school.id, by, now)

    async def _wish(
        self, tx: Transaction, meeting_id: int, theirs: datetime, own: datetime, by: Member, now: datetime
    ) -> _Wish:
        sheet, mine = await own_schools(tx, self._project, meeting_id, by, now)
        asking, asked = sheet.at(theirs), sheet.at(own)
        if asking is None or asked is None or asking.school is None or asked.school not in mine:
            raise Refusal("meeting_slot.no-wish")
        if sheet.wish(asking.school.id) != asked:
            raise Refusal("meeting_slot.no-wish")
        return _Wish(sheet, asking.school, asking, asked.school, asked)

    async def _ask(self, tx: Transaction, wish: _Wish, person_id: int) -> None:
        """Here it is the other way round: ``own`` asks for ``theirs``."""
        sheet, own, wanted = wish.sheet, wish.own, wish.theirs
        asking = replace(own.slot, wants_id=wanted.slot.id, wanted_by=person_id, wanted_at=sheet.now)
        await slot_rows.save(tx, asking)
        await record(tx, sheet, Deed.SLOT_ASKED, wish.school, wanted, person_id)
        await tell_asked(tx, self._project, sheet, own, wanted)

    async def _swap(self, tx: Transaction, wish: _Wish, person_id: int, by: Member) -> None:
        sheet, theirs, own = wish.sheet, wish.theirs, wish.own
        await lapse(tx, sheet, [theirs, own])
        await slot_rows.swap(tx, theirs.slot, own.slot, person_id, sheet.now)
        await record(tx, sheet, Deed.SLOTS_SWAPPED, wish.school, theirs, person_id)
        for school, seen, before in ((wish.asker, own, theirs), (wish.school, theirs, own)):
            said = {"seen": seen, "before": before}
            await tell_school(tx, self._project, sheet, school, "swapped", but=person_id, **said)
        await follow(tx, self._project, sheet.one, person_id, by, sheet.now)

    async def _forget(self, tx: Transaction, sheet: SlotSheet, asking: SeenSlot) -> None:
        await outbox_rows.take_back(tx, f"{key_of(sheet, 'ask')}:{asking.slot.id}:")
        await slot_rows.save(tx, asking.slot.held(asking.slot.school_id, asking.slot.taken_by, asking.slot.taken_at))
