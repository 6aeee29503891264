"""Telegram through aiogram: sending, the closed table of its errors, and what people sent."""

import logging
from contextvars import ContextVar
from datetime import timedelta

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientError

from domain.button import Button, Keyboard
from domain.guard import refuse_inside_transaction
from domain.outbox import Failure, FailureKind, Outgoing, Sent

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


class TelegramChannel:
    """Sends with the bot's own session (a base URL and a proxy are the session's business)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, message: Outgoing) -> Sent | Failure:
        """Try once."""
        refuse_inside_transaction()
        delivering.set(True)  # each sender is a task of its own, whose context ends with it
        try:
            sent = await self._bot.send_message(
                message.chat.chat_id,
                message.text,
                message_thread_id=message.chat.thread_id,
                reply_markup=markup(message.buttons),
            )
        except (TimeoutError, TelegramAPIError, ClientDecodeError, OSError) as error:
            return failure(error, is_group=message.chat.is_group)
        return Sent(str(sent.message_id))


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
    return Failure(FailureKind.OURS, said[:100])
