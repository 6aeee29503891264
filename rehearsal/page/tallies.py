"""What is read, unread and last in each chat, counted as events come and never by looking through all messages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from rehearsal.chats import Chat
from rehearsal.events import Event
from rehearsal.messages import Message
from rehearsal.world import World


@dataclass(slots=True)
class Tally:
    """``read`` is the order up to which everything has been seen, ``unread`` counts what the bot said after it."""

    read: int = 0
    unread: int = 0
    last: Message | None = None

    @property
    def newest(self) -> int:
        """The order of the last message, 0 in an empty chat."""
        return self.last.order if self.last else 0


class Tallies:
    """What has been read is known to nobody else: the world does not ask who looks at the screen."""

    def __init__(self, world: World) -> None:
        self._tallies: dict[Chat, Tally] = {}
        for message in world.messages():
            self._came(message)
        world.events.listeners.append(self._heard)

    def of(self, chat: Chat | None) -> Tally:
        """The tally of a chat; an empty one for a chat that nobody has opened yet."""
        return self._tallies.get(chat, Tally()) if chat else Tally()

    def read(self, chat: Chat, order: int) -> None:
        """Everything up to the message of this order has been seen."""
        tally = self._tallies.setdefault(chat, Tally())
        tally.read = max(order, tally.read)
        tally.unread = sum(map(_is_news, _after(chat, tally.read)))

    def read_all(self) -> None:
        """Nothing is new in any chat."""
        for tally in self._tallies.values():
            tally.read, tally.unread = tally.newest, 0

    def _heard(self, event: Event) -> None:
        if event.message is None:
            return
        if event.kind == "message":
            self._came(event.message)
        elif event.kind == "deleted":
            self._went(event.message)

    def _came(self, message: Message) -> None:
        tally = self._tallies.setdefault(message.chat, Tally())
        tally.last = message
        tally.unread += _is_news(message)

    def _went(self, message: Message) -> None:
        tally = self._tallies[message.chat]
        if tally.last is message:
            tally.last = next(_after(message.chat, 0), None)
        self.read(message.chat, tally.read)


def _after(chat: Chat, order: int) -> Iterator[Message]:
    """Messages later than ``order``, the last one first; looks no further back."""
    later = takewhile(lambda message: message.order > order, reversed(chat.messages.values()))
    return (message for message in later if not message.deleted)


def _is_news(message: Message) -> bool:
    return message.sender.is_bot and message.service is None
