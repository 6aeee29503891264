"""Keeps the messenger's limits instead of discovering them by errors (messengers.md)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.outbox import ChatAddress

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_SWEEP_AT = 500
_WHILE_PEOPLE_PRESS = timedelta(minutes=1)
"""Since the last answer of a handler."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` messages in any ``period``."""

    count: int
    period: timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's: 30/s overall, 20/min a group, 1/s a chat with a burst of three."""

    overall: Limit = Limit(30, timedelta(seconds=1))
    group: Limit = Limit(20, timedelta(minutes=1))
    chat: Limit = Limit(3, timedelta(seconds=3))


class _Window:
    """The instants of the last messages under one limit."""

    __slots__ = ("_limit", "_taken", "not_before")

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._taken: deque[datetime] = deque(maxlen=limit.count)
        self.not_before = _LONG_AGO

    def ready_at(self, count: int = 1, spare: int = 0) -> datetime:
        """When ``count`` more may go, so that ``spare`` places stay free; what is more than ever fits goes alone."""
        room = max(self._limit.count - spare, 1)
        must_leave = len(self._taken) + min(count, room) - room
        if must_leave <= 0:
            return self.not_before
        return max(self.not_before, self._taken[must_leave - 1] + self._limit.period)

    def take(self, now: datetime, count: int = 1) -> None:
        self._taken.extend([now] * min(count, self._limit.count))
        if count > self._limit.count:
            self.not_before = max(self.not_before, now + self._limit.period * count / self._limit.count)

    def taken(self, now: datetime) -> int:
        """How many went in the period that ends now."""
        return sum(moment + self._limit.period > now for moment in self._taken)

    @property
    def latest(self) -> datetime:
        """When the last one went."""
        return self._taken[-1] if self._taken else _LONG_AGO

    def is_idle(self, now: datetime) -> bool:
        return self.not_before <= now and (not self._taken or self.latest + self._limit.period <= now)


class Limiter:
    """One for each bot. It knows what the outbox sends and what handlers answer; nobody waits inside it.

    Of the places of a second, what goes to many leaves as many free as handlers have just used: one at least while
    people press, a third at most. So answers meet no refusal then, and nothing is lost while nobody presses.
    """

    def __init__(self, clock: Callable[[], datetime], limits: Limits | None = None) -> None:
        self._clock = clock
        self.limits = limits or Limits()
        self._overall = _Window(self.limits.overall)
        self._answers = _Window(self.limits.overall)
        self._chats: dict[tuple[str, int], tuple[_Window, ...]] = {}

    def chat_ready_at(self, chat: ChatAddress, count: int = 1) -> datetime:
        """The earliest instant at which that chat takes ``count`` messages together."""
        return max(window.ready_at(count) for window in self._windows(chat))

    def full_until(self, count: int = 1, *, is_bulk: bool = False) -> datetime:
        """The earliest instant at which ``count`` messages may go to anybody."""
        return self._overall.ready_at(count, self._spare() if is_bulk else 0)

    def room(self) -> int:
        """How many messages may go now."""
        return self.limits.overall.count - self._overall.taken(self._clock())

    def take(self, chat: ChatAddress, count: int = 1, *, is_answer: bool = False) -> None:
        """So many messages go to that chat now."""
        now = self._clock()
        for window in (self._overall, *self._windows(chat)):
            window.take(now, count)
        if is_answer:
            self._answers.take(now, count)

    def answers(self, *, is_bulk: bool = False) -> int:
        """Places of the last period that handlers have used, with those that what goes to many leaves for them."""
        return self._answers.taken(self._clock()) + (self._spare() if is_bulk else 0)

    def _spare(self) -> int:
        now = self._clock()
        just_now, lately = self._answers.taken(now), self._answers.latest > now - _WHILE_PEOPLE_PRESS
        return min(max(just_now, int(lately)), self.limits.overall.count // 3)

    def hold(self, chat: ChatAddress, pause: timedelta) -> None:
        """The messenger asked to leave that chat alone for a while."""
        until = self._clock() + pause
        for window in self._windows(chat):
            window.not_before = max(window.not_before, until)

    def busy(self) -> dict[tuple[str, int], datetime]:
        """The chats (messenger, id) that have to wait, and until when."""
        now = self._clock()
        if len(self._chats) > _SWEEP_AT:
            idle = [key for key, windows in self._chats.items() if all(window.is_idle(now) for window in windows)]
            for key in idle:
                del self._chats[key]
        ready = {key: max(window.ready_at() for window in windows) for key, windows in self._chats.items()}
        return {key: moment for key, moment in ready.items() if moment > now}

    def _windows(self, chat: ChatAddress) -> tuple[_Window, ...]:
        key = (chat.messenger, chat.chat_id)
        found = self._chats.get(key)
        if found is None:
            limits = (self.limits.chat, self.limits.group) if chat.is_group else (self.limits.chat,)
            found = self._chats[key] = tuple(_Window(limit) for limit in limits)
        return found
