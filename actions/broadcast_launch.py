"""An announcement goes: a row of the outbox for each; cancelled, corrected, deleted, sent again where it failed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.broadcast_look import BroadcastCard, card_of
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import (
    Broadcast,
    BroadcastState,
    Delivery,
    checked,
    filled,
    refuse_variables,
    start_of,
)
from domain.button import Button, Keyboard, press
from domain.hours import EVENT_LIFE
from domain.outbox import Draft, OutFile, Recipient, Urgency
from domain.people import Member
from domain.refusal import Refusal
from domain.survey_count import Silence
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction

STEP = timedelta(seconds=1) / 60
"""Rows of one announcement fall due one after another, twice as fast as a messenger takes them: two that run at once
take turns, and neither holds up what is more urgent."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Launched:
    """What was launched: to how many, when the first goes (UTC), and what changed since it was looked at: ``left`` can
    no longer be written to, ``came`` would be asked now and were not in the list."""

    card: BroadcastCard
    count: int
    start: datetime
    left: int
    came: int


class BroadcastLaunch:
    """Use cases of whoever announces."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def launch(self, broadcast_id: int, *, by: Member, now: datetime) -> Launched:
        """To the list that the preview showed; twice is once.

        Raises ``Refusal`` where nothing was looked at, or nobody of the list can be written to any more.
        """
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            card = await card_of(tx, self._project, broadcast_id, by, now, changes=True)
            one = card.one
            if one.state is not BroadcastState.DRAFT:
                return Launched(card, card.tally.of, one.start or now, 0, 0)
            frozen = await broadcast_rows.parts(tx, one.id)
            if not frozen or one.is_empty:
                raise Refusal("broadcast.look-first")
            start = start_of(one.timing, one.at, now, await self._project.hours(tx))
            chats = await self._chats(tx)
            listed = [each for each in frozen if each.silence is None]
            going = [each.key for each in listed if each.key in chats]
            if not going:
                raise Refusal("broadcast.nobody", silent=len(frozen))
            gone = {each.key: Silence.GONE for each in listed if each.key not in chats}
            await broadcast_rows.silenced(tx, one.id, gone)
            launched = replace(one, state=BroadcastState.LAUNCHED, start=start, launched_at=now)
            values = {each.key: each.values for each in card.addressees}
            await self._put(tx, launched, [key for key in going if key in values], chats, values, start, now, "1")
            await broadcast_rows.save(tx, launched)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_LAUNCHED, broadcast=one.id, count=len(going))
            came = len({each.key for each in card.reached} - {each.key for each in frozen})
            after = await card_of(tx, self._project, one.id, by, now)
            return Launched(after, len(going), start, len(gone), came)

    async def cancel(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """What has not gone does not go; returns of how many. Twice is once."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            card = await card_of(tx, self._project, broadcast_id, by, now, changes=True)
            if card.one.state is BroadcastState.DRAFT:
                raise Refusal("broadcast.not-launched")
            stopped = await outbox_rows.take_back(tx, key_of(broadcast_id))
            if card.one.state is BroadcastState.LAUNCHED:
                await broadcast_rows.save(tx, replace(card.one, state=BroadcastState.CANCELLED))
                count = len(stopped)
                await audit_rows.record(
                    tx, now, person_id, Deed.BROADCAST_CANCELLED, broadcast=broadcast_id, count=count
                )
            return await card_of(tx, self._project, broadcast_id, by, now), len(stopped)

    async def resend(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """«Отправить ещё раз не получившим»; returns to how many. Those who cannot be written to yet are left out."""
        return await self._again(broadcast_id, Deed.BROADCAST_RESENT, _failed, by, now)

    async def correct(self, broadcast_id: int, text: str, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Other words: edited in place where it has arrived (a new message where the messenger refuses), and in what is
        still to go; returns of how many."""
        person_id, text = require(by, Right.ANNOUNCE), checked(text)
        async with self._database.transaction() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            refuse_variables(text, [each.addressee for each in card.deliveries])
            one = replace(card.one, text=text, corrected_at=now)
            await broadcast_rows.save(tx, one)
            waiting = [each.addressee.key for each in card.deliveries if each.is_on_the_way]
            chats = await self._chats(tx)
            values = {each.addressee.key: each.addressee.values for each in card.deliveries}
            await outbox_rows.take_back(tx, key_of(broadcast_id))
            start = max(one.start or now, now)
            await self._put(tx, one, [key for key in waiting if key in chats], chats, values, start, now, f"{now:%s%f}")
            arrived = [each for each in card.deliveries if each.has_arrived and each.message_id]
            await self._edit(tx, one, arrived, chats, now)
            count = len(waiting) + len(arrived)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_CORRECTED, broadcast=one.id, count=count)
            return await card_of(tx, self._project, broadcast_id, by, now), count

    async def remove(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Deleted where it has arrived, as far as the messenger lets it; what has not gone does not go."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            await outbox_rows.take_back(tx, key_of(broadcast_id))
            chats, parts = await self._chats(tx), await broadcast_rows.parts(tx, broadcast_id)
            drafts = [
                replace(
                    self._draft(card.one, chats[each.key], "", now, now, f"remove:{now.isoformat()}"),
                    buttons=(),
                    files=(),
                    removes=(each.message_id, *each.beside),
                )
                for each in parts
                if each.message_id and each.key in chats
            ]
            for place in range(0, len(drafts), _AT_ONCE):
                await outbox_rows.put_many(tx, drafts[place : place + _AT_ONCE], now)
            gone = replace(card.one, removed_at=now, state=BroadcastState.CANCELLED)
            await broadcast_rows.save(tx, gone)
            await audit_rows.record(
                tx, now, person_id, Deed.BROADCAST_REMOVED, broadcast=broadcast_id, count=len(drafts)
            )
            return await card_of(tx, self._project, broadcast_id, by, now), len(drafts)

    async def nudge(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Once more to those who got it and did not say that they have read it; returns to how many."""
        return await self._again(broadcast_id, Deed.BROADCAST_NUDGED, _unread, by, now)

    async def _again(
        self, broadcast_id: int, deed: Deed, wanted: Callable[[Delivery], bool], by: Member, now: datetime
    ) -> tuple[BroadcastCard, int]:
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            chats = await self._chats(tx)
            chosen = [one for one in card.deliveries if wanted(one) and one.addressee.key in chats]
            if not chosen:
                raise Refusal("broadcast.nobody-left")
            values = {one.addressee.key: one.addressee.values for one in chosen}
            start = (await self._project.hours(tx)).awake(now)
            await self._put(tx, card.one, list(values), chats, values, start, now, f"{now:%s%f}")
            await broadcast_rows.ended(tx, broadcast_id, done=False)
            await audit_rows.record(tx, now, person_id, deed, broadcast=broadcast_id, count=len(chosen))
            return await card_of(tx, self._project, broadcast_id, by, now), len(chosen)

    async def _launched(self, tx: Transaction, broadcast_id: int, by: Member, now: datetime) -> BroadcastCard:
        card = await card_of(tx, self._project, broadcast_id, by, now, changes=True)
        if card.one.state is BroadcastState.DRAFT:
            raise Refusal("broadcast.not-launched")
        if card.one.removed_at is not None:
            raise Refusal("broadcast.removed-already")
        return card

    async def _chats(self, tx: Transaction) -> dict[str, Recipient]:
        """Everybody who can be written to, by their keys."""
        people = (await people_rows.reachable(tx)).values()
        groups = (one.recipient for one in await group_rows.all_groups(tx))
        return {one.key: one for one in (*people, *groups)}

    async def _put(
        self,
        tx: Transaction,
        one: Broadcast,
        keys: Sequence[str],
        chats: Mapping[str, Recipient],
        values: Mapping[str, Mapping[str, str]],
        start: datetime,
        now: datetime,
        attempt: str,
    ) -> None:
        """A row for each, in chunks: ten thousand texts are never all in memory."""
        for place in range(0, len(keys), _AT_ONCE):
            chunk = keys[place : place + _AT_ONCE]
            drafts = {
                key: self._draft(
                    one, chats[key], filled(one.text, values[key]), start + STEP * (place + rank), now, attempt
                )
                for rank, key in enumerate(chunk)
            }
            ids = await outbox_rows.put_many(tx, list(drafts.values()), now)
            await broadcast_rows.written(tx, one.id, {key: ids[draft.key] for key, draft in drafts.items()})

    def _draft(self, one: Broadcast, chat: Recipient, text: str, due: datetime, now: datetime, attempt: str) -> Draft:
        messenger = chat.chat.messenger
        files = [OutFile(each.remote_id, each.name, each.is_photo) for each in one.files if each.messenger == messenger]
        return Draft(
            f"{key_of(one.id)}{chat.key}:{attempt}",
            chat,
            text,
            due,
            max(due, now) + EVENT_LIFE,
            self._buttons(one, chat),
            Urgency.BULK,
            tuple(files),
            one.is_quiet,
        )

    def _buttons(self, one: Broadcast, chat: Recipient) -> Keyboard:
        if not one.asks_ack or chat.person_id is None:
            return ()
        return ((Button(self._project.texts.plain("broadcast.button-ack"), press("bcack", one.id)),),)

    async def _edit(
        self,
        tx: Transaction,
        one: Broadcast,
        arrived: Iterable[Delivery],
        chats: Mapping[str, Recipient],
        now: datetime,
    ) -> None:
        drafts = []
        for each in arrived:
            chat = chats.get(each.addressee.key)
            if chat is not None:
                text = filled(one.text, each.addressee.values)
                made = self._draft(one, chat, text, now, now, f"edit:{now.isoformat()}")
                drafts.append(replace(made, files=(), edits=each.message_id))
        for place in range(0, len(drafts), _AT_ONCE):
            await outbox_rows.put_many(tx, drafts[place : place + _AT_ONCE], now)


def key_of(broadcast_id: int) -> str:
    """How the keys of an announcement's messages begin."""
    return f"broadcast:{broadcast_id}:"


def _failed(one: Delivery) -> bool:
    return one.has_failed


def _unread(one: Delivery) -> bool:
    return one.has_arrived and one.acked_at is None and one.addressee.person_id is not None
