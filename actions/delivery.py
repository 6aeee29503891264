"""One delivery run: claims go in at one end, settlements come out at the other, sends overlap in between."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from weakref import WeakValueDictionary

from channels.base import Channel
from channels.metronome import Metronome
from domain.album import count
from domain.clock import Clock
from domain.outbox import Claimed, Failure, FailureKind, Sent, Settlement, Urgency, settle

IN_FLIGHT = 30
_WAITING = 60
"""Claimed messages that wait for a free sender, so that nobody waits for the database."""
_UNWRITTEN = 60
"""Sent messages that may wait to be written down, and as many being written: after a crash they arrive twice.

At the pace of a messenger (30/s) one or two wait; only with limits off the bound matters, a smaller one is slower."""

_Chat = tuple[str, int]


class Delivery:
    """``claim`` gives the next messages, an empty list ends the run; ``write`` settles several at once. Each message
    waits for its turn where there is a ``metronome``."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        clock: Clock,
        claim: Callable[[], Awaitable[list[Claimed]]],
        write: Callable[[list[Settlement]], Awaitable[None]],
        is_stopping: Callable[[], bool],
        metronome: Metronome | None = None,
    ) -> None:
        self._channels = channels
        self._clock = clock
        self._claim = claim
        self._write = write
        self._is_stopping = is_stopping
        self._metronome = metronome
        self._to_send: asyncio.Queue[Claimed | None] = asyncio.Queue(_WAITING)
        self._to_write: asyncio.Queue[Settlement | None] = asyncio.Queue(_UNWRITTEN)
        # one message to a chat at a time keeps their order; whom nobody writes to is forgotten: a run may take minutes
        self._turns: WeakValueDictionary[_Chat, asyncio.Lock] = WeakValueDictionary()
        self._held: dict[_Chat, datetime] = {}
        self._tried = 0
        self._untried: list[Claimed] = []

    async def run(self, batch: list[Claimed]) -> tuple[int, list[Claimed]]:
        """Send the batch and all that ``claim`` gives after it; returns the number tried and what was not tried."""
        async with asyncio.TaskGroup() as writing:
            writing.create_task(self._keep_writing())
            async with asyncio.TaskGroup() as sending:
                for _ in range(IN_FLIGHT):
                    sending.create_task(self._keep_sending())
                await self._feed(batch)
            await self._to_write.put(None)
        return self._tried, self._untried

    async def _feed(self, batch: list[Claimed]) -> None:
        try:
            while batch:
                for claimed in batch:
                    if self._metronome is not None:
                        await self._metronome.turn(
                            claimed.id, count(claimed.outgoing), is_bulk=claimed.urgency is Urgency.BULK
                        )
                    await self._to_send.put(claimed)
                batch = await self._claim()
        finally:
            for _ in range(IN_FLIGHT):
                await self._to_send.put(None)

    async def _keep_sending(self) -> None:
        while (claimed := await self._to_send.get()) is not None:
            chat = claimed.outgoing.chat.messenger, claimed.outgoing.chat.chat_id
            async with self._turns.setdefault(chat, asyncio.Lock()):
                if self._is_stopping() or self._held.get(chat, self._clock()) > self._clock():
                    self._untried.append(claimed)
                    continue
                outcome = await self._send(claimed)
                now = self._clock()
                if self._metronome is not None:
                    self._metronome.answered(claimed.id)
                if isinstance(outcome, Failure) and outcome.kind is FailureKind.RETRY_AFTER:
                    self._held[chat] = now + outcome.retry_after  # the rest of that chat waits, unsent
            self._tried += 1
            await self._to_write.put(settle(claimed, outcome, now))

    async def _send(self, claimed: Claimed) -> Sent | Failure:
        channel = self._channels.get(claimed.outgoing.chat.messenger)
        if channel is None:
            return Failure(FailureKind.LATER, "no such messenger is set up")
        try:
            return await channel.send(claimed.outgoing)
        except Exception as error:  # noqa: BLE001  one bad row never stops the rest
            return Failure(FailureKind.OURS, type(error).__name__)

    async def _keep_writing(self) -> None:
        done = False
        while not done:
            first = await self._to_write.get()
            ready = [first, *(self._to_write.get_nowait() for _ in range(self._to_write.qsize()))]
            done = None in ready
            settlements = [one for one in ready if one is not None]
            if settlements:
                await self._write(settlements)
