"""What became of an announcement by name, and whom to phone as a file."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from actions.broadcast_look import BroadcastCard, card_of, outcomes_of
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import BroadcastState, Delivery
from domain.broadcast_delivery import to_phone
from domain.contact import Phonebook
from domain.leave import deputies
from domain.people import Member
from domain.refusal import Refusal
from reports.broadcast_xlsx import phone_workbook
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import broadcast_sent as sent_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction

PAGE = 20
"""Names of a page."""


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """A page of a list by name; ``page`` is its number from 1 on, ``total`` how many there are in all."""

    card: BroadcastCard
    found: tuple[Delivery, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class BroadcastFileMade:
    """A file about an announcement with so many rows."""

    card: BroadcastCard
    content: bytes
    count: int


class BroadcastReports:
    """Questions of whoever announced, and of coordinators."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def report(self, broadcast_id: int, page: int = 0, *, by: Member, now: datetime) -> DeliveryPage:
        """A page of what became of it for each: first who did not get it. Raises ``Refusal`` for a draft."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            first, page, pages = _place(page, card.tally.of)
            parts = await sent_rows.page(tx, broadcast_id, first, PAGE)
            stayed = await sent_rows.stayed(tx, broadcast_id) if card.one.removed_at is not None else ()
            outcomes = await outcomes_of(tx, parts, stayed)
        return DeliveryPage(card, tuple(outcomes.deliveries), page, pages, card.tally.of)

    async def acks(self, broadcast_id: int, page: int = 0, *, by: Member, now: datetime) -> DeliveryPage:
        """A page of the people whom it went to: first who has not acknowledged it. Raises ``Refusal`` where that is not
        asked."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            if not card.one.asks_ack:
                raise Refusal("broadcast.asks-no-ack")
            total = await sent_rows.people(tx, broadcast_id)
            first, page, pages = _place(page, total)
            parts = await sent_rows.page(tx, broadcast_id, first, PAGE, unread_first=True)
            outcomes = await outcomes_of(tx, parts)
        return DeliveryPage(card, tuple(outcomes.deliveries), page, pages, total)

    async def phone_list(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastFileMade:
        """Who did not get it or has not acknowledged it, with whom to phone; that it was made is written down.

        Raises ``Refusal`` where there is nobody.
        """
        by_id = require(by, Right.ANNOUNCE)
        today = self._project.today(now)
        async with self._database.read() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            outcomes = await outcomes_of(tx, await broadcast_rows.parts(tx, broadcast_id))
            registry = await registry_rows.registry(tx)
            book = Phonebook(registry, deputies(await people_rows.stand_ins(tx, today), today))
        asks_ack, texts = card.one.asks_ack, self._project.texts
        people = await asyncio.to_thread(lambda: to_phone(outcomes.deliveries, registry, book, asks_ack=asks_ack))
        if not people:
            raise Refusal("broadcast.nobody-to-phone", asks_ack=asks_ack)
        content = await asyncio.to_thread(phone_workbook, people, texts)
        async with self._database.transaction() as tx:
            count = len(people)
            await audit_rows.record(tx, now, by_id, Deed.BROADCAST_EXPORTED, broadcast=broadcast_id, count=count)
        return BroadcastFileMade(card, content, len(people))

    async def _launched(self, tx: Transaction, broadcast_id: int, by: Member, now: datetime) -> BroadcastCard:
        card = await card_of(tx, self._project, broadcast_id, by, now)
        if card.one.state is BroadcastState.DRAFT:
            raise Refusal("broadcast.not-launched")
        return card


def _place(page: int, total: int) -> tuple[int, int, int]:
    """The first of a page, or of the nearest one, its number from 1 on, and how many there are."""
    last = max(0, (total - 1) // PAGE)
    page = min(max(page, 0), last)
    return page * PAGE, page + 1, last + 1
