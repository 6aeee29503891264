"""A meeting for the calendar of whoever comes to it or leads it; and, inside a transaction, all that somebody has."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.meeting_look import guests_for, leads
from actions.project import Project
from domain.access import Right, may, require
from domain.calendar_feed import MeetingEvent, meeting_event, public_event, slot_events
from domain.meeting import Coming, Meeting, MeetingState
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Registry
from reports.meeting_ics import meeting_ics
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """What is in it, and whether it takes the meeting out of a calendar."""

    content: bytes
    cancelled: bool


class MeetingFiles:
    """Use cases of the files. They are made in a thread, outside of transactions."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def calendar(self, meeting_id: int, *, by: Member, now: datetime) -> MeetingFile:
        """A meeting that somebody is invited to, stands in for a guest of, or leads; of an interview the time of their
        school, of whoever leads it every one that is taken.

        Raises ``Refusal`` for others, before anybody was called, and where their school has no time.
        """
        person_id = require(by, Right.ATTEND)
        async with self._database.read() as tx:
            one = await meeting_rows.get(tx, meeting_id)
            is_led = one is not None and may(by, Right.HOLD_MEETINGS) and leads(one, by, person_id)
            guests = [await meeting_rows.guest(tx, meeting_id, f"person:{who}") for who in guests_for(by)]
            if one is None or not (is_led or any(guests)):
                raise Refusal("calendar.not-yours")
            events = await _events(tx, one, by, await registry_rows.registry(tx), is_led=is_led)
        if not events:
            raise Refusal("meeting.not-called" if one.state is MeetingState.DRAFT else "calendar.no-time")
        content = await asyncio.to_thread(meeting_ics, events, now, self._project.texts)
        return MeetingFile(content, events[0].cancelled)


async def events_of(tx: Transaction, by: Member, registry: Registry) -> list[MeetingEvent]:
    """Inside a transaction: the meetings that somebody leads, or is invited to and has not said no."""
    person_id = require(by, Right.ATTEND)
    led = {one.id: one for one in await meeting_rows.of_author(tx, person_id)}
    said = await meeting_rows.as_guest(tx, person_id)
    asked = await meeting_rows.of_guest(tx, person_id, cancelled=True)
    coming = {one.id: one for one in asked if said[one.id].coming is not Coming.NO}
    return [
        event for one in (coming | led).values() for event in await _events(tx, one, by, registry, is_led=one.id in led)
    ]


async def public_events(tx: Transaction) -> list[MeetingEvent]:
    """Inside a transaction: what everybody may know of the meetings that people were called to."""
    found = (public_event(one) for one in await meeting_rows.all_meetings(tx))
    return [one for one in found if one]


async def _events(tx: Transaction, one: Meeting, by: Member, registry: Registry, *, is_led: bool) -> list[MeetingEvent]:
    schools = {each.id: each.name for each in registry.schools}
    theirs = schools if is_led else _own(by, schools)
    if one.is_by_slots and theirs:
        return slot_events(one, await slot_rows.of_meeting(tx, one.id), theirs)
    whole = meeting_event(one)
    return [whole] if whole else []


def _own(by: Member, schools: Mapping[int, str]) -> dict[int, str]:
    """Whoever is of no team comes to the whole of an interview."""
    own = {duty.school_id for duty in by.duties if duty.role is Role.SCHOOL}
    return {school_id: name for school_id, name in schools.items() if school_id in own}
