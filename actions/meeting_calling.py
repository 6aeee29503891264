"""Calling people to a meeting: the invitation is an announcement of its own, and its list is who is invited."""

from dataclasses import dataclass, replace
from datetime import datetime

from actions.broadcast_keeping import BroadcastKeeping, Preview
from actions.broadcast_launch import BroadcastLaunch, Launched
from actions.meeting_item import choose_day, refuse_day
from actions.meeting_look import MeetingCard, draft_of, led, meeting_card
from actions.meeting_telling import invitation
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting import Guest, Meeting, MeetingState, refuse_unready
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Invitation:
    """How an invitation will arrive, and the meeting it is to; ``chooses`` is whether its item gets its day by it."""

    card: MeetingCard
    preview: Preview
    chooses: bool


class MeetingCalling:
    """Use cases of whoever leads a meeting."""

    def __init__(
        self, database: Database, project: Project, keeping: BroadcastKeeping, launching: BroadcastLaunch
    ) -> None:
        self._database = database
        self._project = project
        self._keeping = keeping
        self._launching = launching

    async def prepare(self, meeting_id: int, *, by: Member, now: datetime) -> int:
        """The invitation that is being prepared, by its id; an empty one where there is none: to call more people.
        Raises ``Refusal`` for a meeting that is over or cancelled."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            _refuse_over(await led(tx, meeting_id, by))
            known = await draft_of(tx, meeting_id, by)
            return await broadcast_rows.add(tx, person_id, now, meeting_id) if known is None else known

    async def preview(self, meeting_id: int, *, by: Member, now: datetime) -> Invitation:
        """How the invitation will arrive, and to whom: they are who is invited.

        Raises ``Refusal`` where something is missing that people must know, or nobody is chosen.
        """
        require(by, Right.HOLD_MEETINGS)
        draft = await self.prepare(meeting_id, by=by, now=now)
        async with self._database.transaction() as tx:
            card = await meeting_card(tx, self._project, meeting_id, by, now, invites=True)
            await self._refuse_unready(tx, card.one, now)
            chooses = await refuse_day(tx, self._project, card.one)
            assert card.draft is not None  # noqa: S101  prepared above
            words = invitation(self._project, card)
            await broadcast_rows.save(tx, replace(card.draft.one, text=words))
            await broadcast_rows.drop_files(tx, draft)
            for place, file in enumerate(card.one.materials):
                await broadcast_rows.add_file(tx, draft, file, f"meeting:{place}")
        return Invitation(card, await self._keeping.preview(draft, by=by, now=now), chooses)

    async def call(self, meeting_id: int, *, by: Member, now: datetime) -> tuple[MeetingCard, Launched]:
        """Those whom the preview showed are invited, and hear of it; twice is once. Its item gets its day.

        Raises ``Refusal`` where nothing was looked at, or nobody of the list can be written to any more.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            one = await led(tx, meeting_id, by)
            _refuse_over(one)
            draft = await draft_of(tx, meeting_id, by)
            if draft is None:
                raise Refusal("meeting.called-already")
            frozen = await broadcast_rows.parts(tx, draft)
            if not frozen:
                raise Refusal("broadcast.look-first")
            await self._refuse_unready(tx, one, now)
            called = replace(one, state=MeetingState.CALLED, called_at=one.called_at or now)
            await meeting_rows.save(tx, called)
            guests = [Guest(each.key, each.person_id, each.group_id, now) for each in frozen]
            await meeting_rows.invite(tx, meeting_id, guests, now)
            await choose_day(tx, self._project, called, person_id, now, {each.key for each in frozen})
            count = len(frozen)
            await audit_rows.record(tx, now, person_id, Deed.MEETING_CALLED, meeting=meeting_id, count=count)
        launched = await self._launching.launch(draft, by=by, now=now)
        async with self._database.read() as tx:
            return await meeting_card(tx, self._project, meeting_id, by, now), launched

    async def _refuse_unready(self, tx: Transaction, one: Meeting, now: datetime) -> None:
        if one.is_by_slots and not await slot_rows.of_meeting(tx, one.id):
            raise Refusal("meeting.no-slots")
        refuse_unready(one, now)


def _refuse_over(one: Meeting) -> None:
    if one.state not in (MeetingState.DRAFT, MeetingState.CALLED):
        raise Refusal("meeting.over")
