"""What became of an announcement by name, and whom to phone as a file."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from actions.broadcast_look import BroadcastCard, card_of
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import BroadcastState, Delivery
from domain.broadcast_delivery import ToPhone, in_order, to_phone
from domain.contact import Phonebook
from domain.leave import deputies
from domain.people import Member
from domain.refusal import Refusal
from reports.broadcast_xlsx import phone_workbook
from storage import audit as audit_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Database


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

    async def report(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, list[Delivery]]:
        """What became of it for each: first who did not get it. Raises ``Refusal`` for a draft."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            card = await card_of(tx, self._project, broadcast_id, by, now)
        if card.one.state is BroadcastState.DRAFT:
            raise Refusal("broadcast.not-launched")
        return card, in_order(card.deliveries)

    async def acks(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, list[Delivery]]:
        """The people whom it went to: first who has not acknowledged it. Raises ``Refusal`` where that is not asked."""
        card, found = await self.report(broadcast_id, by=by, now=now)
        if not card.one.asks_ack:
            raise Refusal("broadcast.asks-no-ack")
        people = [one for one in found if one.addressee.person_id is not None]
        return card, sorted(people, key=lambda one: one.acked_at is not None)

    async def phone_list(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastFileMade:
        """Who did not get it or has not acknowledged it, with whom to phone; that it was made is written down.

        Raises ``Refusal`` where there is nobody.
        """
        by_id = require(by, Right.ANNOUNCE)
        card, _ = await self.report(broadcast_id, by=by, now=now)
        people = await self._to_phone(card, now)
        if not people:
            raise Refusal("broadcast.nobody-to-phone", asks_ack=card.one.asks_ack)
        content = await asyncio.to_thread(phone_workbook, people, self._project.texts)
        async with self._database.transaction() as tx:
            count = len(people)
            await audit_rows.record(tx, now, by_id, Deed.BROADCAST_EXPORTED, broadcast=broadcast_id, count=count)
        return BroadcastFileMade(card, content, len(people))

    async def _to_phone(self, card: BroadcastCard, now: datetime) -> list[ToPhone]:
        today = self._project.today(now)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
            book = Phonebook(registry, deputies(await people_rows.stand_ins(tx, today), today))
        return to_phone(card.deliveries, registry, book, asks_ack=card.one.asks_ack)
