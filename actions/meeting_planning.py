"""Cutting the hours of an interview (item 18) into times for schools, adding hours, taking times away."""

from dataclasses import replace
from datetime import datetime

from actions.meeting_look import refuse_came
from actions.meeting_slot_change import follow, lapse, open_sheet, record, unseen
from actions.meeting_slot_look import led_sheet
from actions.meeting_slot_telling import tell_choose, tell_school
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting import Meeting, MeetingState
from domain.meeting_hours import new_times, read_spans
from domain.meeting_slot import SLOT_BREAKS, SLOT_LENGTHS, SlotSheet
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import outbox as outbox_rows
from storage.database import Database, Transaction

_ORDINARY = 60
"""Minutes of a meeting that nobody chose a length for."""


class MeetingPlanning:
    """Use cases of whoever leads a meeting."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, meeting_id: int, *, by: Member, now: datetime) -> SlotSheet:
        """The times, and which school has which; none of an ordinary meeting."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            return await led_sheet(tx, self._project, meeting_id, by, now)

    async def plan(
        self, meeting_id: int, text: str, minutes: int, pause: int, *, by: Member, now: datetime
    ) -> SlotSheet:
        """The typed hours are cut into times of so many ``minutes`` with a ``pause`` after each, and the meeting is an
        interview; of one that is already, they are further hours, cut as those before. Those who were called to an
        ordinary meeting hear of it.

        Raises ``Refusal`` for hours that cannot be (``read_spans``, ``new_times``), and where somebody came already.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            sheet = await open_sheet(tx, self._project, meeting_id, by, now)
            one = sheet.one
            planned = one if one.is_by_slots else _interview(one, minutes, pause)
            is_other = one.is_ahead and not one.is_by_slots
            if is_other:
                await refuse_came(tx, one)
            spans = read_spans(text, now=now, zone=self._project.zone)
            known = [each.starts_at for each in sheet.slots]
            times = new_times(spans, planned.slot_minutes or 0, planned.slot_break, known)
            await slot_rows.add(tx, one.id, times)
            after = await self._made(tx, planned, person_id, by, now)
            if is_other:
                await self._ask_anew(tx, one.id)
                await tell_choose(tx, self._project, after, after.schools, now.isoformat())
            return after

    async def unplan(self, meeting_id: int, *, by: Member, now: datetime) -> SlotSheet:
        """A draft is an ordinary meeting again, without a time. Raises ``Refusal`` for what people were called to."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            sheet = await open_sheet(tx, self._project, meeting_id, by, now)
            if sheet.one.state is not MeetingState.DRAFT:
                raise Refusal("meeting.called-already")
            if sheet.one.is_by_slots:
                await slot_rows.drop(tx, [each.slot.id for each in sheet.slots])
                plain = replace(sheet.one, slot_minutes=None, slot_break=0, starts_at=None, minutes=_ORDINARY)
                await meeting_rows.save(tx, plain)
                await unseen(tx, meeting_id, by)
                await audit_rows.record(tx, now, person_id, Deed.SLOTS_MADE, meeting=meeting_id, count=0)
            return await led_sheet(tx, self._project, meeting_id, by, now)

    async def drop(self, meeting_id: int, at: datetime, *, sure: bool, by: Member, now: datetime) -> SlotSheet:
        """A time is not there any more; a school that had it hears of it and chooses another. One that is not there is
        fine.

        Raises ``Refusal`` for the last one, and, unless whoever asks is ``sure``, where a school has it.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            sheet = await open_sheet(tx, self._project, meeting_id, by, now)
            seen = sheet.at(at)
            if seen is None:
                return sheet
            if len(sheet.slots) == 1:
                raise Refusal("meeting_slot.last")
            if seen.school is not None and not sure:
                raise Refusal("meeting_slot.taken", school=seen.school.name)
            await lapse(tx, sheet, [seen])
            await slot_rows.drop(tx, [seen.slot.id])
            if seen.school is not None:
                await record(tx, sheet, Deed.SLOT_FREED, seen.school, seen, person_id)
                await tell_school(tx, self._project, sheet, seen.school, "dropped", seen=seen)
            return await self._made(tx, sheet.one, person_id, by, now)

    async def _made(self, tx: Transaction, one: Meeting, person_id: int, by: Member, now: datetime) -> SlotSheet:
        await follow(tx, self._project, one, person_id, by, now)
        sheet = await led_sheet(tx, self._project, one.id, by, now)
        await audit_rows.record(tx, now, person_id, Deed.SLOTS_MADE, meeting=one.id, count=len(sheet.slots))
        return sheet

    async def _ask_anew(self, tx: Transaction, meeting_id: int) -> None:
        """Whoever said that they come said it of another time; what was not heard of it yet is not so any more."""
        for what in ("moved", "changed"):
            await outbox_rows.take_back(tx, f"meeting-{what}:{meeting_id}:")
        for each in await meeting_rows.guests(tx, meeting_id):
            if each.coming is not None:
                anew = replace(each, coming=None, why="", other="", answered_at=None)
                await meeting_rows.save_guest(tx, meeting_id, anew)


def _interview(one: Meeting, minutes: int, pause: int) -> Meeting:
    if minutes not in SLOT_LENGTHS or pause not in SLOT_BREAKS:
        raise Refusal("meeting_slot.no-length")
    return replace(one, slot_minutes=minutes, slot_break=pause)
