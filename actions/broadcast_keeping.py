"""Composing an announcement: the words, what goes along, whom it goes to, when; and how it will arrive."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from actions.broadcast_look import BroadcastCard, addressees_of, buttons_for, card_of, draft_of, files_for, kept
from actions.evidence import FileKeeper
from actions.project import Project
from channels.base import FileSource
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import (
    MOST_FILES,
    Addressee,
    Broadcast,
    BroadcastFile,
    BroadcastState,
    Circle,
    Tally,
    Timing,
    checked,
    filled,
    refuse_longest,
    refuse_variables,
    start_of,
)
from domain.evidence import SentFile, file_name
from domain.outbox import ChatAddress, Outgoing
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import called
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import broadcast_sent as sent_rows
from storage import evidence as evidence_rows
from storage import people as people_rows
from storage.broadcast import Part
from storage.database import Database

CircleChange = Callable[[Circle, BroadcastCard], Circle]
"""What is pressed about whom it goes to; may raise ``Refusal``."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How it will arrive: ``outgoing`` is as the ``first`` gets it, in the author's own chat; ``start`` is when the
    first of them goes (UTC)."""

    card: BroadcastCard
    first: Addressee
    outgoing: Outgoing
    start: datetime


@dataclass(frozen=True, slots=True)
class ListedBroadcast:
    """One in the list; ``author`` is empty where it is one's own."""

    one: Broadcast
    tally: Tally
    author: str


class BroadcastKeeping:
    """Use cases of whoever announces; a draft is its author's alone."""

    def __init__(self, database: Database, project: Project, keeper: FileKeeper) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper

    async def all(self, *, by: Member) -> list[ListedBroadcast]:
        """One's own, and for a coordinator what others have sent as well; the newest first."""
        person_id = require(by, Right.ANNOUNCE)
        leads = Role.COORDINATOR in by.roles
        async with self._database.read() as tx:
            every = await broadcast_rows.of_author(tx, None if leads else person_id)
            found = [one for one in every if one.author_id == person_id or one.state is not BroadcastState.DRAFT]
            counted = await sent_rows.tallies(tx, [one.id for one in found])
            others = {one.author_id for one in found} - {person_id}
            names = {one: called(await people_rows.name_of(tx, one), one) for one in others}
        return [ListedBroadcast(one, counted[one.id], names.get(one.author_id, "")) for one in found]

    async def card(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastCard:
        """One of them."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            return await card_of(tx, self._project, broadcast_id, by, now)

    async def draft(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastCard:
        """One's own that was not launched yet. Raises ``Refusal`` for another."""
        require(by, Right.ANNOUNCE)
        return await self._draft(broadcast_id, by, now)

    async def groups(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastCard:
        """The same for whoever may write to groups."""
        require(by, Right.BIND_GROUP)
        return await self._draft(broadcast_id, by, now)

    async def make(self, *, by: Member, now: datetime) -> int:
        """An empty draft; returns its id."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            made = await broadcast_rows.add(tx, person_id, now)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_MADE, broadcast=made)
        return made

    async def copy(self, broadcast_id: int, *, by: Member, now: datetime) -> int:
        """A draft with the words, the files and the audience of another one."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            one = await kept(tx, broadcast_id, by)
            made = await broadcast_rows.add(tx, person_id, now)
            fresh = Broadcast(made, person_id, one.text, (), one.circle, one.asks_ack, one.is_quiet)
            await broadcast_rows.save(tx, fresh)
            for place, file in enumerate(one.files):
                await broadcast_rows.add_file(tx, made, file, f"copy:{place}")
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_MADE, broadcast=made)
        return made

    async def write(self, broadcast_id: int, text: str, *, by: Member, now: datetime) -> BroadcastCard:
        """The words (HTML of the common subset). Raises ``Refusal`` for too many, and for variables that are none."""
        return await self._change(broadcast_id, lambda one: replace(one, text=checked(text)), by, now)

    async def attach(
        self, broadcast_id: int, sent: SentFile, source: FileSource, *, by: Member, now: datetime
    ) -> BroadcastCard:
        """A photo or a document that goes along; the same message again adds nothing.

        Raises ``Refusal`` for a file that is not taken, one too many, and where the messenger does not hand it over.
        """
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            await draft_of(tx, broadcast_id, by)
        content = await self._keeper.take(sent, source)
        if content is None:
            raise Refusal("form.file-not-fetched")
        async with self._database.transaction() as tx:
            one = await draft_of(tx, broadcast_id, by)
            if len(one.files) >= MOST_FILES:
                raise Refusal("form.too-many-files", limit=MOST_FILES)
            laid = await evidence_rows.lay(tx, content, now)
            file = BroadcastFile(laid.id, file_name(sent.name), sent.messenger, sent.remote_id, sent.is_photo)
            await broadcast_rows.add_file(tx, broadcast_id, file, sent.source)
            await broadcast_rows.freeze(tx, broadcast_id, ())
        return await self._draft(broadcast_id, by, now)

    async def detach(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastCard:
        """Nothing goes along."""
        require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            await draft_of(tx, broadcast_id, by)
            await broadcast_rows.drop_files(tx, broadcast_id)
            await broadcast_rows.freeze(tx, broadcast_id, ())
        return await self._draft(broadcast_id, by, now)

    async def ask(self, broadcast_id: int, change: CircleChange, *, by: Member, now: datetime) -> BroadcastCard:
        """Another audience."""
        require(by, Right.ANNOUNCE)
        card = await self._draft(broadcast_id, by, now)
        circle = change(card.one.circle, card)
        if circle.is_by_state:
            async with self._database.read() as tx:  # what closed meanwhile is not chosen
                await addressees_of(tx, self._project, circle, card.registry, card.groups, now)
        return await self._change(broadcast_id, lambda one: replace(one, circle=circle), by, now)

    async def switch(
        self, broadcast_id: int, *, ack: bool | None = None, quiet: bool | None = None, by: Member, now: datetime
    ) -> BroadcastCard:
        """«Ознакомлен(а)» asked for or not; with a sound or without."""

        def change(one: Broadcast) -> Broadcast:
            asks = one.asks_ack if ack is None else ack
            return replace(one, asks_ack=asks, is_quiet=one.is_quiet if quiet is None else quiet)

        return await self._change(broadcast_id, change, by, now)

    async def time(
        self, broadcast_id: int, timing: Timing, at: datetime | None = None, *, by: Member, now: datetime
    ) -> BroadcastCard:
        """When it goes. Raises ``Refusal`` for an instant in the past."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            start_of(timing, at, now, await self._project.hours(tx))
        return await self._change(broadcast_id, lambda one: replace(one, timing=timing, at=at), by, now)

    async def preview(self, broadcast_id: int, *, by: Member, now: datetime) -> Preview:
        """How it will arrive, and to whom: this list is what it is sent to.

        Raises ``Refusal`` for one that says nothing or goes to nobody, and for variables that stand for nothing.
        """
        require(by, Right.ANNOUNCE)
        card = await self._draft(broadcast_id, by, now)
        one, reached = card.one, card.reached
        if one.is_empty:
            raise Refusal("broadcast.no-text")
        if card.lost:
            raise Refusal(card.lost)
        if not reached:
            raise Refusal("broadcast.nobody", silent=len(card.silent))
        refuse_variables(one.text, reached)
        refuse_longest(one.text, reached)
        async with self._database.transaction() as tx:
            if await draft_of(tx, broadcast_id, by) != one:
                raise Refusal("broadcast.look-first")  # it was changed from another phone meanwhile
            start = start_of(one.timing, one.at, now, await self._project.hours(tx))
            frozen = (Part(each.key, each.person_id, each.group_id, each.silence) for each in card.addressees)
            await broadcast_rows.freeze(tx, one.id, frozen)
        first, chat = reached[0], ChatAddress(by.account.messenger, by.account.account_id)
        buttons = buttons_for(one, self._project, is_person=first.person_id is not None)
        files = files_for(one, chat.messenger)
        outgoing = Outgoing(chat, filled(one.text, first.values), buttons, files, one.is_quiet)
        return Preview(card, first, outgoing, start)

    async def delete(self, broadcast_id: int, *, by: Member, now: datetime) -> None:
        """A draft is not there any more. Raises ``Refusal`` for what was launched."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            await draft_of(tx, broadcast_id, by)
            await broadcast_rows.drop(tx, broadcast_id)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_DELETED, broadcast=broadcast_id)

    async def _change(
        self, broadcast_id: int, change: Callable[[Broadcast], Broadcast], by: Member, now: datetime
    ) -> BroadcastCard:
        require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            await broadcast_rows.save(tx, change(await draft_of(tx, broadcast_id, by)))
            await broadcast_rows.freeze(tx, broadcast_id, ())  # what was looked at is not what would go
        return await self._draft(broadcast_id, by, now)

    async def _draft(self, broadcast_id: int, by: Member, now: datetime) -> BroadcastCard:
        async with self._database.read() as tx:
            await draft_of(tx, broadcast_id, by)
            return await card_of(tx, self._project, broadcast_id, by, now, changes=True)
