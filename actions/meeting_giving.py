"""Which school comes at which time of an interview, as whoever leads it decides; and asking those that have none."""

from dataclasses import replace
from datetime import datetime

from actions.meeting_slot_change import called_sheet, follow, lapse, record
from actions.meeting_slot_look import led_sheet
from actions.meeting_slot_telling import tell_choose, tell_school
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting import refuse_time
from domain.meeting_slot import SeenSlot, SlotSheet
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School
from domain.typed_moment import read_moment
from storage import audit as audit_rows
from storage import meeting_slot as slot_rows
from storage.database import Database, Transaction


class MeetingGiving:
    """Use cases of whoever leads an interview that schools were called to."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def give(self, meeting_id: int, at: datetime, school_id: int, *, by: Member, now: datetime) -> SlotSheet:
        """A school has that free time, in place of the one that it had; it hears of it.

        Raises ``Refusal`` for a time that is not free or has begun, and for a school that is not asked to come.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            sheet = await called_sheet(tx, self._project, meeting_id, by, now)
            school, seen = sheet.school(school_id), _there(sheet, at)
            if school is None:
                raise Refusal("meeting_slot.no-school")
            if seen.school == school:
                return sheet
            await self._give(tx, sheet, seen, school, person_id)
            return await self._followed(tx, sheet, person_id, by)

    async def move(self, meeting_id: int, school_id: int, text: str, *, by: Member, now: datetime) -> SlotSheet:
        """The time that a school has is another, as it is typed; it hears of it. One that is free is given to it.

        Raises ``Refusal`` for a school without a time, for a time that has passed, and where it would meet another.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        moment = read_moment(text, now=now, zone=self._project.zone)
        async with self._database.transaction() as tx:
            sheet = await called_sheet(tx, self._project, meeting_id, by, now)
            seen, known = sheet.of(school_id), sheet.at(moment)
            if seen is None or seen.school is None:
                raise Refusal("meeting_slot.no-time")
            refuse_time(moment, now)
            if known == seen:
                return sheet
            if known is None:
                await self._move(tx, sheet, seen, seen.school, moment, person_id)
            else:
                await self._give(tx, sheet, known, seen.school, person_id)
            return await self._followed(tx, sheet, person_id, by)

    async def vacate(self, meeting_id: int, at: datetime, *, by: Member, now: datetime) -> SlotSheet:
        """The time of a school is free; it hears of it and chooses another. One that is free is fine."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            sheet = await called_sheet(tx, self._project, meeting_id, by, now)
            seen = _there(sheet, at)
            if seen.school is None:
                return sheet
            await lapse(tx, sheet, [seen])
            await slot_rows.release(tx, seen.slot.id)
            await record(tx, sheet, Deed.SLOT_FREED, seen.school, seen, person_id)
            await tell_school(tx, self._project, sheet, seen.school, "vacated", seen=seen)
            return await self._followed(tx, sheet, person_id, by)

    async def remind(self, meeting_id: int, *, by: Member, now: datetime) -> tuple[SlotSheet, int]:
        """Schools without a time are asked to choose one, once a day; returns how many people will hear it.

        Raises ``Refusal`` where there is none to choose, or every school has one.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            sheet = await called_sheet(tx, self._project, meeting_id, by, now)
            if not sheet.without:
                raise Refusal("meeting_slot.all-chose")
            if not sheet.free:
                raise Refusal("meeting_slot.none-free")
            today = self._project.today(now).isoformat()
            told = await tell_choose(tx, self._project, sheet, sheet.without, today)
            if told:
                await audit_rows.record(tx, now, person_id, Deed.MEETING_REMINDED, meeting=meeting_id, count=told)
            return sheet, told

    async def _give(self, tx: Transaction, sheet: SlotSheet, seen: SeenSlot, school: School, person_id: int) -> None:
        if seen.school is not None:
            raise Refusal("meeting_slot.taken", school=seen.school.name)
        if seen.has_begun(sheet.now):
            raise Refusal("meeting_slot.begun")
        before = sheet.of(school.id)
        await lapse(tx, sheet, [seen, *([before] if before else [])])
        if before is not None:
            await slot_rows.release(tx, before.slot.id)
        await slot_rows.save(tx, seen.slot.held(school.id, person_id, sheet.now))
        await record(tx, sheet, Deed.SLOT_TAKEN, school, seen, person_id)
        await tell_school(tx, self._project, sheet, school, "given", seen=seen, before=before)

    async def _move(
        self, tx: Transaction, sheet: SlotSheet, seen: SeenSlot, school: School, moment: datetime, person_id: int
    ) -> None:
        moved = replace(seen, slot=replace(seen.slot, starts_at=moment))
        if any(one.starts_at < moved.ends_at and moment < one.ends_at for one in sheet.slots if one != seen):
            raise Refusal("meeting_slot.meets-another")
        await lapse(tx, sheet, [seen])
        await slot_rows.save(tx, moved.slot.held(school.id, person_id, sheet.now))
        await record(tx, sheet, Deed.SLOT_TAKEN, school, moved, person_id)
        await tell_school(tx, self._project, sheet, school, "given", seen=moved, before=seen)

    async def _followed(self, tx: Transaction, sheet: SlotSheet, person_id: int, by: Member) -> SlotSheet:
        await follow(tx, self._project, sheet.one, person_id, by, sheet.now)
        return await led_sheet(tx, self._project, sheet.one.id, by, sheet.now)


def _there(sheet: SlotSheet, at: datetime) -> SeenSlot:
    seen = sheet.at(at)
    if seen is None:
        raise Refusal("meeting_slot.gone")
    return seen
