"""Telegram through aiogram: sending, the closed table of its errors, and what people sent."""

import asyncio
import logging
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, SendMessage
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MediaUnion,
    Message,
)
from aiohttp import ClientError
from pydantic import BaseModel

from domain.album import Piece, left
from domain.button import Button, Keyboard
from domain.guard import refuse_inside_transaction
from domain.outbox import Failure, FailureKind, OutFile, Outgoing, Refused, Sent

log = logging.getLogger(__name__)

TELEGRAM = "telegram"
delivering: ContextVar[bool] = ContextVar("delivering", default=False)
"""Set while the outbox sends: it keeps the limits and judges errors by itself (``bot/pace.py`` stands aside)."""

FETCH_TIMEOUT_S = 30
"""Of a download: a village's network is slow."""

_GONE = (
    "chat not found",
    "bot was kicked",
    "bot is not a member",
    "group chat was deleted",
)
_BLOCKED = ("bot was blocked", "user is deactivated", "can't initiate conversation")


_WRONG_FILE = (
    "wrong file",
    "wrong remote file",
    "can't use file of type",
    "file_reference",
    "media_empty",
    "failed to get http url",
)
_NOT_MODIFIED = "message is not modified"
_HAS_MEDIA = "no text in the message to edit"
_NOT_THERE = "not found"
_TROUBLE = (TimeoutError, TelegramAPIError, ClientDecodeError, OSError)

_BURST = 10
"""Messages that a chat takes at once."""
_BREATH_S = 1


class _Taken(BaseModel):
    message_id: int


class _Say(SendMessage):
    """All that is wanted of the answer is the message's id: the rest of it would cost a fifth of a sending to read."""

    __returning__: ClassVar[Any] = _Taken


_RESPONSE = Response[_Taken]
"""aiogram builds this class for every answer, and pydantic keeps it only weakly: held here, it is built once."""


class TelegramChannel:
    """Sends with the bot's own session (a base URL and a proxy are the session's business)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, message: Outgoing) -> Sent | Failure:
        """Try once. Files that went before a piece that did not are named in the failure and do not go again."""
        refuse_inside_transaction()
        token = delivering.set(True)
        try:
            if message.removes:
                return await self._remove(message)
            edited = await self._edit(message) if message.edits else None
            return edited or await self._put(message)
        finally:
            delivering.reset(token)

    async def _put(self, message: Outgoing) -> Sent | Failure:
        came = list(message.beside)
        for piece in left(message):
            if len(came) - len(message.beside) >= _BURST:
                await asyncio.sleep(_BREATH_S)
            try:
                came += [str(one.message_id) for one in await self._one(message, piece)]
            except _TROUBLE as error:
                return replace(failure(error, is_group=message.chat.is_group), beside=tuple(came))
        return Sent(came[-1], tuple(came[:-1]))

    async def _one(self, message: Outgoing, piece: Piece) -> Sequence[Message]:
        chat_id, thread_id, is_quiet = message.chat.chat_id, message.chat.thread_id, message.is_quiet or None
        if len(piece.files) > 1:
            return await self._bot.send_media_group(
                chat_id, [_in_album(one) for one in piece.files], None, thread_id, disable_notification=is_quiet
            )
        shown: dict[str, Any] = {
            "message_thread_id": thread_id,
            "disable_notification": is_quiet,
            "reply_markup": markup(piece.buttons),
        }
        if not piece.files:
            return [await self._bot(_Say(chat_id=chat_id, text=piece.text, **shown))]
        (file,) = piece.files
        send = self._bot.send_photo if file.is_photo else self._bot.send_document
        return [await send(chat_id, file.remote_id, caption=piece.text or None, **shown)]

    async def _edit(self, message: Outgoing) -> Sent | Failure | None:
        """``None`` where the messenger refuses: what is too old, or not there any more."""
        given: dict[str, Any] = {"chat_id": message.chat.chat_id, "message_id": int(message.edits)}
        buttons = markup(message.buttons)
        try:
            try:
                await self._bot.edit_message_text(message.text, **given, reply_markup=buttons)
            except TelegramBadRequest as error:
                if _HAS_MEDIA not in error.message:
                    raise
                await self._bot.edit_message_caption(**given, caption=message.text, reply_markup=buttons)
        except TelegramBadRequest as error:
            return Sent(message.edits) if _NOT_MODIFIED in error.message else None
        except _TROUBLE as error:
            return failure(error, is_group=message.chat.is_group)
        return Sent(message.edits)

    async def _remove(self, message: Outgoing) -> Sent | Failure:
        """All that can be. Of several, those that are not there may have been deleted by an earlier attempt."""
        refused = []
        for one in message.removes:
            try:
                await self._bot.delete_message(message.chat.chat_id, int(one))
            except TelegramBadRequest as error:
                refused.append(error)
            except _TROUBLE as error:
                return failure(error, is_group=message.chat.is_group)
        gone = [one for one in refused if any(sign in one.message.lower() for sign in _GONE)]
        if gone:
            return failure(gone[0], is_group=message.chat.is_group)
        stays = any(_NOT_THERE not in one.message for one in refused)
        if stays or len(refused) == len(message.removes):
            return Failure(FailureKind.OURS, Refused.NOT_REMOVED)
        return Sent("")


class TelegramFiles:
    """Files of up to 20 MB: larger ones the messenger gives to no bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, remote_id: str) -> bytes | None:
        """Try once."""
        refuse_inside_transaction()
        try:
            content = await self._bot.download(remote_id, timeout=FETCH_TIMEOUT_S)
        except (TimeoutError, TelegramAPIError, ClientDecodeError, ClientError, OSError) as error:
            log.warning("a file is not handed over: %s", type(error).__name__)
            return None
        return b"" if content is None else content.read()


def markup(buttons: Keyboard) -> InlineKeyboardMarkup | None:
    """Buttons as Telegram takes them; ``None`` without any."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(one) for one in row] for row in buttons])


def _in_album(file: OutFile) -> MediaUnion:
    return (InputMediaPhoto if file.is_photo else InputMediaDocument)(media=file.remote_id)


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.text, url=button.url)
    return InlineKeyboardButton(text=button.text, callback_data=button.data)


def failure(error: Exception, *, is_group: bool) -> Failure:
    """What an error of aiogram means. The texts are Telegram's own, from its server's answers."""
    match error:
        case TelegramRetryAfter():
            return Failure(FailureKind.RETRY_AFTER, "flood", timedelta(seconds=error.retry_after))
        case TelegramMigrateToChat():
            return Failure(FailureKind.MIGRATED, "migrated", new_chat_id=error.migrate_to_chat_id)
        case TelegramEntityTooLarge():
            return Failure(FailureKind.OURS, Refused.FILE_TOO_BIG)
        case TelegramNetworkError() | TelegramServerError() | OSError() | TimeoutError():
            return Failure(FailureKind.LATER, type(error).__name__)
        case ClientDecodeError() if isinstance(error.data, str):  # the page of a proxy or a gateway, not an answer
            return Failure(FailureKind.LATER, type(error).__name__)
        case TelegramUnauthorizedError() | TelegramNotFound(message="Not Found"):
            return Failure(FailureKind.LATER, type(error).__name__)  # the token is refused: no message is to blame
        case TelegramForbiddenError() | TelegramBadRequest() | TelegramNotFound():
            return _refused(str(error.message).lower(), is_group=is_group)
    return Failure(FailureKind.OURS, type(error).__name__)


def _refused(said: str, *, is_group: bool) -> Failure:
    if any(sign in said for sign in _BLOCKED):
        return Failure(FailureKind.BLOCKED, said)
    if any(sign in said for sign in _GONE):
        return Failure(FailureKind.GONE if is_group else FailureKind.BLOCKED, said)
    if "message thread not found" in said:
        return Failure(FailureKind.OURS, "topic")
    if "file is too big" in said:
        return Failure(FailureKind.OURS, Refused.FILE_TOO_BIG)
    if any(sign in said for sign in _WRONG_FILE):
        return Failure(FailureKind.OURS, Refused.WRONG_FILE)
    return Failure(FailureKind.OURS, said[:100])
