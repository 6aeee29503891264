"""A meeting that people were called to: moved, changed, cancelled. Whoever was told hears of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from actions.meeting_buttons import answer_buttons
from actions.meeting_item import choose_day
from actions.meeting_keeping import keep
from actions.meeting_look import MeetingCard, led, meeting_card, meeting_of, refuse_came
from actions.meeting_presence import take_presence_back
from actions.meeting_telling import reword, tell_guests
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting import Meeting, MeetingState, refuse_time, why_of
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import meeting as meeting_rows
from storage import outbox as outbox_rows
from storage.database import Database, Transaction

_AMENDABLE = ("title", "starts_at", "minutes", "place", "link", "agenda")


class MeetingMoves:
    """Use cases of whoever leads a meeting."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def move(self, meeting_id: int, starts_at: datetime, *, by: Member, now: datetime) -> MeetingCard:
        """It begins at another time (UTC): ``amend`` for that alone."""
        return await self.amend(meeting_id, lambda one: replace(one, starts_at=starts_at), by=by, now=now)

    async def amend(
        self, meeting_id: int, change: Callable[[Meeting], Meeting], *, by: Member, now: datetime
    ) -> MeetingCard:
        """Its time, length, title, place, link or agenda is another; of a draft nobody hears. Where the time is
        another, what was answered is asked anew; what is not different is not told.

        Raises ``Refusal`` for a time that has passed, for another day where somebody has come, for what is over, and
        for when interviews are: there the times of schools are moved.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            one = await led(tx, meeting_id, by)
            wanted = change(one)
            if one.is_by_slots and (wanted.starts_at, wanted.minutes) != (one.starts_at, one.minutes):
                raise Refusal("meeting.move-slots")
            if one.state is MeetingState.DRAFT:
                await keep(tx, one, wanted, by, now)
            else:
                await self._amend(tx, self._running(one), wanted, person_id, now)
            return await meeting_card(tx, self._project, meeting_id, by, now, invites=True)

    async def _amend(self, tx: Transaction, before: Meeting, wanted: Meeting, person_id: int, now: datetime) -> None:
        after = replace(before, **{name: getattr(wanted, name) for name in _AMENDABLE})
        if after == before:
            return
        deed, about = Deed.MEETING_CHANGED, {}
        if after.starts_at is not None and after.starts_at != before.starts_at:
            refuse_time(after.starts_at, now)
            deed, about = Deed.MEETING_MOVED, {"day": self._project.today(after.starts_at).isoformat()}
            after = await self._on_its_day(tx, before, after)
        await audit_rows.record(tx, now, person_id, deed, meeting=before.id, **about)
        await self._change(tx, before, after, person_id, now)

    async def cancel(self, meeting_id: int, why: str, *, by: Member, now: datetime) -> MeetingCard:
        """It does not take place; twice is once. Raises ``Refusal`` without a reason."""
        person_id, why = require(by, Right.HOLD_MEETINGS), why_of(why)
        async with self._database.transaction() as tx:
            one = await led(tx, meeting_id, by)
            if one.state is not MeetingState.CANCELLED:
                one = self._running(one)
                gone = replace(one, state=MeetingState.CANCELLED, cancelled_at=now, cancelled_why=why)
                gone = replace(gone, changes=one.changes + 1, door_closes=None, door_opens=None)
                await meeting_rows.save(tx, gone)
                await audit_rows.record(tx, now, person_id, Deed.MEETING_CANCELLED, meeting=meeting_id)
                await self._forget(tx, meeting_id)
                await outbox_rows.take_back(tx, f"slots:{meeting_id}:")
                await outbox_rows.take_back(tx, f"meeting-hours:{meeting_id}:")
                card = await meeting_of(tx, self._project, gone, now)
                await reword(tx, self._project, card, now)
                await choose_day(tx, self._project, gone, person_id, now, {each.guest.key for each in card.guests})
                came = [each.guest for each in card.guests if each.guest.came_at is not None]
                await take_presence_back(tx, self._project, gone, came, person_id, now)
                await tell_guests(tx, self._project, card, "cancelled", now)
            return await meeting_card(tx, self._project, meeting_id, by, now)

    def _running(self, one: Meeting) -> Meeting:
        if one.state is MeetingState.DRAFT:
            raise Refusal("meeting.not-called")
        if one.state is not MeetingState.CALLED:
            raise Refusal("meeting.over")
        return one

    async def _change(self, tx: Transaction, before: Meeting, after: Meeting, person_id: int, now: datetime) -> None:
        """Moved twice before anybody heard of the first is told once, and as moved whatever else was changed."""
        after = replace(after, changes=before.changes + 1)
        await meeting_rows.save(tx, after)
        is_moved = before.starts_at != after.starts_at
        if is_moved:
            await self._ask_anew(tx, after)
        unheard = await self._forget(tx, after.id)
        card = await meeting_of(tx, self._project, after, now)
        await reword(tx, self._project, card, now)
        if is_moved:
            keys = {each.guest.key for each in card.guests}
            await choose_day(tx, self._project, after, person_id, now, keys)
        buttons, what = answer_buttons(self._project.texts, after.id), "moved" if is_moved else "changed"
        if "moved" in unheard:
            what, before = "moved", replace(before, starts_at=None)
        if "changed" in unheard:
            before = replace(before, agenda="")
        await tell_guests(tx, self._project, card, what, now, buttons=buttons, before=before)

    async def _on_its_day(self, tx: Transaction, before: Meeting, after: Meeting) -> Meeting:
        """On another day the door is shut. Raises ``Refusal`` for that where somebody has come."""
        if len({self._project.today(one.starts_at) for one in (before, after) if one.starts_at is not None}) == 1:
            return after
        await refuse_came(tx, before)
        await outbox_rows.take_back(tx, f"meeting-door:{before.id}:")
        return replace(after, door_opens=None, door_closes=None)

    async def _ask_anew(self, tx: Transaction, one: Meeting) -> None:
        for each in await meeting_rows.guests(tx, one.id):
            if each.coming is not None and each.came_at is None:
                anew = replace(each, coming=None, why="", other="", answered_at=None)
                await meeting_rows.save_guest(tx, one.id, anew)

    async def _forget(self, tx: Transaction, meeting_id: int) -> set[str]:
        """What was not sent yet would tell what is not so any more; returns what somebody will not hear."""
        what = ("moved", "changed", "soon", "nudge")
        unheard = {one for one in what if await outbox_rows.take_back(tx, f"meeting-{one}:{meeting_id}:")}
        await outbox_rows.withdraw_days(tx)
        return unheard
