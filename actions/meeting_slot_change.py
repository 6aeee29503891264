"""Inside a transaction: what follows of another time at an interview, for the meeting and for wishes to swap."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from actions.meeting_buttons import answer_buttons
from actions.meeting_item import choose_day
from actions.meeting_look import draft_of, meeting_of
from actions.meeting_slot_look import led_sheet
from actions.meeting_slot_telling import key_of
from actions.meeting_telling import reword, tell_guests
from actions.project import Project
from domain.audit import Deed
from domain.meeting import Meeting, MeetingState
from domain.meeting_slot import SeenSlot, SlotSheet, bounds
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import outbox as outbox_rows
from storage.database import Transaction


async def open_sheet(tx: Transaction, project: Project, meeting_id: int, by: Member, now: datetime) -> SlotSheet:
    """For whoever leads it and changes something. Raises ``Refusal`` for others, and for what is over or cancelled."""
    sheet = await led_sheet(tx, project, meeting_id, by, now)
    if sheet.one.state not in (MeetingState.DRAFT, MeetingState.CALLED):
        raise Refusal("meeting.over")
    return sheet


async def called_sheet(tx: Transaction, project: Project, meeting_id: int, by: Member, now: datetime) -> SlotSheet:
    """The same of an interview that schools were called to."""
    sheet = await open_sheet(tx, project, meeting_id, by, now)
    if sheet.one.state is MeetingState.DRAFT:
        raise Refusal("meeting.not-called")
    if not sheet.one.is_by_slots:
        raise Refusal("meeting_slot.no-slots")
    return sheet


async def lapse(tx: Transaction, sheet: SlotSheet, slots: Iterable[SeenSlot]) -> None:
    """One of these times is another school's, or another: whatever was wished of them is not wished any more."""
    ids = {one.slot.id for one in slots}
    for one in sheet.slots:
        if one.slot.wants_id is not None and ids & {one.slot.id, one.slot.wants_id}:
            await outbox_rows.take_back(tx, f"{key_of(sheet, 'ask')}:{one.slot.id}:")
    await slot_rows.forget_wishes(tx, ids)


async def follow(tx: Transaction, project: Project, before: Meeting, person_id: int, by: Member, now: datetime) -> None:
    """The meeting begins with its first time and is over with the last; in calendars it is another. Those of the
    invited who come for no school hear of other hours; of a draft what was looked at is not what would go.

    Raises ``Refusal`` for a day before its item becomes possible.
    """
    starts_at, minutes = bounds(await slot_rows.of_meeting(tx, before.id), before.slot_minutes or 0)
    after = replace(before, starts_at=starts_at, minutes=minutes, changes=before.changes + int(before.is_ahead))
    await meeting_rows.save(tx, after)
    if not before.is_ahead:
        await unseen(tx, before.id, by)
        return
    await outbox_rows.take_back(tx, f"meeting-soon:{before.id}:")
    await outbox_rows.withdraw_days(tx)
    if (before.starts_at, before.minutes) != (starts_at, minutes):
        await _tell_others(tx, project, after, person_id, now)


async def _tell_others(tx: Transaction, project: Project, after: Meeting, person_id: int, now: datetime) -> None:
    card = await meeting_of(tx, project, after, now)
    await reword(tx, project, card, now)
    others = [one for one in card.guests if not one.school_ids]
    await choose_day(tx, project, after, person_id, now, {one.guest.key for one in others})
    await outbox_rows.take_back(tx, f"meeting-hours:{after.id}:")
    await tell_guests(tx, project, card, "hours", now, buttons=answer_buttons(project.texts, after.id), guests=others)


async def unseen(tx: Transaction, meeting_id: int, by: Member) -> None:
    """What was looked at of the invitation is not what would go any more."""
    draft = await draft_of(tx, meeting_id, by)
    if draft is not None:
        await broadcast_rows.freeze(tx, draft, ())


async def record(tx: Transaction, sheet: SlotSheet, deed: Deed, school: School, seen: SeenSlot, person_id: int) -> None:
    """What was done with the time of a school, on the local day of that time."""
    day = seen.starts_at.astimezone(sheet.zone).date().isoformat()
    await audit_rows.record(tx, sheet.now, person_id, deed, meeting=sheet.one.id, school=school.id, day=day)
