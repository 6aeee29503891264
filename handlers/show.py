"""How an answer reaches the person: one screen edited in place, or a new message where editing is refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, Message

from channels.telegram import markup
from domain.button import Keyboard
from texts import Texts

TOAST_LIMIT = 200
"""Characters of a toast that Telegram takes."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A text with its buttons."""

    text: str
    buttons: Keyboard = ()


async def show(event: Message | CallbackQuery, screen: Screen, *, toast: str | None = None) -> None:
    """Answer a message with a new one; a press by editing its message, or by a new one where that is refused."""
    if isinstance(event, Message):
        await event.answer(screen.text, reply_markup=markup(screen.buttons))
        return
    if not await _edited(event, screen):
        await send_private(event, screen)
    await event.answer(toast)


async def send_private(event: CallbackQuery, screen: Screen) -> bool:
    """A new message to the person who pressed; false when they never wrote to the bot or blocked it."""
    bot = event.bot
    assert bot is not None  # noqa: S101  aiogram mounts it on every update
    try:
        await send(bot, event.from_user.id, screen)
    except (TelegramForbiddenError, TelegramBadRequest):
        return False
    return True


async def send(bot: Bot, chat_id: int, screen: Screen) -> None:
    """A new message. Raises aiogram's ``TelegramAPIError`` when it cannot arrive."""
    await bot.send_message(chat_id, screen.text, reply_markup=markup(screen.buttons))


async def send_beside(call: CallbackQuery, screen: Screen, texts: Texts) -> bool:
    """A new message in private; where it was asked for elsewhere, a toast says where it went. False where the person
    never wrote to the bot or blocked it."""
    arrived = await send_private(call, screen)
    if arrived and call.message is not None and call.message.chat.id == call.from_user.id:
        await call.answer()
        return True
    await call.answer(texts.plain("notice.card-sent" if arrived else "notice.card-not-sent"), show_alert=not arrived)
    return arrived


async def show_again(message: Message, screen: Screen, message_id: int | None) -> int:
    """Put a screen into the bot's message of that id, or into a new one where that is refused; returns the id."""
    bot = message.bot
    assert bot is not None  # noqa: S101  aiogram mounts it on every update
    if message_id is not None:
        try:
            await bot.edit_message_text(
                screen.text, chat_id=message.chat.id, message_id=message_id, reply_markup=markup(screen.buttons)
            )
        except TelegramBadRequest as error:
            if "not modified" not in error.message:
                message_id = None
    if message_id is None:
        message_id = (await message.answer(screen.text, reply_markup=markup(screen.buttons))).message_id
    return message_id


async def send_file(event: Message | CallbackQuery, name: str, content: bytes, caption: str) -> None:
    """A file to the person in private; ``caption`` is HTML of at most 1,024 characters.

    Raises aiogram's ``TelegramAPIError`` when it cannot arrive.
    """
    bot, user = event.bot, event.from_user
    assert bot is not None  # noqa: S101  aiogram mounts it on every update
    assert user is not None  # noqa: S101  updates without an acting person are dropped by bot/actor.py
    await bot.send_document(user.id, BufferedInputFile(content, name), caption=caption)


ALBUM = 10
"""Files of one album (messengers.md)."""


async def send_pictures(call: CallbackQuery, pictures: Sequence[tuple[str, bytes]], caption: str) -> None:
    """Pictures (name, content) to the person in private, in albums; ``caption`` is HTML, under the first one.

    Raises aiogram's ``TelegramAPIError`` when they cannot arrive.
    """
    bot, chat_id = call.bot, call.from_user.id
    assert bot is not None  # noqa: S101  aiogram mounts it on every update
    files = [BufferedInputFile(content, name) for name, content in pictures]
    for start in range(0, len(files), ALBUM):
        album, words = files[start : start + ALBUM], None if start else caption
        if len(album) == 1:
            await bot.send_photo(chat_id, album[0], caption=words)
            continue
        first, *others = album
        await bot.send_media_group(
            chat_id, [InputMediaPhoto(media=first, caption=words), *(InputMediaPhoto(media=one) for one in others)]
        )


async def _edited(event: CallbackQuery, screen: Screen) -> bool:
    if not isinstance(event.message, Message):
        return False
    try:
        await event.message.edit_text(screen.text, reply_markup=markup(screen.buttons))
    except TelegramBadRequest as error:
        return "not modified" in error.message
    return True
