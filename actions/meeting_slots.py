"""The times of an interview for the team of a school that is asked to come: taking one, another, giving it up."""

from dataclasses import dataclass
from datetime import datetime

from actions.meeting_slot_change import follow, lapse, record
from actions.meeting_slot_look import OwnSlots, own_schools, own_slots, refuse_late
from actions.meeting_slot_telling import tell_school
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting import Meeting
from domain.meeting_slot import SeenSlot
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School
from storage import meeting_slot as slot_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a press, and the times as they are now; ``is_own`` is whether the school has the one it asked for,
    ``before`` the one that it gave up for it."""

    found: OwnSlots
    is_own: bool
    before: SeenSlot | None = None


class MeetingSlots:
    """Use cases of a school's team."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def schools(self, meeting_id: int, *, by: Member, now: datetime) -> tuple[Meeting, tuple[School, ...]]:
        """The schools of whoever looks that are asked to come. Raises ``Refusal`` where there is none."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            sheet, mine = await own_schools(tx, self._project, meeting_id, by, now)
        return sheet.one, mine

    async def look(self, meeting_id: int, school_id: int, *, by: Member, now: datetime) -> OwnSlots:
        """The times for one of these schools. Raises ``Refusal`` for another."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            return await own_slots(tx, self._project, meeting_id, school_id, by, now)

    async def take(self, meeting_id: int, at: datetime, school_id: int, *, by: Member, now: datetime) -> Taken:
        """A free time is the school's, in place of the one that it had; the others of its team hear of it. Where
        somebody was quicker, or it is not there any more, nothing changes.

        Raises ``Refusal`` for a school of others, and for a time that has begun, the school's own as well.
        """
        person_id = require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            found = await own_slots(tx, self._project, meeting_id, school_id, by, now)
            refuse_late(found)
            before, seen = found.own, found.sheet.at(at)
            if seen is not None and seen == before:
                return Taken(found, is_own=True)
            if seen is None or not await self._take(tx, seen, found, person_id):
                return Taken(found, is_own=False)
            await record(tx, found.sheet, Deed.SLOT_TAKEN, found.school, seen, person_id)
            said = {"seen": seen, "before": before}
            await tell_school(tx, self._project, found.sheet, found.school, "taken", but=person_id, **said)
            await follow(tx, self._project, found.sheet.one, person_id, by, now)
            after = await own_slots(tx, self._project, meeting_id, school_id, by, now)
            return Taken(after, is_own=True, before=before)

    async def free(self, meeting_id: int, school_id: int, *, by: Member, now: datetime) -> OwnSlots:
        """The school has no time; the others of its team hear of it. One that has none is fine."""
        person_id = require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            found = await own_slots(tx, self._project, meeting_id, school_id, by, now)
            refuse_late(found)
            own = found.own
            if own is None:
                return found
            await lapse(tx, found.sheet, [own])
            await slot_rows.release(tx, own.slot.id)
            await record(tx, found.sheet, Deed.SLOT_FREED, found.school, own, person_id)
            await tell_school(tx, self._project, found.sheet, found.school, "freed", but=person_id, seen=own)
            await follow(tx, self._project, found.sheet.one, person_id, by, now)
            return await own_slots(tx, self._project, meeting_id, school_id, by, now)

    async def _take(self, tx: Transaction, seen: SeenSlot, found: OwnSlots, person_id: int) -> bool:
        """The school's own time is free before: no school ever has two. It is the school's again where it lost."""
        if seen.has_begun(found.sheet.now):
            raise Refusal("meeting_slot.begun")
        if seen.left:
            await slot_rows.release(tx, seen.slot.id)
        own = found.own
        if own is not None:
            await slot_rows.release(tx, own.slot.id)
        if not await slot_rows.take(tx, seen.slot.id, found.school.id, person_id, found.sheet.now):
            if own is not None:
                await slot_rows.save(tx, own.slot)
            return False
        await lapse(tx, found.sheet, [seen, *([own] if own else [])])
        return True
