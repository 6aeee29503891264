"""What the page shows, as plain data: the list of chats, the people, the bot's commands, parts of conversations."""

import json
from typing import Any

from rehearsal.chats import Chat, Group, PrivateChat
from rehearsal.messages import Message
from rehearsal.page.bubble import Bubbles
from rehearsal.page.paging import Passage
from rehearsal.page.tallies import Tallies
from rehearsal.person import Person
from rehearsal.refusals import Json
from rehearsal.region import Cast, Part, Post
from rehearsal.world import World
from texts import Texts

_GUEST = Part(Post.STRANGER)


class PageView:
    """Reads the world. The list of chats carries no messages, so its size does not grow with what is said."""

    def __init__(self, world: World, texts: Texts) -> None:
        self.world = world
        self.texts = texts
        self.tallies = Tallies(world)
        self.bubbles = Bubbles(world.files, texts)

    def people(self, cast: Cast) -> list[Json]:
        """Everybody whose phone can be looked into, with the part they play; who came later is a stranger."""
        parts = [(person, cast.parts.get(person, _GUEST)) for person in self.world.people.values()]
        return [
            {
                "id": person.id,
                "name": person.name,
                "post": part.post,
                "part": self.texts.plain(f"page.part-{part.post}"),
                "place": part.place,
            }
            for person, part in parts
        ]

    def chats(self) -> list[Json]:
        """Groups as they are now, then the chat of each person with the bot, even where nobody has opened it."""
        groups = [group for group in self.world.groups.values() if group.migrated_to is None]
        return [self._group(group) for group in groups] + [self._private(p) for p in self.world.people.values()]

    def moved(self) -> dict[int, int]:
        """Where a group that became a supergroup is found now."""
        return {group.id: group.now.id for group in self.world.groups.values() if group.migrated_to}

    def summary(self, chat: Chat | None) -> Json:
        """What changes with each message: ``newest`` is the order of the last one."""
        tally = self.tallies.of(chat)
        last = self._last(tally.last) if tally.last else None
        return {"read": tally.read, "unread": tally.unread, "newest": tally.newest, "last": last}

    def told(self, message: Message) -> Json:
        """A message for the browser together with the summary of its chat."""
        return self.bubbles.of(message) | {"summary": self.summary(message.chat)}

    def part(self, part: Passage) -> Json:
        """A part of a conversation."""
        messages = [self.bubbles.of(message) for message in part.messages]
        return {"messages": messages, "more": part.more, "newer": part.newer}

    def is_shown(self, chat: Chat | None) -> bool:
        """Whether the chat is in the list: not what a supergroup has left behind, nor another bot's chat."""
        if isinstance(chat, PrivateChat):
            return chat.bot is self.world.bot
        return isinstance(chat, Group) and chat.migrated_to is None

    def _last(self, message: Message) -> Json:
        by_person = isinstance(message.chat, Group) and not message.sender.is_bot and message.service is None
        return {
            "preview": self.bubbles.preview(message),
            "at": message.at.isoformat(),
            "author": message.sender.name if by_person else "",
        }

    def _group(self, group: Group) -> Json:
        present = [place for place in group.members.values() if place.present]
        away = [place for place in group.members.values() if not place.present]
        return self.summary(group) | {
            "id": group.id,
            "kind": "group",
            "title": group.name,
            "members": [place.account.id for place in present if not place.account.is_bot],
            "away": [place.account.id for place in away if not place.account.is_bot],
            "leaders": [place.account.id for place in present if place.leads],
            "owner": next((place.account.id for place in present if place.status == "creator"), None),
            "bot": group.has(self.world.bot),
            "plain": group.kind == "group",
        }

    def _private(self, person: Person) -> Json:
        chat = self.world.privates.get((self.world.bot.id, person.id))
        return self.summary(chat) | {
            "id": person.id,
            "kind": "private",
            "title": person.name,
            "members": [person.id],
            "bot": True,
            "blocked": chat is not None and chat.blocked,
        }

    def commands(self) -> Json:
        """What the menu of commands offers in private chats and in groups."""
        return {
            "private": self._scoped("all_private_chats"),
            "group": self._scoped("all_group_chats"),
        }

    def _scoped(self, scope: str) -> list[dict[str, Any]]:
        """The narrowest list that was set, as the messenger chooses it."""
        offered = self.world.bot.commands
        keys = [(json.dumps({"type": kind}), language) for kind in (scope, "default") for language in ("ru", "")]
        return next((offered[key] for key in keys if key in offered), [])
