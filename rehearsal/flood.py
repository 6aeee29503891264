"""Telegram's limits on sending, judged by the world's clock."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from domain.clock import Clock
from rehearsal.refusals import too_many_requests


@dataclass
class Flood:
    """30 messages a second for the bot, 20 a minute to a group, one a second to a chat with a burst.

    Telegram does not publish the size of the burst; ten is on the strict side of what people report. A refused message
    does not count. Edits and answers to presses are free here.
    """

    per_second: int = 30
    per_group_minute: int = 20
    chat_rate: float = 1.0
    chat_burst: int = 10
    _overall: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _groups: dict[tuple[int, int], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _allowance: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)

    def charge(self, clock: Clock, bot: int, chat: int, count: int = 1) -> None:
        """Count ``count`` messages or refuse with 429 and the whole seconds to wait."""
        now = clock().timestamp()
        left, seen = self._allowance.get((bot, chat), (float(self.chat_burst), now))
        left = min(self.chat_burst, left + (now - seen) * self.chat_rate)
        overall = self._overall[bot]
        wait = max(
            _until_free(overall, now, 1.0, self.per_second, count),
            _until_free(self._groups[bot, chat], now, 60.0, self.per_group_minute, count) if chat < 0 else 0.0,
            (min(count, self.chat_burst) - left) / self.chat_rate,
        )
        if wait > 0:
            raise too_many_requests(max(math.ceil(wait), 1))
        overall.extend([now] * count)
        if chat < 0:
            self._groups[bot, chat].extend([now] * count)
        self._allowance[bot, chat] = (left - count, now)


def _until_free(sent: deque[float], now: float, window: float, limit: int, count: int) -> float:
    """Seconds until ``count`` more fit into the window."""
    while sent and sent[0] <= now - window:
        sent.popleft()
    excess = len(sent) + count - limit
    if excess <= 0 or not sent:
        return 0.0
    return sent[min(excess, len(sent)) - 1] + window - now
