"""Calling people to a meeting: the invitation is an announcement of its own, and its list is who is invited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.broadcast_keeping import BroadcastKeeping, Preview
from actions.broadcast_launch import BroadcastLaunch, Launched
from actions.broadcast_look import card_of
from actions.meeting_item import choose_day, refuse_day
from actions.meeting_look import MeetingCard, draft_of, led, meeting_card
from actions.meeting_telling import invitation
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import Broadcast, BroadcastState, start_of
from domain.meeting import Guest, Meeting, MeetingState, refuse_unready
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import group as group_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import people as people_rows
from storage.broadcast import Part
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Invitation:
    """How an invitation will arrive, and the meeting it is to; ``chooses`` is whether its item gets its day by it,
    ``known`` how many of those chosen have an invitation already and get no other."""

    card: MeetingCard
    preview: Preview
    chooses: bool
    known: int = 0


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

        Raises ``Refusal`` where something is missing that people must know, nobody new is chosen, or it would come when
        the meeting has begun.
        """
        require(by, Right.HOLD_MEETINGS)
        draft = await self.prepare(meeting_id, by=by, now=now)
        async with self._database.transaction() as tx:
            card = await meeting_card(tx, self._project, meeting_id, by, now, invites=True)
            assert card.draft is not None  # noqa: S101  prepared above
            await self._refuse_unready(tx, card.one, card.draft.one, now)
            chooses = card.one.state is MeetingState.DRAFT and await refuse_day(tx, self._project, card.one)
            words = invitation(self._project, card)
            await broadcast_rows.save(tx, replace(card.draft.one, text=words))
            await broadcast_rows.drop_files(tx, draft)
            for place, file in enumerate(card.one.materials):
                await broadcast_rows.add_file(tx, draft, file, f"meeting:{place}")
        seen = await self._keeping.preview(draft, by=by, now=now)
        async with self._database.transaction() as tx:
            keys = {each.key for each in await _fresh(tx, meeting_id, draft)}
        fresh = tuple(each for each in seen.card.addressees if each.key in keys)
        known = len(seen.card.addressees) - len(fresh)
        seen = replace(seen, card=replace(seen.card, addressees=fresh))
        return Invitation(card, replace(seen, first=seen.card.reached[0]), chooses, known)

    async def call(self, meeting_id: int, *, by: Member, now: datetime) -> tuple[MeetingCard, Launched]:
        """Those whom the preview showed are invited, and hear of it; twice is once. Its item gets its day. Of what was
        launched those who ``came`` would be asked now and are not invited.

        Raises ``Refusal`` where nothing was looked at, nobody of the list can be written to any more, or it would come
        when the meeting has begun.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            one = await led(tx, meeting_id, by)
            _refuse_over(one)
            draft = await draft_of(tx, meeting_id, by)
            if draft is None:
                raise Refusal("meeting.called-already")
            if not await broadcast_rows.parts(tx, draft):
                raise Refusal("meeting.look-first")
            frozen = await _fresh(tx, meeting_id, draft)
            seen = await card_of(tx, self._project, draft, by, now, changes=True)
            await self._refuse_unready(tx, one, seen.one, now)
            await _refuse_unreachable(tx, frozen)
            called = replace(one, state=MeetingState.CALLED, called_at=one.called_at or now)
            await meeting_rows.save(tx, called)
            guests = [Guest(each.key, each.person_id, each.group_id, now) for each in frozen]
            await meeting_rows.invite(tx, meeting_id, guests, now)
            if one.state is MeetingState.DRAFT:
                await choose_day(tx, self._project, called, person_id, now, {each.key for each in frozen})
            count, came = len(frozen), {each.key for each in seen.reached} - await meeting_rows.invited(tx, meeting_id)
            await audit_rows.record(tx, now, person_id, Deed.MEETING_CALLED, meeting=meeting_id, count=count)
        launched = await self._launching.launch(draft, by=by, now=now)
        async with self._database.read() as tx:
            return await meeting_card(tx, self._project, meeting_id, by, now), replace(launched, came=len(came))

    async def _refuse_unready(self, tx: Transaction, one: Meeting, draft: Broadcast, now: datetime) -> None:
        """To an interview schools may be called until its last time begins."""
        slots = await slot_rows.of_meeting(tx, one.id) if one.is_by_slots else []
        if one.is_by_slots and not slots:
            raise Refusal("meeting.no-slots")
        begins = max((each.starts_at for each in slots), default=one.starts_at)
        refuse_unready(replace(one, starts_at=begins), now)
        start = start_of(draft.timing, draft.at, now, await self._project.hours(tx))
        if begins is not None and start >= begins:
            raise Refusal("meeting.late-call")


async def _fresh(tx: Transaction, meeting_id: int, draft: int) -> list[Part]:
    """The list of an invitation without those who have one, or to whom one is on its way: they get no other. Raises
    ``Refusal`` where nobody is left who can be written to."""
    going = await broadcast_rows.told_of(tx, meeting_id)
    for one in await broadcast_rows.of_meeting(tx, meeting_id):
        going |= await broadcast_rows.keys_of(tx, one.id) if one.state is BroadcastState.LAUNCHED else set()
    listed = await broadcast_rows.parts(tx, draft)
    fresh = [each for each in listed if each.key not in going]
    if not any(each.silence is None for each in fresh):
        raise Refusal("meeting.invited-already")
    if len(fresh) < len(listed):
        await broadcast_rows.freeze(tx, draft, fresh)
    return fresh


async def _refuse_unreachable(tx: Transaction, frozen: Sequence[Part]) -> None:
    people = await people_rows.reachable(tx, [each.person_id for each in frozen if each.person_id is not None])
    groups = {each.id for each in await group_rows.all_groups(tx)}
    heard = (each for each in frozen if each.silence is None)
    if not any(each.person_id in people or each.group_id in groups for each in heard):
        raise Refusal("broadcast.nobody", silent=len(frozen))


def _refuse_over(one: Meeting) -> None:
    if one.state not in (MeetingState.DRAFT, MeetingState.CALLED):
        raise Refusal("meeting.over")
