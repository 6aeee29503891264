"""«Отметка участников» of whoever leads a meeting: the door by a code or a button, how many have come, the list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from actions.indicator import measured_item
from actions.meeting_asking import hearers
from actions.meeting_look import MeetingCard, led, meeting_of
from actions.meeting_presence import count_presence, take_presence_back
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.button import Button, press
from domain.indicator import Indicator
from domain.meeting import CameBy, Meeting, NamedGuest
from domain.meeting_door import DoorBy, DoorFor, DoorTimes, counts_presence, door_times, draw_code
from domain.outbox import Draft
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import meeting as meeting_rows
from storage import outbox as outbox_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class DoorView:
    """A meeting with its door at ``card.now``. ``number`` is the indicator of its item where coming is what the item
    asks. ``told`` is to how many people the button was just sent."""

    card: MeetingCard
    times: DoorTimes
    number: Indicator | None = None
    told: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether people check in."""
        return self.card.one.is_door_open(self.card.now)

    @property
    def may_open(self) -> bool:
        """Whether the door may be opened."""
        return self.times.may_open(self.card.one, self.card.now)

    @property
    def may_mark(self) -> bool:
        """Whether somebody may be marked by the list."""
        return self.times.may_mark(self.card.one, self.card.now)

    @property
    def uninvited(self) -> int:
        """How many came without having been invited."""
        return sum(each.guest.invited_at is None and each.guest.came_at is not None for each in self.card.guests)


class MeetingDoor:
    """Use cases of whoever leads a meeting. ``chance`` draws the codes."""

    def __init__(self, database: Database, project: Project, chance: Random) -> None:
        self._database = database
        self._project = project
        self._chance = chance

    async def look(self, meeting_id: int, *, by: Member, now: datetime) -> DoorView:
        """The door and who has come. Raises ``Refusal`` for whoever does not lead it, and before people were called."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            return await self._view(tx, meeting_id, by, now)

    async def may_open(self, meeting_id: int, *, by: Member, now: datetime) -> DoorView:
        """The same before the time is chosen. Raises ``Refusal`` where the door cannot be opened now."""
        view = await self.look(meeting_id, by=by, now=now)
        view.times.refuse_outside(view.card.one, now)
        return view

    async def open(self, meeting_id: int, how: DoorBy, span: DoorFor, *, by: Member, now: datetime) -> DoorView:
        """People check in from now on. A code that is shown already stays; a button is sent once while it is open.

        Raises ``Refusal`` before half an hour to the beginning, and after the day.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            view = await self._view(tx, meeting_id, by, now)
            one = view.card.one
            view.times.refuse_outside(one, now)
            goes_on = view.is_open and bool(one.code) is (how is DoorBy.CODE)
            code = "" if how is DoorBy.BUTTON else one.code if goes_on else await self._draw(tx, now)
            opens = one.door_opens if goes_on else now
            opened = replace(one, code=code, door_opens=opens, door_closes=view.times.closing(span, now))
            await meeting_rows.save(tx, opened)
            await audit_rows.record(tx, now, person_id, Deed.MEETING_OPENED, meeting=meeting_id)
            if not goes_on:
                await outbox_rows.take_back(tx, _key(one))
            told = None if how is DoorBy.CODE or goes_on else await self._tell(tx, opened, view.card, now)
            return replace(await self._view(tx, meeting_id, by, now), told=told)

    async def shut(self, meeting_id: int, *, by: Member, now: datetime) -> DoorView:
        """Nobody checks in any more; twice is once."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            view = await self._view(tx, meeting_id, by, now)
            if view.is_open:
                await meeting_rows.save(tx, replace(view.card.one, door_closes=now))
                await outbox_rows.take_back(tx, _key(view.card.one))
                await audit_rows.record(tx, now, person_id, Deed.MEETING_SHUT, meeting=meeting_id)
            return await self._view(tx, meeting_id, by, now)

    async def mark(self, meeting_id: int, people: Iterable[int], *, came: bool, by: Member, now: datetime) -> DoorView:
        """By the list: these came, or they did not. Whoever stands so already stays.

        Raises ``Refusal`` before half an hour to the beginning, and once the minutes were sent.
        """
        person_id, wanted = require(by, Right.HOLD_MEETINGS), set(people)
        async with self._database.transaction() as tx:
            view = await self._view(tx, meeting_id, by, now)
            view.times.refuse_marking(view.card.one, now)
            await self._mark(tx, view, [each for each in view.card.guests if _is(each, wanted)], came, person_id)
            return await self._view(tx, meeting_id, by, now)

    async def mark_school(self, meeting_id: int, school_id: int, *, came: bool, by: Member, now: datetime) -> DoorView:
        """The same of everybody of a school's team, or (0) of all who are of none."""
        view = await self.look(meeting_id, by=by, now=now)
        people = [each.guest.person_id for each in of_school(view.card.guests, school_id)]
        theirs = [one for one in people if one is not None]
        return await self.mark(meeting_id, theirs, came=came, by=by, now=now)

    async def _mark(self, tx: Transaction, view: DoorView, some: list[NamedGuest], came: bool, by: int) -> None:
        one, now = view.card.one, view.card.now
        changed = [each.guest for each in some if (each.guest.came_at is not None) is not came]
        if came:
            marked = [replace(each, came_at=now, came_by=CameBy.LIST) for each in changed]
        else:
            marked = [replace(each, came_at=None, came_by=None) for each in changed]
        deed = Deed.MEETING_CAME if came else Deed.MEETING_UNCAME
        for each in marked:
            await meeting_rows.save_guest(tx, one.id, each)
            await audit_rows.record(tx, now, by, deed, meeting=one.id, person=each.person_id)
        if came:
            await count_presence(tx, self._project, one, marked, by, now)
        else:
            await take_presence_back(tx, self._project, one, changed, by, now)

    async def _view(self, tx: Transaction, meeting_id: int, by: Member, now: datetime) -> DoorView:
        card = await meeting_of(tx, self._project, await led(tx, meeting_id, by), now)
        number = None
        if card.kept is not None and card.roadmap is not None and counts_presence(card.kept.item):
            today = self._project.today(now)
            number = await measured_item(tx, self._project, card.kept, card.roadmap, today)
        return DoorView(card, times_of(card), number)

    async def _draw(self, tx: Transaction, now: datetime) -> str:
        return draw_code(self._chance, {one.code for one in await meeting_rows.called(tx) if one.is_door_open(now)})

    async def _tell(self, tx: Transaction, one: Meeting, card: MeetingCard, now: datetime) -> int:
        """Those invited who have not come yet get the button, at once or not at all: at night nobody is woken, and it
        is worth nothing once the door is shut."""
        due = (await self._project.hours(tx)).awake(now)
        assert one.door_closes is not None and one.door_opens is not None  # noqa: S101, PT018  it was just opened
        if due >= one.door_closes:
            return 0
        texts = self._project.texts
        text = texts.html("meeting_door.told-button", one=one, zone=self._project.zone)
        buttons = ((Button(texts.plain("meeting_door.button-here"), press("mtin", one.id)),),)
        waiting = [each for each in await hearers(tx, self._project, card) if each.one.guest.came_at is None]
        found = [each.chat for each in waiting if each.chat.person_id is not None]
        key = _key(one) + one.door_opens.isoformat()
        drafts = [Draft(f"{key}:{chat.key}", chat, text, due, one.door_closes, buttons) for chat in found]
        return sum([await outbox_rows.put(tx, draft, now) is not None for draft in drafts])


def times_of(card: MeetingCard) -> DoorTimes:
    """When the door of a meeting may be opened. Raises ``Refusal`` where nobody was called to it."""
    one = card.one
    if one.starts_at is None or one.ends_at is None or one.called_at is None:
        raise Refusal("meeting.not-called")
    starts = [one.starts_at, *(slot.starts_at for slot in card.slots)]
    over = max([one.ends_at, *(slot.starts_at + _length(one) for slot in card.slots)])
    return door_times(min(starts), max(starts), over, card.zone)


def _length(one: Meeting) -> timedelta:
    return timedelta(minutes=one.slot_minutes or one.minutes)


def of_school(guests: Iterable[NamedGuest], school_id: int) -> list[NamedGuest]:
    """The people of a school's team, or (0) those who are of none; groups are nobody who comes."""
    people = [each for each in guests if each.guest.person_id is not None]
    return [each for each in people if (school_id in each.school_ids if school_id else not each.school_ids)]


def _is(each: NamedGuest, people: set[int]) -> bool:
    return each.guest.person_id is not None and each.guest.person_id in people


def _key(one: Meeting) -> str:
    return f"meeting-door:{one.id}:"
