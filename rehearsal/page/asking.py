"""What an action was asked with, looked up in the world and checked before anything is done."""

import math
from typing import Any

from rehearsal.chats import Chat, Group
from rehearsal.messages import Message
from rehearsal.page.action import NotDoneError
from rehearsal.person import Person
from rehearsal.refusals import Json
from rehearsal.world import World


class Asked:
    """Names the acting ``person`` and the ``chat``: a group's id, or the person's own for the private one."""

    def __init__(self, world: World, asked: Json) -> None:
        self.world = world
        self.asked = asked

    def __getitem__(self, name: str) -> Any:
        return self.asked[name]

    @property
    def person(self) -> Person:
        return self.world.people[self.asked["person"]]

    @property
    def group(self) -> Group:
        """The group as it is now: after an upgrade, the supergroup."""
        return self.world.groups[self.asked["chat"]].now

    @property
    def chat(self) -> Chat:
        """The group, or the private chat of the person who acts."""
        person = self.person
        return person.private() if self.asked["chat"] == person.id else self.group

    @property
    def own_group(self) -> Group:
        """The group, if the person is in it."""
        return self._entered(self.group)

    @property
    def own_chat(self) -> Chat:
        """The chat, if the person is in it."""
        chat = self.chat
        return self._entered(chat) if isinstance(chat, Group) else chat

    def _entered(self, group: Group) -> Group:
        if not group.has(self.person):
            raise NotDoneError("not-in-group", name=self.person.name)
        return group

    def reply_in(self, chat: Chat) -> Message | None:
        """The message replied to, if one was named and is still there."""
        named = self.asked.get("reply_to")
        message = chat.messages[named] if named else None
        return None if message is None or message.deleted else message

    def words(self, name: str, most: int) -> str:
        """A text that is not empty and not too long."""
        words: str = self.asked[name].strip()
        if not words or len(words) > most:
            raise ValueError(f"{name} has 1-{most} characters")
        return words

    def number(self, name: str, most: float) -> float:
        """A number between ``-most`` and ``most``."""
        number = float(self.asked[name])
        if not math.isfinite(number) or abs(number) > most:
            raise ValueError(f"{name} is not over {most}")
        return number
