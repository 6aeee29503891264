"""A person with a phone: what one can do in a messenger, and what one sees there."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from rehearsal import membership
from rehearsal.accounts import Account, BotAccount
from rehearsal.chats import Chat, Group, PrivateChat
from rehearsal.detecting import detected
from rehearsal.events import Event
from rehearsal.messages import Media, Message
from rehearsal.posting import Words, erase, post, rewrite
from rehearsal.pressing import Press
from rehearsal.wire import pressed_json

if TYPE_CHECKING:
    from rehearsal.world import World


@dataclass(eq=False, kw_only=True, repr=False)
class Person(Account):
    """Every action takes effect at once. Where ``chat`` is left out, the private chat with the bot is meant."""

    world: "World" = field(repr=False)
    deactivated: bool = False

    def private(self, bot: BotAccount | None = None) -> PrivateChat:
        """The private chat with the bot; it comes to be here, with the person's first step."""
        bot = bot or self.world.bot
        chat = self.world.privates.get((bot.id, self.id))
        if chat is None:
            chat = self.world.privates[bot.id, self.id] = PrivateChat(id=self.id, person=self, bot=bot)
        return chat

    def starts(self, code: str = "", bot: BotAccount | None = None) -> Message:
        """Press «Start», possibly by a deep link with a code; unblocks the bot."""
        return self.says(f"/start {code}".strip(), self.private(bot))

    def follows(self, url: str) -> Message:
        """Open a ``https://t.me/<bot>?start=<code>`` link."""
        link = urlsplit(url)
        name = link.path.strip("/").lower()
        bot = next((bot for bot in self.world.bots.values() if (bot.username or "").lower() == name), None)
        if bot is None:
            raise ValueError(f"no bot of this world lives at {url}")
        return self.starts(parse_qs(link.query).get("start", [""])[0], bot)

    def says(
        self, text: str, chat: Chat | None = None, *, reply_to: Message | None = None, topic: int | None = None
    ) -> Message:
        """Write a text."""
        text = text.strip()
        return self._posts(chat, text=text, entities=detected(text, []), reply_to=reply_to, thread=topic)

    def replies(self, message: Message, text: str) -> Message:
        """Answer a message with a text, in its chat and topic."""
        return self.says(text, message.chat, reply_to=message, topic=message.thread)

    def edits(self, message: Message, text: str) -> None:
        """Correct one's own message."""
        rewrite(self.world, message, Words(text, tuple(detected(text, []))), [])

    def deletes(self, message: Message) -> None:
        erase(self.world, message)

    def sends_photo(self, data: bytes, chat: Chat | None = None, caption: str = "", **more: Any) -> Message:
        return self._posts(chat, media=self.world.files.photo(data), text=caption, **more)

    def sends_document(
        self,
        data: bytes,
        name: str,
        chat: Chat | None = None,
        caption: str = "",
        mime: str = "application/octet-stream",
    ) -> Message:
        return self._posts(chat, media=self.world.files.document(data, name, mime), text=caption)

    def sends_voice(self, data: bytes, seconds: int, chat: Chat | None = None) -> Message:
        return self._posts(chat, media=self.world.files.voice(data, seconds))

    def sends_location(self, latitude: float, longitude: float, chat: Chat | None = None) -> Message:
        return self._posts(chat, media=Media("location", {"latitude": latitude, "longitude": longitude}))

    def sends_album(self, pictures: list[bytes], chat: Chat | None = None, caption: str = "") -> list[Message]:
        """Several photos at once: separate messages with one ``media_group_id``, the caption under the first."""
        album = str(self.world.random.randrange(10**16, 10**17))
        captions = [caption] + [""] * (len(pictures) - 1)
        return [self.sends_photo(data, chat, text, album=album) for data, text in zip(pictures, captions, strict=True)]

    def _posts(self, chat: Chat | None, **content: Any) -> Message:
        chat = self._here(chat)
        if isinstance(chat, PrivateChat):
            membership.set_blocked(self.world, chat, blocked=False)
        thread = content.pop("thread", None)
        in_topic = isinstance(chat, Group) and thread in chat.topics
        return post(self.world, chat, self, thread=thread, in_topic=in_topic, **content)

    def _here(self, chat: Chat | None) -> Chat:
        """The chat as it is now, made sure that the person is in it."""
        chat = self.private() if chat is None else chat.now if isinstance(chat, Group) else chat
        if not chat.has(self):
            raise ValueError(f"{self.name} is not in «{chat.title}»")
        return chat

    def presses(self, button: str, message: Message | None = None, chat: Chat | None = None) -> Press:
        """Press the button with this caption (or a part of it) on ``message`` or on the latest message that has it.

        The press is made at once; ``await`` it for the bot's answer.
        """
        message = message or self.finds(button, chat)
        pressed = message.button(button)
        if pressed is None or not isinstance(message.sender, BotAccount):
            raise ValueError(f"no button {button!r} under {message}")
        if "callback_data" not in pressed:
            raise ValueError(f"{pressed} opens something, it is not pressed")
        return self.presses_data(message, pressed["callback_data"])

    def presses_data(self, message: Message, data: str) -> Press:
        """Press a button by its data, even one that is no longer shown: an old phone does that."""
        press = self.world.presses.make(self, message, data)
        bot = message.sender
        if isinstance(bot, BotAccount) and bot.wants("callback_query"):
            bot.queue.push("callback_query", pressed_json(press.id, self, message, data), message.chat.id)
        self.world.events.publish(Event("pressed", message.chat, message, self, data))
        return press

    def finds(self, button: str, chat: Chat | None = None) -> Message:
        """The latest message this person sees with such a button."""
        for message in reversed(self.sees(chat)):
            if message.button(button) is not None:
                return message
        raise LookupError(f"{self.name} sees no button {button!r}; the last messages: {self.sees(chat)[-3:]}")

    def sees(self, chat: Chat | None = None) -> list[Message]:
        """Messages visible to this person in the chat, or in all chats, oldest first."""
        chats = self.chats() if chat is None else [chat.now if isinstance(chat, Group) else chat]
        seen = [message for one in chats if one.has(self) for message in one.live()]
        return sorted(seen, key=lambda message: message.order)

    def last(self, chat: Chat | None = None) -> Message:
        """The latest message the person sees; an error if there is none."""
        return self.sees(chat)[-1]

    def chats(self) -> list[Chat]:
        """The chats of this person."""
        return [chat for chat in self.world.chats() if chat.has(self) and not getattr(chat, "migrated_to", None)]

    def blocks(self, bot: BotAccount | None = None) -> None:
        membership.set_blocked(self.world, self.private(bot), blocked=True)

    def unblocks(self, bot: BotAccount | None = None) -> None:
        membership.set_blocked(self.world, self.private(bot), blocked=False)

    def deletes_account(self) -> None:
        self.deactivated = True

    def adds_bot(self, group: Group, bot: BotAccount | None = None, *, admin: bool = False) -> None:
        """Add the bot to a group, as an administrator if asked."""
        self.adds(group, bot or self.world.bot)
        if admin:
            self.promotes(group, bot or self.world.bot)

    def removes_bot(self, group: Group, bot: BotAccount | None = None) -> None:
        self.removes(group, bot or self.world.bot)

    def adds(self, group: Group, account: Account) -> None:
        membership.enter(self.world, group.now, account, by=self)

    def removes(self, group: Group, account: Account) -> None:
        membership.depart(self.world, group.now, account, by=self)

    def joins(self, group: Group) -> None:
        membership.enter(self.world, group.now, self, by=self)

    def leaves(self, group: Group) -> None:
        membership.depart(self.world, group.now, self, by=self)

    def promotes(self, group: Group, account: Account) -> None:
        """Make somebody an administrator."""
        membership.change(self.world, group.now, account, "administrator", by=self)

    def demotes(self, group: Group, account: Account) -> None:
        membership.change(self.world, group.now, account, "member", by=self)

    def renames(self, group: Group, title: str) -> None:
        membership.rename(self.world, group.now, title, by=self)
