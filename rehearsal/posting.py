"""A message appears in a chat: it is numbered, kept, told to the page and to the bots that hear it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rehearsal.accounts import Account, BotAccount
from rehearsal.chats import Chat, Group, PrivateChat
from rehearsal.events import Event
from rehearsal.messages import Edit, Message, Rows
from rehearsal.privacy import hears
from rehearsal.refusals import Json
from rehearsal.wire import message_json

if TYPE_CHECKING:
    from rehearsal.world import World


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its entities."""

    text: str = ""
    entities: tuple[Json, ...] = ()


def post(world: "World", chat: Chat, sender: Account, **content: Any) -> Message:
    """Put a new message into the chat; ``content`` names fields of ``Message``."""
    message = Message(
        world=world,
        chat=chat,
        id=chat.next_message_id,
        order=world.next_order(),
        date=world.date(),
        sender=sender,
        **content,
    )
    chat.next_message_id += 1
    chat.messages[message.id] = message
    tell_bots("message", message)
    if isinstance(chat, Group):
        chat.last_writer = sender
    world.events.publish(Event("message", chat, message, sender))
    return message


def tell_bots(kind: str, message: Message) -> None:
    """Queue the message for each bot in the chat that hears it; a bot does not hear itself, nor another bot."""
    chat = message.chat
    if message.sender.is_bot and message.service is None:
        return
    bots = [chat.bot] if isinstance(chat, PrivateChat) else chat.bots() if isinstance(chat, Group) else []
    for bot in bots:
        if hears(bot, message):
            tell(bot, kind, message)


def tell(bot: BotAccount, kind: str, message: Message) -> None:
    if bot.wants(kind):
        bot.queue.push(kind, message_json(message), message.chat.id)


def rewrite(world: "World", message: Message, words: Words, keyboard: Rows) -> None:
    """Give the message new words and buttons; how it read before stays in ``edits``."""
    was = datetime.fromtimestamp(message.edited or message.date, UTC)
    message.edits.append(Edit(message.text, message.entities, message.keyboard, was))
    message.text, message.entities, message.keyboard = words.text, list(words.entities), keyboard
    message.edited = world.date()
    tell_bots("edited_message", message)
    world.events.publish(Event("edited", message.chat, message, message.sender))


def erase(world: "World", message: Message) -> None:
    message.deleted = True
    world.events.publish(Event("deleted", message.chat, message))
