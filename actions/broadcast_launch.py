"""An announcement goes; it is cancelled, corrected, deleted, sent again where it failed. Each says at once what is owed
to whom, and puts the first of it into the outbox; the clock lays the rest (``actions/broadcast_laying.py``)."""

import asyncio
from collections.abc import Awaitable, Callable, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.broadcast_laying import BroadcastLaying
from actions.broadcast_look import BroadcastCard, Outcomes, card_of, draft_of, kept, launched_of, outcomes_of
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import (
    Broadcast,
    BroadcastState,
    checked,
    refuse_longest,
    refuse_variables,
    start_of,
    variables,
)
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import broadcast_owed as owed_rows
from storage import meeting as meeting_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction

UNTIL_CORRECTED = timedelta(minutes=10)
"""How long what waits with the old words is held at most: the new ones are laid within seconds."""


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

    def __init__(self, database: Database, project: Project, laying: BroadcastLaying) -> None:
        self._database = database
        self._project = project
        self._laying = laying

    async def launch(self, broadcast_id: int, *, by: Member, now: datetime) -> Launched:
        """To the list that the preview showed; twice is once.

        Raises ``Refusal`` where nothing was looked at, where the author does not reach somebody of the list any more,
        and where nobody of it can be written to.
        """
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            card = await card_of(tx, self._project, broadcast_id, by, now, changes=True)
        if card.one.state is not BroadcastState.DRAFT:
            return Launched(card, card.tally.of, card.one.start or now, 0, 0)
        async with self._database.transaction() as tx:
            one, listed = await draft_of(tx, broadcast_id, by), await broadcast_rows.keys_of(tx, broadcast_id)
            if not listed or one.is_empty or await _is_beyond(tx, listed, card):
                raise Refusal("broadcast.look-first")
            if one.meeting_id is not None and not listed <= await meeting_rows.invited(tx, one.meeting_id):
                raise Refusal("meeting.call-first")
            start = start_of(one.timing, one.at, now, await self._project.hours(tx))
            count, left = await owed_rows.launch(tx, one.id)
            if not count:
                raise Refusal("broadcast.nobody", silent=len(listed))
            launched = replace(one, state=BroadcastState.LAUNCHED, start=start, launched_at=now, rounds=1)
            await broadcast_rows.save(tx, launched)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_LAUNCHED, broadcast=one.id, count=count)
        came = len({each.key for each in card.reached} - listed)
        return Launched(await self._begun(broadcast_id, by, now), count, start, left, came)

    async def card(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastCard:
        """One's own that was launched and is not removed. Raises ``Refusal`` for another."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            await launched_of(tx, broadcast_id, by)
            return await card_of(tx, self._project, broadcast_id, by, now)

    async def watch(self, broadcast_id: int, message_id: str, *, by: Member) -> None:
        """The author's message that shows how far it is."""
        require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            await launched_of(tx, broadcast_id, by)
            await broadcast_rows.watch(tx, broadcast_id, message_id)

    async def may_cancel(self, broadcast_id: int, *, by: Member, now: datetime) -> BroadcastCard:
        """One that was launched, for its author and every coordinator: an author may be away, or take part no more.

        Raises ``Refusal`` for others.
        """
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            await _going(tx, broadcast_id, by)
            return await card_of(tx, self._project, broadcast_id, by, now)

    async def cancel(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """What has not gone does not go; returns of how many. Twice is once. Raises ``Refusal`` as ``may_cancel``."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            one = await _going(tx, broadcast_id, by)
            count = await owed_rows.cancel(tx, broadcast_id)
            if count:
                await broadcast_rows.save(tx, replace(one, state=BroadcastState.CANCELLED))
                await audit_rows.record(tx, now, person_id, Deed.BROADCAST_CANCELLED, broadcast=one.id, count=count)
        return await self._begun(broadcast_id, by, now), count

    async def resend(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """«Отправить ещё раз не получившим»; returns to how many. Those who cannot be written to yet are left out.

        Raises ``Refusal`` for an invitation whose meeting is over or cancelled.
        """

        async def again(tx: Transaction, one: Broadcast) -> int:
            meeting = None if one.meeting_id is None else await meeting_rows.get(tx, one.meeting_id)
            if meeting is not None and not (meeting.is_ahead and now < (meeting.ends_at or now)):
                raise Refusal("meeting.over")
            await broadcast_rows.save(tx, replace(one, state=BroadcastState.LAUNCHED, rounds=one.rounds + 1))
            await broadcast_rows.ended(tx, one.id, done=False)
            return await owed_rows.again(tx, one.id)

        return await self._again(broadcast_id, Deed.BROADCAST_RESENT, again, by, now)

    async def nudge(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Once more to those who got it and did not say that they have read it; returns to how many."""

        async def nudge(tx: Transaction, one: Broadcast) -> int:
            if not one.asks_ack:
                raise Refusal("broadcast.asks-no-ack")
            await broadcast_rows.save(tx, replace(one, rounds=one.rounds + 1))
            return await owed_rows.nudge(tx, one.id)

        return await self._again(broadcast_id, Deed.BROADCAST_NUDGED, nudge, by, now)

    async def _again(
        self,
        broadcast_id: int,
        deed: Deed,
        owe: Callable[[Transaction, Broadcast], Awaitable[int]],
        by: Member,
        now: datetime,
    ) -> tuple[BroadcastCard, int]:
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            count = await owe(tx, await launched_of(tx, broadcast_id, by))
            if not count:
                raise Refusal("broadcast.nobody-left")
            await audit_rows.record(tx, now, person_id, deed, broadcast=broadcast_id, count=count)
        return await self._begun(broadcast_id, by, now), count

    async def correct(self, broadcast_id: int, text: str, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Other words: edited in place where it has arrived (a new message where the messenger refuses), and in what is
        still to go; returns of how many. Raises ``Refusal`` for words that cannot be sent to all of them."""
        person_id, text = require(by, Right.ANNOUNCE), checked(text)
        await self._refuse_words(broadcast_id, text, by)
        async with self._database.transaction() as tx:
            one = await launched_of(tx, broadcast_id, by)
            await broadcast_rows.save(tx, replace(one, text=text, corrected_at=now, rounds=one.rounds + 1))
            count = await owed_rows.correct(tx, one.id, now + UNTIL_CORRECTED)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_CORRECTED, broadcast=one.id, count=count)
        return await self._begun(broadcast_id, by, now), count

    async def _refuse_words(self, broadcast_id: int, text: str, by: Member) -> None:
        async with self._database.read() as tx:
            await launched_of(tx, broadcast_id, by)
            parts = await broadcast_rows.parts(tx, broadcast_id) if variables(text) else []
            outcomes = await outcomes_of(tx, parts)
        await asyncio.to_thread(_refuse_words, text, outcomes)

    async def remove(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, int]:
        """Deleted where it has arrived, as far as the messenger lets it; what has not gone does not go."""
        person_id = require(by, Right.ANNOUNCE)
        async with self._database.transaction() as tx:
            one = await launched_of(tx, broadcast_id, by)
            count = await owed_rows.remove(tx, one.id)
            gone = replace(one, removed_at=now, state=BroadcastState.CANCELLED, rounds=one.rounds + 1)
            await broadcast_rows.save(tx, gone)
            await audit_rows.record(tx, now, person_id, Deed.BROADCAST_REMOVED, broadcast=one.id, count=count)
        return await self._begun(broadcast_id, by, now), count

    async def _begun(self, broadcast_id: int, by: Member, now: datetime) -> BroadcastCard:
        """As it is once the first of what is owed is laid: the delivery waits for nothing else."""
        await self._laying.step(broadcast_id, now)
        async with self._database.read() as tx:
            return await card_of(tx, self._project, broadcast_id, by, now)


async def _going(tx: Transaction, broadcast_id: int, by: Member) -> Broadcast:
    one = await kept(tx, broadcast_id, by)
    if one.state is BroadcastState.DRAFT:
        raise Refusal("broadcast.not-launched")
    return one


async def _is_beyond(tx: Transaction, listed: Set[str], card: BroadcastCard) -> bool:
    """Whether a list that was looked at names a group, or somebody who takes part, whom the author reaches no more."""
    if not card.may_group and any(key.startswith("group:") for key in listed):
        return True
    theirs = {f"person:{one.id}" for one in card.registry.people}
    beyond = [int(key.removeprefix("person:")) for key in listed - theirs if key.startswith("person:")]
    return bool(beyond) and any(one.duties for one in (await registry_rows.registry(tx, beyond)).people)


def _refuse_words(text: str, outcomes: Outcomes) -> None:
    addressees = [each.addressee for each in outcomes.deliveries if not each.has_failed]
    refuse_variables(text, addressees)
    refuse_longest(text, addressees)
