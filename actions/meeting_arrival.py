"""Checking in at a meeting: «Я на встрече», and the code that is shown there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.meeting_look import guests_for
from actions.meeting_presence import count_presence
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting import CameBy, Coming, Guest, Meeting
from domain.meeting_door import code_in, tries_left
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import called
from domain.roadmap import KeptItem
from storage import audit as audit_rows
from storage import meeting as meeting_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Arrival:
    """That somebody is at a meeting since ``at`` (UTC), or that the code is asked for (``None``). ``other`` is who came
    instead of them. ``kept`` is the meeting's item where it is done by that."""

    one: Meeting
    at: datetime | None = None
    other: str = ""
    kept: KeptItem | None = None


class MeetingArrivals:
    """Use cases of whoever comes to a meeting. Checked in twice is once."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    @property
    def zone(self) -> ZoneInfo:
        """The project's."""
        return self._project.zone

    async def press(self, meeting_id: int, *, by: Member, now: datetime) -> Arrival:
        """«Я на встрече», for oneself or for whoever comes instead; where a code is shown, it is asked for.

        Raises ``Refusal`` while the door is shut, and for whoever was not invited.
        """
        require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            one, guest = await self._known(tx, meeting_id, by)
            if guest.came_at is not None:
                return _arrived(one, guest)
            if not one.is_door_open(now):
                raise Refusal("meeting_door.shut" if one.door_opens else "meeting_door.not-open")
            if one.code:
                if not tries_left(guest):
                    raise Refusal("meeting_door.too-many")
                return Arrival(one)
            return await self._arrive(tx, one, guest, CameBy.BUTTON, by, now)

    async def typed(self, meeting_id: int, text: str, *, by: Member, now: datetime) -> Arrival:
        """The code that was asked for; where a button has taken its place, that is pressed. Raises ``Refusal`` for a
        wrong one, after too many, and where the door is shut by now."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            one, guest = await self._known(tx, meeting_id, by)
        if guest.came_at is not None:
            return _arrived(one, guest)
        if not one.is_door_open(now):
            raise Refusal("meeting_door.shut")
        if not one.code:
            return await self.press(meeting_id, by=by, now=now)
        arrival = await self.unasked(text, by=by, now=now)
        if arrival is None:
            raise Refusal("meeting_door.no-code")
        return arrival

    async def unasked(self, text: str, *, by: Member, now: datetime) -> Arrival | None:
        """Four digits that somebody wrote, at whatever meeting their code is shown; ``None`` for anything else, and
        where no door is open. Whoever was not invited has come all the same.

        Raises ``Refusal`` for a wrong code, and after too many.
        """
        require(by, Right.ATTEND)
        code = code_in(text)
        if not code:
            return None
        async with self._database.transaction() as tx:
            doors = [one for one in await meeting_rows.called(tx) if one.code and one.is_door_open(now)]
            theirs = [(one, await _guest(tx, one.id, by)) for one in doors]
            outcome = await self._try(tx, theirs, code, by, now) if theirs else None
        if isinstance(outcome, Refusal):  # the try is counted all the same
            raise outcome
        return outcome

    async def _try(
        self, tx: Transaction, doors: list[tuple[Meeting, Guest]], code: str, by: Member, now: datetime
    ) -> Arrival | Refusal:
        meant = next(((one, guest) for one, guest in doors if one.code == code), None)
        if meant is not None:
            one, guest = meant
            if guest.came_at is not None:
                return _arrived(one, guest)
            if not tries_left(guest):
                return Refusal("meeting_door.too-many")
            return await self._arrive(tx, one, guest, CameBy.CODE, by, now)
        ahead = [(one, guest) for one, guest in doors if guest.came_at is None]
        return await self._miss(tx, ahead) if ahead else _arrived(*doors[0])

    async def _miss(self, tx: Transaction, doors: Iterable[tuple[Meeting, Guest]]) -> Refusal:
        """A wrong code counts where they were invited; of whoever was invited nowhere, at every open door."""
        open_to = [(one, guest) for one, guest in doors if tries_left(guest)]
        meant = [(one, guest) for one, guest in open_to if guest.invited_at is not None] or open_to
        for one, guest in meant:
            await _keep(tx, one.id, replace(guest, tries=guest.tries + 1))
        left = max((tries_left(guest) - 1 for _, guest in meant), default=0)
        return Refusal("meeting_door.wrong-code", left=left) if left else Refusal("meeting_door.too-many")

    async def _known(self, tx: Transaction, meeting_id: int, by: Member) -> tuple[Meeting, Guest]:
        one, guest = await meeting_rows.get(tx, meeting_id), await _guest(tx, meeting_id, by)
        if one is None or not (guest.invited_at or guest.came_at):
            raise Refusal("meeting_door.not-invited")
        return one, guest

    async def _arrive(
        self, tx: Transaction, one: Meeting, guest: Guest, how: CameBy, by: Member, now: datetime
    ) -> Arrival:
        person_id = require(by, Right.ATTEND)
        came = replace(guest, came_at=now, came_by=how)
        if guest.person_id != person_id:  # of somebody on leave the deputy is there
            came = replace(came, coming=Coming.OTHER, other=called(by.name, person_id))
        await _keep(tx, one.id, came)
        await audit_rows.record(tx, now, person_id, Deed.MEETING_CAME, meeting=one.id, person=guest.person_id)
        done = await count_presence(tx, self._project, one, [came], person_id, now)
        found = await roadmap_rows.get_item_of_roadmap(tx, one.item_id) if done and one.item_id is not None else None
        return replace(_arrived(one, came), kept=found[0] if found else None)


async def _guest(tx: Transaction, meeting_id: int, by: Member) -> Guest:
    """Whoever they are there: invited themselves, or standing in for somebody who is; else by themselves."""
    known = [await meeting_rows.known(tx, meeting_id, f"person:{one}") for one in guests_for(by)]
    there = [each for each in known if each is not None]
    invited = [each for each in there if each.invited_at is not None]
    return next(iter([*invited, *there]), Guest(by.recipient, by.person_id))


async def _keep(tx: Transaction, meeting_id: int, guest: Guest) -> None:
    if await meeting_rows.known(tx, meeting_id, guest.key) is None:
        await meeting_rows.add_guest(tx, meeting_id, guest)
    else:
        await meeting_rows.save_guest(tx, meeting_id, guest)


def _arrived(one: Meeting, guest: Guest) -> Arrival:
    return Arrival(one, guest.came_at, guest.other if guest.coming is Coming.OTHER else "")
