"""Events of the world for the browser: as things are now, so that one that comes late repeats what was said already."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from rehearsal.chats import Chat
from rehearsal.events import Event, Subscription
from rehearsal.messages import Message
from rehearsal.page.view import PageView
from rehearsal.refusals import Json

_WHOLE = {"chat", "membership", "bot"}
"""Rare events after which the whole list is told again."""
_OF_MESSAGES = {"message", "edited", "deleted"}
_QUIET_S = 15.0
_GATHERED_S = 0.02
"""A pause after the first event: what a press or a jump brings comes together."""


async def batch(heard: Subscription) -> list[Event]:
    """The next events, or none after a while of silence: a written line shows whether the browser is still there."""
    try:
        async with asyncio.timeout(_QUIET_S):
            first = await heard.next()
    except TimeoutError:
        return []
    await asyncio.sleep(_GATHERED_S)
    return [first, *heard.waiting()]


class News:
    """Many events at once become few: one state, one clock, each message once.

    ``parts`` gives by its name what is told whole: the ``state``, and whatever has its own kind of event, as ``clock``.
    """

    def __init__(self, view: PageView, parts: Mapping[str, Callable[[], Json]]) -> None:
        self._view = view
        self._parts = parts

    def told(self, events: Iterable[Event]) -> list[tuple[str, Json]]:
        """Names with what they say."""
        kinds: set[str] = set()
        messages: dict[Message, None] = {}
        read: dict[Chat, None] = {}
        for event in events:
            kinds.add(event.kind)
            if event.kind == "read" and event.chat is not None:
                read[event.chat] = None
            if event.message is not None and event.kind in _OF_MESSAGES and self._view.is_shown(event.chat):
                messages[event.message] = None
        if kinds & _WHOLE:
            kinds.add("state")
        whole = [(name, part()) for name, part in self._parts.items() if name in kinds]
        return [*whole, *map(self._message, messages), *map(self._read, read)]

    def _read(self, chat: Chat) -> tuple[str, Json]:
        """In another tab, or in this one: what is new in the chat is not new any more."""
        return "read", {"chat": chat.id, "summary": self._view.summary(chat)}

    def _message(self, message: Message) -> tuple[str, Json]:
        if message.deleted:
            gone = {"chat": message.chat.id, "id": message.id, "summary": self._view.summary(message.chat)}
            return "deleted", gone
        return "message", self._view.told(message)
