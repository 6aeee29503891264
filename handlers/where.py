"""Where an update comes from and what it is, as coroutines: aiogram sends every plain filter through a thread."""

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message

from domain.invite import looks_like_code
from domain.people import Member

Event = Message | CallbackQuery | ChatMemberUpdated


def chat_of(event: Event) -> Chat | None:
    """The chat an update belongs to; ``None`` for a button of a message that is out of reach."""
    if isinstance(event, CallbackQuery):
        return event.message.chat if event.message else None
    return event.chat


async def in_private(event: Event) -> bool:
    """A person's own chat."""
    chat = chat_of(event)
    return chat is not None and chat.type == ChatType.PRIVATE


async def in_group(event: Event) -> bool:
    """A group or a supergroup."""
    chat = chat_of(event)
    return chat is not None and chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


async def from_stranger(_event: Event, member: Member) -> bool:
    """Nobody of the project."""
    return member.is_stranger


async def without_consent(_event: Event, member: Member) -> bool:
    """Somebody of the project who has not agreed to the consent yet."""
    return not member.is_stranger and not member.has_agreed


async def is_code(message: Message) -> bool:
    """A one-time code typed by hand."""
    return looks_like_code(message.text or "")


async def is_answer(message: Message) -> bool:
    """A text that is not a command: what was asked for may be it, and a command always comes first."""
    return bool(message.text) and not (message.text or "").startswith("/")


async def is_no_command(message: Message) -> bool:
    """Whatever is not a command, files and pictures as well."""
    return not (message.text or "").startswith("/")


async def became_supergroup(message: Message) -> bool:
    """The service message in the old group."""
    return message.migrate_to_chat_id is not None


async def was_renamed(message: Message) -> bool:
    """The service message about a new title."""
    return message.new_chat_title is not None
