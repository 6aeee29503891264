"""Preparing a meeting: what it is about, when and where, what goes along, whom to call; before anybody was called."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.evidence import FileKeeper
from actions.meeting_look import MeetingCard, draft_of, leads, led, meeting_card
from actions.project import Project, live
from channels.base import FileSource
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import BroadcastFile
from domain.evidence import SentFile, file_name
from domain.meeting import (
    MOST_FILES,
    Meeting,
    MeetingState,
    NamedGuest,
    Paper,
    Turnout,
    named,
    refuse_time,
    turnout,
)
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import called
from domain.roadmap import ItemKind, KeptItem, Roadmap
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import evidence as evidence_rows
from storage import meeting as meeting_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """One in the list of whoever holds meetings; ``author`` is empty where it is one's own."""

    one: Meeting
    turnout: Turnout
    author: str


class MeetingKeeping:
    """Use cases of whoever holds meetings; a draft is its author's alone."""

    def __init__(self, database: Database, project: Project, keeper: FileKeeper) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which instants are told."""
        return self._project.zone

    async def all(self, *, by: Member) -> list[ListedMeeting]:
        """One's own, and for a coordinator those that others have called; drafts first, then the latest."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            found = [one for one in await meeting_rows.all_meetings(tx) if leads(one, by, person_id)]
            registry = await registry_rows.registry(tx)
            guests = await meeting_rows.guests_of(tx, [one.id for one in found])
        names = {one.id: one.name for one in registry.people}
        listed: list[ListedMeeting] = []
        for one in found:
            known: list[NamedGuest] = named(guests[one.id], registry, {}, ())
            author = "" if one.author_id == person_id else called(names.get(one.author_id, ""), one.author_id)
            listed.append(ListedMeeting(one, turnout(known), author))
        return listed

    async def items(self, *, by: Member, now: datetime) -> list[tuple[KeptItem, Roadmap]]:
        """The open items that a meeting of theirs may be bound to, those that are meetings first: of an organiser what
        their organisation carries out, of a coordinator all."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            roadmaps = live(await roadmap_rows.all_roadmaps(tx), self._project.today(now))
        every = ((kept, each.roadmap) for each in roadmaps for kept in each.items if kept.is_open)
        found = [(kept, roadmap) for kept, roadmap in every if _may_bind(by, kept)]
        return sorted(found, key=lambda each: each[0].item.kind is not ItemKind.MEETING)

    async def make(self, item_id: int | None = None, *, by: Member, now: datetime) -> int:
        """A draft, called as its item where one is named; returns its id. Raises ``Refusal`` for an item of others."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            title = "" if item_id is None else (await self._item(tx, item_id, by)).item.short_title
            made = await meeting_rows.add(tx, person_id, item_id, title, now)
            await broadcast_rows.add(tx, person_id, now, made)
            about = {} if item_id is None else {"item": item_id}
            await audit_rows.record(tx, now, person_id, Deed.MEETING_MADE, meeting=made, **about)
        return made

    async def card(self, meeting_id: int, *, by: Member, now: datetime) -> MeetingCard:
        """One of them. Raises ``Refusal`` for whoever does not lead it."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            return await meeting_card(tx, self._project, meeting_id, by, now, invites=True)

    async def bind(self, meeting_id: int, item_id: int | None, *, by: Member, now: datetime) -> MeetingCard:
        """It is of that item, or (``None``) of none. Raises ``Refusal`` for an item of others."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            one = await self._draft(tx, meeting_id, by)
            title = one.title
            if item_id is not None:
                title = title or (await self._item(tx, item_id, by)).item.short_title
            await keep(tx, one, replace(one, item_id=item_id, title=title), by, now)
            return await meeting_card(tx, self._project, meeting_id, by, now, invites=True)

    async def attach(
        self, meeting_id: int, paper: Paper, sent: SentFile, source: FileSource, *, by: Member, now: datetime
    ) -> MeetingCard:
        """A file among the materials of a draft, or among the minutes of what was called; the same message again adds
        nothing. Raises ``Refusal`` for a file that is not taken, one too many, and where it is not handed over."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            await self._taking(tx, meeting_id, paper, by)
        content = await self._keeper.take(sent, source)
        if content is None:
            raise Refusal("form.file-not-fetched")
        async with self._database.transaction() as tx:
            one = await self._taking(tx, meeting_id, paper, by)
            known = one.materials if paper is Paper.MATERIAL else one.papers
            if len(known) >= MOST_FILES:
                raise Refusal("form.too-many-files", limit=MOST_FILES)
            kept = await evidence_rows.lay(tx, content, now)
            file = BroadcastFile(kept.id, file_name(sent.name), sent.messenger, sent.remote_id, sent.is_photo)
            await meeting_rows.add_file(tx, meeting_id, paper, file, sent.source)
            await _unsee(tx, meeting_id, by)
            return await meeting_card(tx, self._project, meeting_id, by, now, invites=True)

    async def detach(self, meeting_id: int, paper: Paper, *, by: Member, now: datetime) -> MeetingCard:
        """None of these papers goes along."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            await self._taking(tx, meeting_id, paper, by)
            await meeting_rows.drop_files(tx, meeting_id, paper)
            await _unsee(tx, meeting_id, by)
            return await meeting_card(tx, self._project, meeting_id, by, now, invites=True)

    async def delete(self, meeting_id: int, *, by: Member, now: datetime) -> None:
        """A draft is not there any more. Raises ``Refusal`` for what people were called to."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            await self._draft(tx, meeting_id, by)
            for each in await broadcast_rows.of_meeting(tx, meeting_id):
                await broadcast_rows.drop(tx, each.id)
            await meeting_rows.drop(tx, meeting_id)
            await audit_rows.record(tx, now, person_id, Deed.MEETING_DELETED, meeting=meeting_id)

    async def _draft(self, tx: Transaction, meeting_id: int, by: Member) -> Meeting:
        one = await led(tx, meeting_id, by)
        if one.state is not MeetingState.DRAFT:
            raise Refusal("meeting.called-already")
        return one

    async def _taking(self, tx: Transaction, meeting_id: int, paper: Paper, by: Member) -> Meeting:
        """The meeting that takes papers of that kind now."""
        if paper is Paper.MATERIAL:
            return await self._draft(tx, meeting_id, by)
        one = await led(tx, meeting_id, by)
        if one.state not in (MeetingState.CALLED, MeetingState.HELD):
            raise Refusal("meeting.not-called" if one.state is MeetingState.DRAFT else "meeting.over")
        return one

    async def _item(self, tx: Transaction, item_id: int, by: Member) -> KeptItem:
        found = await roadmap_rows.get_item_of_roadmap(tx, item_id)
        if found is None or not _may_bind(by, found[0]):
            raise Refusal("meeting.not-your-item")
        return found[0]


async def keep(tx: Transaction, before: Meeting, after: Meeting, by: Member, now: datetime) -> None:
    """A draft is this now. Raises ``Refusal`` for a time that has passed."""
    if after.starts_at is not None and after.starts_at != before.starts_at:
        refuse_time(after.starts_at, now)
    await meeting_rows.save(tx, after)
    await _unsee(tx, after.id, by)


async def _unsee(tx: Transaction, meeting_id: int, by: Member) -> None:
    """What was looked at is not what would go any more."""
    draft = await draft_of(tx, meeting_id, by)
    if draft is not None:
        await broadcast_rows.freeze(tx, draft, ())


def _may_bind(by: Member, kept: KeptItem) -> bool:
    if Role.COORDINATOR in by.roles:
        return True
    return any(duty.role is Role.ORGANISER and duty.organisation in kept.item.executors for duty in by.duties)
