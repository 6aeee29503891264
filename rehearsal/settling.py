"""Waiting until the bot under test has nothing left to do."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rehearsal.world import World

STEP = 0.003
PROBED_QUIET = 0.012
BLIND_QUIET = 0.05


class NotSettledError(TimeoutError):
    """The bot did not finish in the real time given; says what was still under way."""


async def settle(world: "World", within: float, quiet: float | None = None) -> None:
    """Wait until every update is confirmed, no request is in flight, no probe is busy — for ``quiet`` real seconds.

    A poller confirms an update when it asks for the next one, which may be before its handler is done; ``Inflight``
    given to the dispatcher closes that gap exactly, without a probe the quiet time has to be longer. Raises after
    ``within`` seconds.
    """
    if quiet is None:
        quiet = PROBED_QUIET if world.busy else BLIND_QUIET
    deadline = time.monotonic() + within
    calm_since, seen = time.monotonic(), _activity(world)
    while True:
        await asyncio.sleep(STEP)
        now, activity = time.monotonic(), _activity(world)
        if activity != seen or _busy(world):
            calm_since, seen = now, activity
        elif now - calm_since >= quiet:
            return
        if now > deadline:
            raise NotSettledError(f"not settled in {within} s: {_reasons(world)}")


def is_answering(world: "World") -> bool:
    """Whether a bot has an update to take or, as far as the probes tell, handles one: somebody waits for its answer."""
    return any(len(bot.queue) for bot in world.bots.values()) or any(probe() for probe in world.busy)


def pushed(world: "World") -> int:
    """How many updates the bots were ever given."""
    return sum(bot.queue.pushed for bot in world.bots.values())


def _activity(world: "World") -> tuple[int, int]:
    return world.calls.total(), pushed(world)


def _busy(world: "World") -> bool:
    return world.in_flight > 0 or is_answering(world)


def _reasons(world: "World") -> str:
    reasons = [f"{world.in_flight} requests in flight"] if world.in_flight else []
    for bot in world.bots.values():
        if pending := bot.queue.pending():
            listens = "" if bot.polled or bot.webhook else ", nobody has ever asked for updates"
            reasons.append(f"@{bot.username} has {len(pending)} updates to take, first {pending[0].wire()}{listens}")
    reasons += ["a probe is busy"] if any(probe() for probe in world.busy) else []
    return "; ".join(reasons) or "the bot keeps calling"


class Inflight:
    """An outer middleware that counts updates being handled: ``dispatcher.update.outer_middleware(inflight)`` and
    ``world.busy.append(inflight)``."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, *call: Any) -> Any:
        return self._counted(*call) if call else self.count > 0

    async def _counted(self, handler: Any, event: Any, data: Any) -> Any:
        self.count += 1
        try:
            return await handler(event, data)
        finally:
            self.count -= 1
