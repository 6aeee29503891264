"""An announcement goes: a row of the outbox for each; cancelled, corrected, deleted, sent again where it failed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.broadcast_look import BroadcastCard, buttons_for, card_of, deliveries_of, files_for
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
from domain.hours import EVENT_LIFE
from domain.outbox import Draft, Recipient, Urgency
from domain.people import Member
from domain.refusal import Refusal
from domain.survey_count import Silence
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import broadcast_sent as sent_rows
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.broadcast_sent import Came
from storage.database import Database, Transaction

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
            listing = deliveries_of(frozen, await registry_rows.registry(tx), card.groups)
            values = {each.addressee.key: each.addressee.values for each in listing}
            await self._put(tx, launched, going, chats, values, start, now, "1")
            await broadcast_rows.save(tx, launched)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_LAUNCHED, broadcast=one.id, count=len(going))
            came = len({each.key for each in card.reached} - {each.key for each in frozen})
        return Launched(await self._seen(broadcast_id, by, now), len(going), start, len(gone), came)

    async def card(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastCard:
        """One's own that was launched and is not removed. Raises ``Refusal`` for another."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            return await self._launched(tx, broadcast_id, by, now)

    async def watch(self, broadcast_id: int, message_id: str, *, by: Member, now: datetime) -> None:
        """The author's message that shows how far it is."""
        require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            await self._launched(tx, broadcast_id, by, now)
            await broadcast_rows.watch(tx, broadcast_id, message_id)

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
        return await self._seen(broadcast_id, by, now), len(stopped)

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
            going = [key for key in waiting if key in chats]
            await self._put(tx, one, going, chats, values, start, now, f"corrected:{now.isoformat()}")
            arrived = [each for each in await sent_rows.came(tx, one.id) if each.key in chats]
            await self._edit(tx, one, arrived, chats, values, now)
            count = len({*waiting, *(each.key for each in arrived)})
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_CORRECTED, broadcast=one.id, count=count)
        return await self._seen(broadcast_id, by, now), count

    async def remove(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Deleted where it has arrived, as far as the messenger lets it; what has not gone does not go."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            await outbox_rows.take_back(tx, key_of(broadcast_id))
            chats = await self._chats(tx)
            drafts = [
                replace(
                    self._draft(card.one, chats[key], "", now, now, f"remove:{now.isoformat()}"),
                    buttons=(),
                    files=(),
                    removes=messages,
                )
                for key, messages in _by_recipient(await sent_rows.came(tx, broadcast_id)).items()
                if key in chats
            ]
            for place in range(0, len(drafts), _AT_ONCE):
                await outbox_rows.put_many(tx, drafts[place : place + _AT_ONCE], now)
            gone = replace(card.one, removed_at=now, state=BroadcastState.CANCELLED)
            await broadcast_rows.save(tx, gone)
            await audit_rows.record(
                tx, now, person_id, Deed.BROADCAST_REMOVED, broadcast=broadcast_id, count=len(drafts)
            )
        return await self._seen(broadcast_id, by, now), len(drafts)

    async def nudge(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Once more to those who got it and did not say that they have read it; returns to how many."""
        return await self._again(broadcast_id, Deed.BROADCAST_NUDGED, _unread, by, now, replaces=False)

    async def _again(
        self,
        broadcast_id: int,
        deed: Deed,
        wanted: Callable[[Delivery], bool],
        by: Member,
        now: datetime,
        *,
        replaces: bool = True,
    ) -> tuple[BroadcastCard, int]:
        """A message that ``replaces`` the one before is what the report tells of; a reminder of what has arrived is
        not."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            card = await self._launched(tx, broadcast_id, by, now)
            chats = await self._chats(tx)
            coming = await sent_rows.waiting(tx, broadcast_id)
            chosen = [
                one
                for one in card.deliveries
                if wanted(one) and one.addressee.key in chats and one.addressee.key not in coming
            ]
            if not chosen:
                raise Refusal("broadcast.nobody-left")
            values = {one.addressee.key: one.addressee.values for one in chosen}
            start = (await self._project.hours(tx)).awake(now)
            attempt = f"again:{now.isoformat()}"
            await self._put(tx, card.one, list(values), chats, values, start, now, attempt, replaces=replaces)
            if replaces:
                await broadcast_rows.ended(tx, broadcast_id, done=False)
            await audit_rows.record(tx, now, person_id, deed, broadcast=broadcast_id, count=len(chosen))
        return await self._seen(broadcast_id, by, now), len(chosen)

    async def _seen(self, broadcast_id: int, by: Member, now: datetime) -> BroadcastCard:
        """As it is after the commit: ten thousand rows are not read while others wait to write."""
        async with self._database.read() as tx:
            return await card_of(tx, self._project, broadcast_id, by, now)

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
        *,
        replaces: bool = True,
    ) -> None:
        """A row for each, in chunks: ten thousand texts are never all in memory."""
        for place in range(0, len(keys), _AT_ONCE):
            chunk = keys[place : place + _AT_ONCE]
            drafts = {
                key: self._draft(one, chats[key], filled(one.text, values[key]), start, now, attempt) for key in chunk
            }
            ids = await outbox_rows.put_many(tx, list(drafts.values()), now)
            if replaces:
                await broadcast_rows.written(tx, one.id, {key: ids[draft.key] for key, draft in drafts.items()})

    def _draft(self, one: Broadcast, chat: Recipient, text: str, due: datetime, now: datetime, attempt: str) -> Draft:
        return Draft(
            f"{key_of(one.id)}{chat.key}:{attempt}",
            chat,
            text,
            due,
            max(due, now) + EVENT_LIFE,
            buttons_for(one, self._project, is_person=chat.person_id is not None),
            Urgency.BULK,
            files_for(one, chat.chat.messenger),
            one.is_quiet,
            lane=one.id,
        )

    async def _edit(
        self,
        tx: Transaction,
        one: Broadcast,
        arrived: Iterable[Came],
        chats: Mapping[str, Recipient],
        values: Mapping[str, Mapping[str, str]],
        now: datetime,
    ) -> None:
        drafts = []
        for each in arrived:
            text, attempt = filled(one.text, values[each.key]), f"edit:{each.message_id}:{now.isoformat()}"
            made = self._draft(one, chats[each.key], text, now, now, attempt)
            drafts.append(replace(made, files=(), edits=each.message_id))
        for place in range(0, len(drafts), _AT_ONCE):
            await outbox_rows.put_many(tx, drafts[place : place + _AT_ONCE], now)


def key_of(broadcast_id: int) -> str:
    """How the keys of an announcement's messages begin."""
    return f"broadcast:{broadcast_id}:"


def _by_recipient(arrived: Iterable[Came]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in arrived:
        found[one.key] = (*found.get(one.key, ()), one.message_id, *one.beside)
    return found


def _failed(one: Delivery) -> bool:
    return one.has_failed


def _unread(one: Delivery) -> bool:
    return one.has_arrived and one.acked_at is None and one.addressee.person_id is not None
