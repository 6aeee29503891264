"""Delivery: claim, send, settle. At least once; at most the few in flight can arrive twice after a crash."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from actions.delivery import Delivery
from actions.groups import lose_group
from actions.people import lose_person
from actions.project import Project
from channels.base import Channel
from channels.limiter import Limiter
from domain.clock import Clock
from domain.outbox import Claimed, Failure, FailureKind, Settlement, Tally
from domain.people import Account
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
_CLAIM_AT_ONCE = 300


class Outbox:
    """Sends what is due through the channels, within the limits of the messengers and not in the quiet hours.

    ``limiter`` is ``None`` only where limits are off: in benches. ``lease`` is how long a claimed message belongs to
    the process that claimed it.
    """

    def __init__(
        self,
        database: Database,
        project: Project,
        channels: Mapping[str, Channel],
        limiter: Limiter | None,
        clock: Clock,
        lease: timedelta = LEASE,
    ) -> None:
        self._database = database
        self._project = project
        self._channels = channels
        self._limiter = limiter
        self._clock = clock
        self._lease = lease
        self._one_at_a_time = asyncio.Lock()
        self._unsettled: list[Settlement] = []
        self._stopping = False

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
            delivery = Delivery(self._channels, self._clock, self._claim_more, self._settle, lambda: self._stopping)
            tried, untried = await delivery.run(batch)
            if untried:
                async with self._database.transaction() as tx:
                    await outbox_rows.release(tx, [one.id for one in untried])
            return tried

    async def tally(self, shown: int = 50) -> Tally:
        """What became of all messages, with the ``shown`` latest that have not arrived."""
        async with self._database.read() as tx:
            return Tally(await outbox_rows.counts(tx), await outbox_rows.unsent(tx, shown))

    async def next_moment(self) -> datetime | None:
        """The earliest instant at which there may be something to send; ``None`` when nothing waits."""
        async with self._database.read() as tx:
            due = await outbox_rows.next_due(tx)
            if due is None:
                return None
            hours = await self._project.hours(tx)
        now = self._clock()
        ready = [] if self._limiter is None else [self._limiter.full_until(), *self._limiter.busy().values()]
        return hours.awake(min([moment for moment in ready if moment > now], default=now) if due <= now else due)

    async def _claim_first(self) -> list[Claimed]:
        """Nothing at night. That, and what came too late and expires, is looked at once a run: a run takes seconds."""
        now = self._clock()
        async with self._database.transaction() as tx:
            await outbox_rows.expire(tx, now)
            await _withdraw_without_consent(tx, now)
            awake = (await self._project.hours(tx)).awake(now) == now
            return await self._claim(tx, now) if awake and not self._is_full(now) else []

    def _is_full(self, now: datetime) -> bool:
        return self._stopping or (self._limiter is not None and self._limiter.full_until() > now)

    async def _claim(self, tx: Transaction, now: datetime) -> list[Claimed]:
        busy = () if self._limiter is None else self._limiter.busy().keys()
        rows = [one for one in await outbox_rows.due(tx, now, _CLAIM_AT_ONCE, busy) if self._admit(one, now)]
        await outbox_rows.claim(tx, rows, now + self._lease)
        return rows

    async def _claim_more(self) -> list[Claimed]:
        """The next messages of a run; a database in trouble ends the run, not what is in flight."""
        now = self._clock()
        if self._is_full(now):
            return []
        try:
            async with self._database.transaction() as tx:
                return await self._claim(tx, now)
        except DatabaseUnavailableError as error:
            log.error("nothing more is claimed for now: %s", error.reason)  # noqa: TRY400  known, no trace needed
            return []

    def _admit(self, claimed: Claimed, now: datetime) -> bool:
        chat = claimed.outgoing.chat
        if self._limiter is None:
            return True
        if self._limiter.ready_at(chat) > now:
            return False
        self._limiter.take(chat)
        return True

    async def _settle(self, settlements: list[Settlement]) -> None:
        for one in settlements:
            if one.failure is not None:
                self._note(one, one.failure)
        await self._write(settlements)

    def _note(self, settlement: Settlement, failure: Failure) -> None:
        level = logging.ERROR if failure.kind is FailureKind.OURS else logging.WARNING
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
        self._unsettled = []

    async def _record(self, settlements: list[Settlement]) -> None:
        """Settle with what follows in one transaction; where a mistake of ours spoils that, settle without it."""
        try:
            async with self._database.transaction() as tx:
                await outbox_rows.settle(tx, settlements)
                for one in settlements:
                    if one.failure is not None:
                        await self._follow_up(tx, one.claimed, one.failure)
        except DatabaseUnavailableError:
            raise
        except Exception:
            log.exception("what follows from failed messages went wrong")
            async with self._database.transaction() as tx:
                await outbox_rows.settle(tx, settlements)

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
            case FailureKind.OURS if row.group_id is not None:
                group = await group_rows.get_group(tx, row.group_id)
                title = "" if group is None else group.title
                await self._project.tell_coordinators(tx, f"fault:{row.id}", "outbox.fault", now, title=title)


async def _withdraw_without_consent(tx: Transaction, now: datetime) -> None:
    """What was planned before the consent had another version waits for nobody: they are asked anew first."""
    waiting = await outbox_rows.due_people(tx, now)
    if waiting:
        agreed = await people_rows.agreed_people(tx, set(waiting.values()))
        await outbox_rows.withdraw(tx, [one for one, person_id in waiting.items() if person_id not in agreed])
