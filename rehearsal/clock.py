"""The rehearsal's clock: the only time the world, the limits and the bot under test know."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta


class MovableClock:
    """Gives UTC-aware instants; moved by hand and never backwards.

    A frozen clock (the default) stands still between moves. A running one also goes on with real time, so the
    product lives at its usual pace and can still be sent a month ahead.
    """

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        if start.utcoffset() != timedelta(0):
            raise ValueError("the clock starts at a UTC-aware instant")
        self._base = start
        self._running_since = time.monotonic() if running else None
        self.on_move: list[Callable[[datetime], None]] = []

    def __call__(self) -> datetime:
        if self._running_since is None:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._running_since)

    @property
    def running(self) -> bool:
        return self._running_since is not None

    def advance(self, step: timedelta) -> datetime:
        """Move ahead by ``step`` and tell the listeners; a negative step is refused."""
        return self.set(self() + step)

    def set(self, instant: datetime) -> datetime:
        """Move to ``instant`` (UTC-aware) and tell the listeners; an instant in the past is refused."""
        if instant < self():
            raise ValueError(f"the clock does not go back: it is {self()}, asked for {instant}")
        self._move(instant)
        return instant

    def reach(self, instant: datetime) -> datetime:
        """Move to ``instant`` unless a running clock has passed it already."""
        now = self()
        if instant <= now:
            return now
        self._move(instant)
        return instant

    def _move(self, instant: datetime) -> None:
        self._base = instant
        if self._running_since is not None:
            self._running_since = time.monotonic()
        for tell in self.on_move:
            tell(instant)

    def run(self) -> None:
        """Go on with real time from the present instant."""
        if self._running_since is None:
            self._running_since = time.monotonic()

    def freeze(self) -> None:
        """Stand still at the present instant."""
        self._base, self._running_since = self(), None
