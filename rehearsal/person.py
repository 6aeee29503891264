"""A person with a phone: what one can do in a messenger, and what one sees there."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from rehearsal import membership
from rehearsal.accounts import Account, BotAccount
from rehearsal.awaited import Step
from rehearsal.chats import Chat, Group, PrivateChat
from rehearsal.detecting import detected
from rehearsal.events import Event
from rehearsal.files import PEOPLES_LIMIT
from rehearsal.messages import Album, Media, Message
from rehearsal.posting import Words, erase, post, rewrite
from rehearsal.pressing import Press
from rehearsal.wire import pressed_json

if TYPE_CHECKING:
    from rehearsal.world import World

_TOLD = 5


class NotSeenError(AssertionError):
    """The person does not see the words; the last messages that they do see are told."""


class SeenError(AssertionError):
    """The person sees what they should not."""


@dataclass(eq=False, kw_only=True, repr=False)
class Person(Account):
    """Every action takes effect at once and can be awaited: then it gives its result when the bots have settled.

    Where ``chat`` is left out, the private chat with the bot is meant; in what is seen, all the chats.
    """

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

    def edits(self, message: Message, text: str) -> Message:
        """Correct one's own message."""
        rewrite(self.world, message, Words(text, tuple(detected(text, []))), [])
        return message

    def deletes(self, message: Message) -> Step:
        erase(self.world, message)
        return self._step

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
        return self._posts(chat, media=self.world.files.document(data, name, mime, PEOPLES_LIMIT), text=caption)

    def sends_voice(self, data: bytes, seconds: int, chat: Chat | None = None) -> Message:
        return self._posts(chat, media=self.world.files.voice(data, seconds))

    def sends_location(self, latitude: float, longitude: float, chat: Chat | None = None) -> Message:
        return self._posts(chat, media=Media("location", {"latitude": latitude, "longitude": longitude}))

    def sends_album(self, pictures: list[bytes], chat: Chat | None = None, caption: str = "") -> Album:
        """Several photos at once, the caption under the first."""
        album = str(self.world.random.randrange(10**16, 10**17))
        captions = [caption] + [""] * (len(pictures) - 1)
        shots = zip(pictures, captions, strict=True)
        return Album(self.world, [self.sends_photo(data, chat, text, album=album) for data, text in shots])

    def _posts(self, chat: Chat | None, **content: Any) -> Message:
        chat = self._here(chat)
        if isinstance(chat, PrivateChat):
            membership.set_blocked(self.world, chat, blocked=False)
        thread = content.pop("thread", None)
        in_topic = isinstance(chat, Group) and thread in chat.topics
        return post(self.world, chat, self, thread=thread, in_topic=in_topic, **content)

    @property
    def _step(self) -> Step:
        return Step(self.world)

    def _here(self, chat: Chat | None) -> Chat:
        """The chat as it is now, made sure that the person is in it."""
        chat = self.private() if chat is None else chat.now if isinstance(chat, Group) else chat
        if not chat.has(self):
            raise ValueError(f"{self.name} is not in «{chat.title}»")
        return chat

    def presses(self, button: str, message: Message | None = None, chat: Chat | None = None) -> Press:
        """Press the button with this caption (or a part of it) on ``message`` or on the latest message that has it.

        The press is made at once; ``await`` gives the bot's answer when the bots have settled.
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
        for message in reversed(self.messages(chat)):
            if message.button(button) is not None:
                return message
        raise LookupError(f"{self.name} sees no button {button!r}; the last messages: {self.messages(chat)[-3:]}")

    def sees(self, words: str, chat: Chat | None = None) -> Message:
        """The latest message this person sees now that contains these words, or ``NotSeenError``."""
        seen = self.messages(chat)
        found = next((message for message in reversed(seen) if words in message.text), None)
        if found is None:
            raise NotSeenError(f"{self.name} does not see {words!r}; the last messages:\n{_told(seen[-_TOLD:])}")
        return found

    def does_not_see(self, words: str, chat: Chat | None = None) -> None:
        """``SeenError`` where a message this person sees now contains these words."""
        found = [message for message in self.messages(chat) if words in message.text]
        if found:
            raise SeenError(f"{self.name} sees {words!r}:\n{_told(found[-_TOLD:])}")

    def messages(self, chat: Chat | None = None) -> list[Message]:
        """Messages visible to this person in the chat, or in all chats, oldest first."""
        chats = self.chats() if chat is None else [chat.now if isinstance(chat, Group) else chat]
        seen = [message for one in chats if one.has(self) for message in one.live()]
        return sorted(seen, key=lambda message: message.order)

    def last(self, chat: Chat | None = None) -> Message:
        """The latest message the person sees; an error if there is none."""
        return self.messages(chat)[-1]

    def chats(self) -> list[Chat]:
        """The chats of this person."""
        return [chat for chat in self.world.chats() if chat.has(self) and not getattr(chat, "migrated_to", None)]

    def blocks(self, bot: BotAccount | None = None) -> Step:
        membership.set_blocked(self.world, self.private(bot), blocked=True)
        return self._step

    def unblocks(self, bot: BotAccount | None = None) -> Step:
        membership.set_blocked(self.world, self.private(bot), blocked=False)
        return self._step

    def deletes_account(self) -> Step:
        self.deactivated = True
        return self._step

    def adds_bot(self, group: Group, bot: BotAccount | None = None, *, admin: bool = False) -> Step:
        """Add the bot to a group, as an administrator if asked."""
        added = self.adds(group, bot or self.world.bot)
        return self.promotes(group, bot or self.world.bot) if admin else added

    def removes_bot(self, group: Group, bot: BotAccount | None = None) -> Step:
        return self.removes(group, bot or self.world.bot)

    def adds(self, group: Group, account: Account) -> Step:
        membership.enter(self.world, group.now, account, by=self)
        return self._step

    def removes(self, group: Group, account: Account) -> Step:
        membership.depart(self.world, group.now, account, by=self)
        return self._step

    def joins(self, group: Group) -> Step:
        return self.adds(group, self)

    def leaves(self, group: Group) -> Step:
        return self.removes(group, self)

    def promotes(self, group: Group, account: Account) -> Step:
        """Make somebody an administrator."""
        membership.change(self.world, group.now, account, "administrator", by=self)
        return self._step

    def demotes(self, group: Group, account: Account) -> Step:
        membership.change(self.world, group.now, account, "member", by=self)
        return self._step

    def renames(self, group: Group, title: str) -> Step:
        membership.rename(self.world, group.now, title, by=self)
        return self._step

    def renames_self(self, first_name: str, last_name: str = "") -> Step:
        """Take another name; what was said before is under it too."""
        self.first_name, self.last_name = first_name, last_name
        self.world.events.publish(Event("chat", detail=self.name))
        return self._step


def _told(messages: list[Message]) -> str:
    """Whole messages for the text of a failure, oldest first."""
    told = (f"{one.sender.name} in «{one.chat.title}»: {one.text!r} {one.buttons}" for one in messages)
    return "\n".join(told) or "none"
