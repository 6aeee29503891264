"""What the page shows, as plain data: the chats, the people, the bot's commands."""

import json
from typing import Any

from rehearsal.chats import Chat, Group
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.refusals import Json
from rehearsal.region import Cast, Part, Post
from rehearsal.view import message_view
from rehearsal.world import World
from texts import Texts

PREVIEW = 120
_GUEST = Part(Post.STRANGER)
NAMED_MEDIA = {"photo", "document", "voice", "location"}


class PageView:
    """Reads the world; keeps only what has been read in each chat, the one thing the world does not know."""

    def __init__(self, world: World, texts: Texts) -> None:
        self.world = world
        self.texts = texts
        self._read: dict[int, int] = {}

    def read(self, chat_id: int, order: int) -> None:
        """Everything up to the message of this order has been seen."""
        self._read[chat_id] = max(order, self._read.get(chat_id, 0))

    def read_all(self) -> None:
        for message in self.world.messages():
            self.read(message.chat.id, message.order)

    def people(self, cast: Cast) -> list[Json]:
        """Everybody whose phone can be looked into, with the part they play."""
        return [
            {
                "id": person.id,
                "name": person.name,
                "post": part.post,
                "part": self.texts.plain(f"page.part-{part.post}"),
                "place": part.place,
            }
            for person, part in self._parts(cast)
        ]

    def _parts(self, cast: Cast) -> list[tuple[Person, Part]]:
        """The cast, and after it whoever came into the world later."""
        return [(person, cast.parts.get(person, _GUEST)) for person in self.world.people.values()]

    def chats(self) -> list[Json]:
        groups = [group for group in self.world.groups.values() if group.migrated_to is None]
        return [self._group(group) for group in groups] + [self._private(p) for p in self.world.people.values()]

    def _group(self, group: Group) -> Json:
        present = [place.account for place in group.present()]
        return self._chat(group.id, group) | {
            "kind": "group",
            "title": group.name,
            "members": [account.id for account in present if not account.is_bot],
            "bot": any(account is self.world.bot for account in present),
        }

    def _private(self, person: Person) -> Json:
        """The person's chat with the bot, even when the person has not opened it yet."""
        chat = self.world.privates.get((self.world.bot.id, person.id))
        return self._chat(person.id, chat) | {
            "kind": "private",
            "title": person.name,
            "members": [person.id],
            "bot": True,
            "blocked": chat is not None and chat.blocked,
        }

    def _chat(self, chat_id: int, chat: Chat | None) -> Json:
        shown = sorted(chat.live(), key=lambda message: message.order) if chat else []
        return {"id": chat_id, "read": self._read.get(chat_id, 0), "messages": [self.message(one) for one in shown]}

    def message(self, message: Message) -> Json:
        """One message; ``html`` is escaped by the world, everything else is plain text."""
        reply = message.reply_to
        return message_view(message) | {
            "preview": message.text[:PREVIEW] or self._media(message) or self._service(message) or "",
            "media": self._media(message),
            "service": self._service(message),
            "edited": any(edit.text != message.text for edit in message.edits),
            "reply": {"name": reply.sender.name, "text": reply.text[:PREVIEW]} if reply else None,
        }

    def _media(self, message: Message) -> str | None:
        if message.media is None:
            return None
        kind = message.media.kind if message.media.kind in NAMED_MEDIA else "other"
        return self.texts.plain(f"page.media-{kind}")

    def _service(self, message: Message) -> str | None:
        if message.service is None:
            return None
        kind, content = next(iter(message.service.items()))
        match kind:
            case "new_chat_members":
                whom = ", ".join(_name(user) for user in content)
                return self.texts.plain("page.service-entered", whom=whom)
            case "left_chat_member":
                return self.texts.plain("page.service-left", whom=_name(content))
            case "new_chat_title":
                return self.texts.plain("page.service-title", title=content)
            case "pinned_message":
                return self.texts.plain("page.service-pinned")
            case "migrate_to_chat_id" | "migrate_from_chat_id":
                return self.texts.plain("page.service-supergroup")
            case "forum_topic_created":
                return self.texts.plain("page.service-topic", title=content["name"])
        return self.texts.plain("page.service-other")

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


def _name(user: Json) -> str:
    return f"{user['first_name']} {user.get('last_name', '')}".strip()
