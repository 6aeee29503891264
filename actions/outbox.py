"""Delivery: claim, send, settle. At least once; at most the few in flight can arrive twice after a crash."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from actions.delivery import Delivery
from actions.groups import lose_group
from actions.people import lose_person
from actions.project import Project
from channels.base import Channel
from channels.limiter import Limiter
from channels.metronome import Metronome
from domain.album import count
from domain.clock import Clock
from domain.outbox import Claimed, Failure, FailureKind, Settlement, Tally, Urgency
from domain.people import Account
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import outbox_claim as claim_rows
from storage import people as people_rows
from storage.database import Database, Transaction
from storage.errors import DatabaseUnavailableError
from storage.outbox_claim import Chats

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
_CLAIM_AT_ONCE = 300
_CLAIM_AHEAD = 8
"""What is claimed at once where messages go in even steps: the next notice overtakes all but these."""
_LOOK_EVERY = timedelta(seconds=1)


class Outbox:
    """Sends what is due through the channels, within the limits of the messengers and not in the quiet hours.

    ``limiter`` is ``None`` only where limits are off: in benches. ``lease`` is how long a claimed message belongs to
    the process that claimed it. With a ``metronome`` a run goes on while there is something to send,
    in even steps of real time; without one it ends where the limits are used up, and the next begins when the clock has
    gone on.
    """

    def __init__(
        self,
        database: Database,
        project: Project,
        channels: Mapping[str, Channel],
        limiter: Limiter | None,
        clock: Clock,
        lease: timedelta = LEASE,
        metronome: Metronome | None = None,
    ) -> None:
        self._database = database
        self._project = project
        self._channels = channels
        self._limiter = limiter
        self._clock = clock
        self._lease = lease
        self._metronome = metronome
        self._one_at_a_time = asyncio.Lock()
        self._unsettled: list[Settlement] = []
        self._in_hand: set[int] = set()
        """What this run has claimed and not written down: its lease may end while it waits for its chat."""
        self._stopping = False
        self._look_at = datetime.min.replace(tzinfo=UTC)
        self._is_awake = False
        self._last_lane = 0

    @property
    def is_delivering(self) -> bool:
        """Whether a run is under way: with a metronome one may take minutes."""
        return self._one_at_a_time.locked()

    def stop(self) -> None:
        """Claim nothing more; what is in flight is finished and settled, what was only claimed is put back."""
        self._stopping = True

    async def idle(self) -> None:
        """Wait until nothing is being delivered."""
        async with self._one_at_a_time:
            pass

    async def deliver(self) -> int:
        """Send everything that may go now; returns how many messages were tried."""
        async with self._one_at_a_time:
            if self._unsettled:
                await self._write([])
            # what is sent and cannot be written down must not be claimed again
            batch = [] if self._unsettled else await self._claim_first()
            if not batch:
                return 0
            delivery = Delivery(
                self._channels, self._clock, self._claim_more, self._settle, lambda: self._stopping, self._metronome
            )
            tried, untried = await delivery.run(batch)
            if untried:
                async with self._database.transaction() as tx:
                    await claim_rows.release(tx, [one.id for one in untried])
            return tried

    async def tally(self, shown: int = 50) -> Tally:
        """What became of all messages, with the ``shown`` latest that have not arrived."""
        async with self._database.read() as tx:
            return Tally(await outbox_rows.counts(tx), await outbox_rows.unsent(tx, shown))

    async def next_moment(self) -> datetime | None:
        """The earliest instant at which there may be something to send; ``None`` when nothing waits."""
        async with self._database.read() as tx:
            due = await claim_rows.next_due(tx)
            if due is None:
                return None
            hours = await self._project.hours(tx)
        now = self._clock()
        ready = [] if self._limiter is None else [self._limiter.full_until(), *self._limiter.busy().values()]
        return hours.awake(min([moment for moment in ready if moment > now], default=now) if due <= now else due)

    async def _claim_first(self) -> list[Claimed]:
        now = self._clock()
        self._look_at = now
        self._in_hand.clear()
        async with self._database.transaction() as tx:
            return await self._claim(tx, now)

    async def _claim_more(self) -> list[Claimed]:
        """The next messages of a run; a database in trouble ends the run, not what is in flight."""
        try:
            if not self._stopping:
                async with self._database.transaction() as tx:
                    return await self._claim(tx, self._clock())
        except DatabaseUnavailableError as error:
            log.error("nothing more is claimed for now: %s", error.reason)  # noqa: TRY400  known, no trace needed
        return []

    async def _claim(self, tx: Transaction, now: datetime) -> list[Claimed]:
        """Nothing at night. That, and what came too late and expires, is looked at once a second."""
        if now >= self._look_at:
            self._look_at = now + _LOOK_EVERY
            await claim_rows.expire(tx, now)
            self._is_awake = (await self._project.hours(tx)).awake(now) == now
        limit = self._room() if self._is_awake and not self._stopping else 0
        if limit <= 0:
            return []
        busy = () if self._limiter is None else self._limiter.busy().keys()
        left = await claim_rows.abandoned(tx, now, limit + len(self._in_hand), busy)
        again = [one for one in left if one.id not in self._in_hand][:limit]
        batch = self._admitted([*again, *await self._fresh(tx, now, limit - len(again), busy)], now)
        await claim_rows.claim(tx, batch, now + self._lease)
        self._in_hand.update(one.id for one in batch)
        return batch

    async def _fresh(self, tx: Transaction, now: datetime, limit: int, busy: Chats) -> list[Claimed]:
        """What was planned before the consent had another version waits for nobody: they are asked anew first."""
        found = await claim_rows.due(tx, now, limit, busy, self._last_lane)
        while found and not (agreed := await _with_consent(tx, found)):
            found = await claim_rows.due(tx, now, _CLAIM_AT_ONCE, busy, self._last_lane)
        return agreed[:limit] if found else []

    def _room(self) -> int:
        """How many are worth reading: what goes along with files may take the place of several."""
        if self._limiter is None:
            return _CLAIM_AT_ONCE
        return self._limiter.room() if self._metronome is None else _CLAIM_AHEAD

    def _admitted(self, claimed: list[Claimed], now: datetime) -> list[Claimed]:
        """Those that may go now. Where there is no place for one, none behind it takes what little is left; a metronome
        keeps them waiting for their places by itself."""
        if self._limiter is None:
            return claimed
        going = []
        for one in claimed:
            chat, number, is_bulk = one.outgoing.chat, count(one.outgoing), one.urgency is Urgency.BULK
            if self._metronome is None and self._limiter.full_until(number, is_bulk=is_bulk) > now:
                break
            if self._limiter.chat_ready_at(chat, number) <= now:
                self._limiter.take(chat, number)
                self._last_lane = one.lane if is_bulk else self._last_lane
                going.append(one)
        return going

    async def _settle(self, settlements: list[Settlement]) -> None:
        for one in settlements:
            if one.failure is not None:
                self._note(one, one.failure)
        await self._write(settlements)

    def _note(self, settlement: Settlement, failure: Failure) -> None:
        is_fault = failure.kind is FailureKind.OURS and not failure.is_refusal
        level = logging.ERROR if is_fault else logging.WARNING
        row = settlement.claimed
        log.log(level, "outbox row %s: %s (%s), now %s", row.id, failure.kind, failure.detail, settlement.state)
        if failure.kind is FailureKind.RETRY_AFTER and self._limiter is not None:
            self._limiter.hold(row.outgoing.chat, failure.retry_after)

    async def _write(self, settlements: list[Settlement]) -> None:
        """Settle, together with what could not be written before; what cannot be written now is kept for later."""
        self._unsettled += settlements
        try:
            await self._record(self._unsettled)
        except DatabaseUnavailableError as error:
            log.error("delivery is not written down yet (%s rows): %s", len(self._unsettled), error.reason)  # noqa: TRY400
            return
        self._in_hand.difference_update(one.claimed.id for one in self._unsettled)
        self._unsettled = []

    async def _record(self, settlements: list[Settlement]) -> None:
        """Settle with what follows in one transaction; where a mistake of ours spoils that, settle without it."""
        try:
            async with self._database.transaction() as tx:
                await claim_rows.settle(tx, settlements)
                for one in settlements:
                    if one.failure is not None:
                        await self._follow_up(tx, one.claimed, one.failure)
        except DatabaseUnavailableError:
            raise
        except Exception:
            log.exception("what follows from failed messages went wrong")
            async with self._database.transaction() as tx:
                await claim_rows.settle(tx, settlements)

    async def _follow_up(self, tx: Transaction, row: Claimed, failure: Failure) -> None:
        now, chat = self._clock(), row.outgoing.chat
        match failure.kind:
            case FailureKind.BLOCKED if row.person_id is not None:
                await lose_person(tx, self._project, Account(chat.messenger, chat.chat_id), now)
            case FailureKind.BLOCKED | FailureKind.GONE if row.group_id is not None:
                group = await group_rows.get_group(tx, row.group_id)
                if group is not None:
                    await lose_group(tx, self._project, group, now)
            case FailureKind.MIGRATED if failure.new_chat_id is not None:
                await group_rows.migrate(tx, chat.messenger, chat.chat_id, failure.new_chat_id)
            case FailureKind.OURS if row.group_id is not None and not failure.is_refusal:
                group = await group_rows.get_group(tx, row.group_id)
                title = "" if group is None else group.title
                await self._project.tell_coordinators(tx, f"fault:{row.id}", "outbox.fault", now, title=title)


async def _with_consent(tx: Transaction, found: list[Claimed]) -> list[Claimed]:
    """Those who have agreed; the rest is withdrawn."""
    people = {one.person_id for one in found if one.person_id is not None}
    refused = people - await people_rows.agreed_people(tx, people) if people else set()
    await outbox_rows.withdraw(tx, [one.id for one in found if one.person_id in refused])
    return [one for one in found if one.person_id not in refused]
