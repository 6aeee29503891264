"""Inside a transaction: a meeting as whoever leads it sees it, with its guests by name and its invitation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.broadcast_look import BroadcastCard, card_of
from actions.project import Project
from domain.access import Right, require
from domain.broadcast import Broadcast, BroadcastState
from domain.meeting import Meeting, MeetingState, NamedGuest, Turnout, named, turnout
from domain.meeting_slot import Slot
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Registry, called
from domain.roadmap import KeptItem, Roadmap
from storage import broadcast as broadcast_rows
from storage import group as group_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting at ``now``. ``kept`` and ``roadmap`` are its item's, where it has one; ``guests`` are those invited and
    those who came; ``draft`` is the invitation that is being prepared (by whoever looks), ``sent`` those that went (of
    who is no coordinator their own), the newest first; ``slots`` are the times of an interview in order; ``speaks_at``
    is when (UTC) guests may be written to: now, or in the morning."""

    one: Meeting
    guests: tuple[NamedGuest, ...]
    registry: Registry
    zone: ZoneInfo
    now: datetime
    author: str = ""
    kept: KeptItem | None = None
    roadmap: Roadmap | None = None
    draft: BroadcastCard | None = None
    sent: tuple[Broadcast, ...] = ()
    slots: tuple[Slot, ...] = ()
    speaks_at: datetime | None = None

    @property
    def turnout(self) -> Turnout:
        """The guests, counted."""
        return turnout(self.guests)

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.one.starts_at is not None and self.one.starts_at <= self.now

    @property
    def is_told_late(self) -> bool:
        """Whether the night keeps the bot silent until it begins."""
        begins, speaks = self.one.starts_at, self.speaks_at
        return begins is not None and speaks is not None and self.now < begins <= speaks

    @property
    def is_over(self) -> bool:
        """Whether it must be over by now."""
        return self.one.ends_at is not None and self.one.ends_at <= self.now


async def meeting_card(
    tx: Transaction, project: Project, meeting_id: int, by: Member, now: datetime, *, invites: bool = False
) -> MeetingCard:
    """Raises ``Refusal`` for whoever does not lead it: only its author does, and every coordinator. With ``invites``
    the invitation that is being prepared is looked at as well."""
    found = await meeting_of(tx, project, await led(tx, meeting_id, by), now)
    invitations = await broadcast_rows.of_meeting(tx, meeting_id)
    sees = Role.COORDINATOR in by.roles
    theirs = (one for one in invitations if sees or one.author_id == by.person_id)
    sent = tuple(one for one in theirs if one.state is not BroadcastState.DRAFT)
    if not invites:
        return replace(found, sent=sent)
    draft = await draft_of(tx, meeting_id, by)
    card = None if draft is None else await card_of(tx, project, draft, by, now, changes=True)
    return replace(found, sent=sent, draft=card)


async def led(tx: Transaction, meeting_id: int, by: Member) -> Meeting:
    """The meeting for whoever leads it. Raises ``Refusal`` for others, and where there is none."""
    person_id = require(by, Right.HOLD_MEETINGS)
    one = await meeting_rows.get(tx, meeting_id)
    if one is None or not leads(one, by, person_id):
        raise Refusal("meeting.gone")
    return one


def leads(one: Meeting, by: Member, person_id: int) -> bool:
    """Whether somebody who holds meetings leads this one; a draft is its author's alone."""
    return one.author_id == person_id or (Role.COORDINATOR in by.roles and one.state is not MeetingState.DRAFT)


async def refuse_came(tx: Transaction, one: Meeting) -> None:
    """Raises ``Refusal`` where somebody has come: whoever came on one day has not come on another."""
    if any(each.came_at is not None for each in await meeting_rows.guests(tx, one.id)):
        raise Refusal("meeting.came-already")


def guests_for(by: Member) -> list[int]:
    """The people whose invitations are somebody's: their own first, then those of whom they stand in for today."""
    others = {duty.instead_of for duty in by.duties if duty.instead_of is not None}
    return [one for one in (by.person_id, *sorted(others)) if one is not None]


async def meeting_of(tx: Transaction, project: Project, one: Meeting, now: datetime) -> MeetingCard:
    """Everything of a meeting but its invitation, whoever looks."""
    registry = await registry_rows.registry(tx)
    guests = await meeting_rows.guests(tx, one.id)
    titles = {each.id: each.title for each in await group_rows.all_groups(tx)}
    told = await people_rows.reachable(tx)
    silent = [each.person_id for each in guests if each.person_id is not None and each.person_id not in told]
    author = registry.person(one.author_id)
    found = None if one.item_id is None else await roadmap_rows.get_item_of_roadmap(tx, one.item_id)
    slots: Sequence[Slot] = await slot_rows.of_meeting(tx, one.id) if one.is_by_slots else ()
    return MeetingCard(
        one,
        tuple(named(guests, registry, titles, silent)),
        registry,
        project.zone,
        now,
        called(author.name if author else "", one.author_id),
        found[0] if found else None,
        found[1] if found else None,
        slots=tuple(slots),
        speaks_at=(await project.hours(tx)).awake(now),
    )


async def draft_of(tx: Transaction, meeting_id: int, by: Member) -> int | None:
    """The invitation that somebody prepares, by its id."""
    every = await broadcast_rows.of_meeting(tx, meeting_id)
    mine = (one for one in every if one.state is BroadcastState.DRAFT and one.author_id == by.person_id)
    return next((one.id for one in mine), None)
