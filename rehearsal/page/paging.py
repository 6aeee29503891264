"""A part of a conversation at a time: the latest messages, and more of them when the reader scrolls."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from rehearsal.chats import Chat, Group
from rehearsal.messages import Message
from rehearsal.page.action import NotDoneError
from rehearsal.person import Person
from rehearsal.refusals import Json

MOST = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """Messages in their order; ``more`` says that there are older ones, ``newer`` that there are later ones."""

    messages: list[Message]
    more: bool
    newer: bool


def part_of(
    seen: list[Message], limit: int, *, before: int | None = None, after: int | None = None, around: int | None = None
) -> Passage:
    """At most ``limit`` messages: before an order, after it, on both sides of it, or the last ones."""
    if after is not None:
        start = bisect_right(seen, after, key=_order)
    elif around is not None:
        start = bisect_left(seen, around, key=_order) - limit // 2
        start = max(0, min(start, len(seen) - limit))
    else:
        end = len(seen) if before is None else bisect_left(seen, before, key=_order)
        start = max(0, end - limit)
        limit = end - start
    messages = seen[start : start + limit]
    return Passage(messages, more=start > 0, newer=start + len(messages) < len(seen))


def seen_by(person: Person, chat: Chat) -> list[Message]:
    """What the person sees, oldest first: whoever has left sees nothing that came after, a stranger sees nothing."""
    messages = list(chat.live())
    if chat.has(person):
        return messages
    if not isinstance(chat, Group) or person.id not in chat.members:
        raise NotDoneError("not-in-group", name=person.name)
    left = next((place for place in reversed(range(len(messages))) if _leaves(messages[place], person)), -1)
    return messages[: left + 1]


def _leaves(message: Message, person: Person) -> bool:
    gone: Json = (message.service or {}).get("left_chat_member", {})
    return gone.get("id") == person.id


def _order(message: Message) -> int:
    return message.order
