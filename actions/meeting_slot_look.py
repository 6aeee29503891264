"""Inside a transaction: the times of an interview as whoever leads it sees them, and as a school that is asked to come
does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from actions.meeting_look import led, meeting_card
from actions.project import Project
from domain.access import Right, require
from domain.meeting import Meeting, MeetingState, schools_of
from domain.meeting_slot import SeenSlot, Slot, SlotSheet
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Registry, School
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import registry as registry_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class OwnSlots:
    """The times of an interview for one school of whoever looks; ``schools`` are all of theirs that are asked."""

    sheet: SlotSheet
    school: School
    schools: tuple[School, ...]

    @property
    def own(self) -> SeenSlot | None:
        """The time that the school has."""
        return self.sheet.of(self.school.id)

    @property
    def may_change(self) -> bool:
        """Whether the school may still choose: its own time has not come."""
        return self.sheet.one.is_ahead and (self.own is None or not self.own.has_begun(self.sheet.now))


async def led_sheet(tx: Transaction, project: Project, meeting_id: int, by: Member, now: datetime) -> SlotSheet:
    """For whoever leads the meeting; of a draft the people are those whom its invitation would reach.

    Raises ``Refusal`` for others.
    """
    one = await led(tx, meeting_id, by)
    if one.state is not MeetingState.DRAFT:
        return await sheet_of(tx, project, one, now)
    draft = (await meeting_card(tx, project, meeting_id, by, now, invites=True)).draft
    return await _sheet(tx, project, one, (each.person_id for each in (draft.addressees if draft else ())), now)


async def sheet_of(tx: Transaction, project: Project, one: Meeting, now: datetime) -> SlotSheet:
    """The times of a meeting that people were called to."""
    guests = await meeting_rows.guests(tx, one.id)
    return await _sheet(tx, project, one, (each.person_id for each in guests if each.invited_at is not None), now)


async def own_slots(
    tx: Transaction, project: Project, meeting_id: int, school_id: int, by: Member, now: datetime
) -> OwnSlots:
    """For a school of whoever looks. Raises ``Refusal`` where it is not theirs, or not asked to come."""
    sheet, mine = await own_schools(tx, project, meeting_id, by, now)
    school = next((one for one in mine if one.id == school_id), None)
    if school is None:
        raise Refusal("meeting_slot.not-yours")
    return OwnSlots(sheet, school, mine)


async def own_schools(
    tx: Transaction, project: Project, meeting_id: int, by: Member, now: datetime
) -> tuple[SlotSheet, tuple[School, ...]]:
    """The times, and the schools of whoever looks for which they may choose. Raises ``Refusal`` where there is none,
    and for a meeting that is no interview."""
    require(by, Right.ATTEND)
    one = await meeting_rows.get(tx, meeting_id)
    if one is None or one.state is MeetingState.DRAFT:
        raise Refusal("meeting_slot.not-yours")
    sheet = await sheet_of(tx, project, one, now)
    own = {duty.school_id for duty in by.duties if duty.role is Role.SCHOOL}
    mine = tuple(school for school in sheet.schools if school.id in own)
    if not mine:
        raise Refusal("meeting_slot.not-yours")
    if not one.is_by_slots:
        raise Refusal("meeting_slot.no-slots")
    return sheet, mine


def refuse_late(found: OwnSlots) -> None:
    """Raises ``Refusal`` where nothing is chosen any more: the meeting is over, or the school's own time has come."""
    if not found.sheet.one.is_ahead:
        raise Refusal("meeting_slot.over")
    if not found.may_change:
        raise Refusal("meeting_slot.begun-own")


async def _sheet(
    tx: Transaction, project: Project, one: Meeting, invited: Iterable[int | None], now: datetime
) -> SlotSheet:
    registry = await registry_rows.registry(tx)
    slots = await slot_rows.of_meeting(tx, one.id) if one.is_by_slots else []
    people = frozenset(each for each in invited if each is not None)
    asked = frozenset(each.school_id for each in slots).union(*(schools_of(each, registry) for each in people))
    asked -= await _exempt(tx, one)
    schools = tuple(each for each in registry.schools if each.id in asked)
    left = await _left(tx, slots, registry, schools)
    seen = tuple(_seen(each, one, schools, left) for each in slots)
    return SlotSheet(one, seen, schools, people, project.zone, now)


async def _exempt(tx: Transaction, one: Meeting) -> set[int]:
    """The schools to which its item does not apply."""
    if one.item_id is None:
        return set()
    found = (await completion_rows.exemptions(tx, [one.item_id])).get(one.item_id, {})
    return {each.id for each in found if each.party is OwedBy.SCHOOL}


async def _left(
    tx: Transaction, slots: Iterable[Slot], registry: Registry, schools: Iterable[School]
) -> dict[int, str]:
    """School id → the name of one that has a time and is not asked to come any more."""
    known = {each.id for each in schools}
    others = {each.school_id for each in slots if each.school_id is not None} - known
    if not others:
        return {}
    names = await registry_rows.schools_gone(tx) | {each.id: each.name for each in registry.schools}
    return {each: names[each] for each in others}


def _seen(slot: Slot, one: Meeting, schools: Iterable[School], left: dict[int, str]) -> SeenSlot:
    school = next((each for each in schools if each.id == slot.school_id), None)
    return SeenSlot(slot, one.slot_minutes or 0, school, left.get(slot.school_id or 0, ""))
