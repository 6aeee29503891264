"""The one place where a refusal or a failure becomes a sentence for the person."""

import logging
from typing import Any

from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramServerError
from aiogram.types import CallbackQuery, ErrorEvent, Message

from domain.refusal import Refusal
from handlers.show import TOAST_LIMIT
from storage.errors import DatabaseUnavailableError
from texts import Texts

log = logging.getLogger(__name__)


async def answer_failure(event: ErrorEvent, texts: Texts) -> None:
    """Registered for every error that leaves a handler or a middleware; it is said kindly, once."""
    pressed_or_wrote = event.update.callback_query or event.update.message
    match event.exception:
        case Refusal() as refusal:
            await _say(pressed_or_wrote, texts, str(refusal.reason), refusal.details)  # Jinja takes no StrEnum
        case DatabaseUnavailableError() as error:
            log.error("the database is unavailable: %s", error.reason)
            await _say(pressed_or_wrote, texts, "menu.not-saved", {})
        case TelegramNetworkError() | TelegramServerError() as error:
            log.warning("an answer did not reach the messenger: %s", type(error).__name__)
            await _say(pressed_or_wrote, texts, "menu.failed", {})
        case TelegramAPIError() as error:
            log.warning("the messenger refused an answer: %s", type(error).__name__)
        case error:
            log.error("a handler failed", exc_info=error)
            await _say(pressed_or_wrote, texts, "menu.failed", {})


async def _say(event: CallbackQuery | Message | None, texts: Texts, text_id: str, details: dict[str, Any]) -> None:
    try:
        if isinstance(event, CallbackQuery):
            await event.answer(texts.plain(text_id, **details)[:TOAST_LIMIT], show_alert=True)
        elif isinstance(event, Message):
            await event.answer(texts.html(text_id, **details))
    except TelegramAPIError as error:
        log.warning("a refusal was not delivered: %s", type(error).__name__)
