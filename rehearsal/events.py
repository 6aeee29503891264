"""News of the world for whoever watches it: the chat page, a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rehearsal.accounts import Account
    from rehearsal.chats import Chat
    from rehearsal.messages import Message

Kind = Literal[
    "message", "edited", "deleted", "pressed", "answered", "membership", "chat", "clock", "typing", "bot",
    "timeline", "troubles", "over", "read",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened. ``detail`` is a word or a sentence: the toast, the status, the instant."""

    kind: Kind
    chat: "Chat | None" = None
    message: "Message | None" = None
    account: "Account | None" = None
    detail: str = ""


class Subscription:
    """``with world.subscribe() as events: async for event in events: ...`` — every event after entering, in order."""

    def __init__(self, hub: "Events") -> None:
        self._hub = hub
        self._queue: asyncio.Queue[Event] = asyncio.Queue()

    def __enter__(self) -> "Subscription":
        self._hub.subscribers.append(self._queue)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hub.subscribers.remove(self._queue)

    async def next(self) -> Event:
        return await self._queue.get()

    def waiting(self) -> list[Event]:
        """Take everything that has come by now."""
        return [self._queue.get_nowait() for _ in range(self._queue.qsize())]

    async def __aiter__(self) -> AsyncIterator[Event]:
        while True:
            yield await self._queue.get()


class Events:
    """``listeners`` are called at once, before anybody else hears: whoever counts stays true to the world."""

    def __init__(self) -> None:
        self.subscribers: list[asyncio.Queue[Event]] = []
        self.listeners: list[Callable[[Event], None]] = []

    def publish(self, event: Event) -> None:
        for listener in self.listeners:
            listener(event)
        for queue in self.subscribers:
            queue.put_nowait(event)
