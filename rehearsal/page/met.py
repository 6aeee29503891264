"""What calls met, message by message: the troubles of one and the same message together, and whether it arrived."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rehearsal.faults import Kind, Met
from rehearsal.methods.words import parsed
from rehearsal.page.finding import chat_of
from rehearsal.refusals import RefusalError
from rehearsal.world import World

_SAME_MESSAGE = timedelta(hours=1)
"""Within it, the same words to the same chat are one message tried again."""


@dataclass
class Story:
    """``came`` are the instants at which the message appeared in the chat since its first trouble."""

    chat_id: int
    source: str
    words: str
    at: datetime
    order: int
    last: datetime
    kinds: Counter[Kind] = field(default_factory=Counter)
    came: list[datetime] = field(default_factory=list)
    next_order: int | None = None

    def is_about(self, chat_id: int, text: str) -> bool:
        """Whether it is the story of this message."""
        return (self.chat_id, self.source) == (chat_id, text)


def stories(world: World, shown: int) -> list[Story]:
    """The latest stories, the newest first."""
    told = _gathered(world.faults.met)[-shown:]
    for story in told:
        story.came = list(_came(world, story))
    return told[::-1]


def _gathered(met: Iterable[Met]) -> list[Story]:
    told: list[Story] = []
    open_: dict[tuple[int, str], Story] = {}
    for one in met:
        if one.chat_id is None:
            continue
        key = (one.chat_id, one.text)
        story = open_.get(key)
        if story is None or one.at - story.last > _SAME_MESSAGE:
            if story is not None:
                story.next_order = one.order
            story = open_[key] = Story(*key, plain(one.text), one.at, one.order, one.at)
            told.append(story)
        story.kinds[one.kind] += 1
        story.last = one.at
    return told


def plain(source: str) -> str:
    """The words as people see them."""
    try:
        return parsed(source, "html", None).text
    except RefusalError:
        return source


def _came(world: World, story: Story) -> Iterator[datetime]:
    chat = chat_of(world, story.chat_id)
    for message in chat.messages.values() if chat else ():
        before_next = story.next_order is None or message.order <= story.next_order
        if message.order > story.order and before_next and message.sender is world.bot:
            first = message.edits[0].text if message.edits else message.text
            if first == story.words:
                yield message.at
