"""Even steps, and no second of the messenger's that is over the limit, wherever its seconds begin."""

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from channels.limiter import Limiter
from domain.clock import Clock

_LONGEST_WAY = timedelta(seconds=1)
"""After which a message is taken to have arrived though nothing was answered yet."""
_REMEMBERED = 100
"""Answers whose quickest shows what the way takes at least."""
_UNSURE = timedelta(milliseconds=20)
"""By how much the way may be shorter yet: one message is quick to go, another's answer is quick to come."""
_LONGEST_S = 1.0
"""A clock that was set back holds nobody up."""


@dataclass(slots=True)
class _Sent:
    key: int
    count: int
    at: datetime
    arrived_at: datetime


class Metronome:
    """Gives each message its turn. It waits in real time.

    The messenger counts a message when it arrives: somewhere between our sending it and its answer. So a place is free
    again a period after the answer, not after the sending, less what the way there and back takes at least: a message
    that was slow is never counted with those of the next second, and a distant messenger makes nothing slower.
    """

    def __init__(self, limiter: Limiter, clock: Clock) -> None:
        self._limiter = limiter
        self._limit = limiter.limits.overall
        self._clock = clock
        self._step = self._limit.period / self._limit.count
        self._free_at = self._last_at = datetime.min.replace(tzinfo=UTC)
        self._sent: deque[_Sent] = deque()
        self._ways: deque[timedelta] = deque(maxlen=_REMEMBERED)

    async def turn(self, key: int, count: int, *, is_bulk: bool = False) -> None:
        """Wait until so many messages may go, beside what handlers answer, and count them under this key.

        What was held up for less than a period is made up for, in half steps; nothing else is.
        """
        now = self._clock()
        mine = self._free_at if abs(now - self._free_at) <= self._limit.period else now
        self._free_at = mine + self._step * count
        await self.until(max(mine, self._last_at + self._step / 2))
        while (moment := self._ready_at(count, is_bulk=is_bulk)) is not None:
            await self.until(moment)
        self._last_at = now = self._clock()
        self._sent.append(_Sent(key, count, now, now + _LONGEST_WAY))

    def answered(self, key: int) -> None:
        """The messenger answered: they have arrived by now."""
        now = self._clock()
        for one in self._sent:
            if one.key == key:
                self._ways.append(max(now - one.at, timedelta()))
                one.arrived_at = min(one.arrived_at, now - max(min(self._ways) - _UNSURE, timedelta()))

    async def until(self, moment: datetime) -> None:
        """Wait for it, a second at most."""
        await asyncio.sleep(min(max((moment - self._clock()).total_seconds(), 0), _LONGEST_S))

    def _ready_at(self, count: int, *, is_bulk: bool) -> datetime | None:
        """When the next place is free; ``None`` where there are enough."""
        now = self._clock()
        since, latest = now - self._limit.period, now + _LONGEST_WAY  # later are those of a clock that was set back
        self._sent = deque(one for one in self._sent if since < one.arrived_at <= latest)
        places = self._limit.count - self._limiter.answers(is_bulk=is_bulk)
        if not self._sent or sum(one.count for one in self._sent) + count <= places:
            return None
        return min(one.arrived_at for one in self._sent) + self._limit.period
