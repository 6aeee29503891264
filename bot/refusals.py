"""The one place where a refusal or a failure becomes a sentence for the person."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.refusal import Refusal
from handlers.show import TOAST_LIMIT
from storage.errors import DatabaseUnavailableError
from texts import Texts

log = logging.getLogger(__name__)


class Refusals(BaseMiddleware):
    """Around every handler of messages and presses."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Go on; whatever comes back as an error is said kindly, once."""
        try:
            return await handler(event, data)
        except Refusal as refusal:
            await self._say(event, str(refusal.reason), refusal.details)  # Jinja takes no StrEnum for a name
        except DatabaseUnavailableError as error:
            log.error("the database is unavailable: %s", error.reason)  # noqa: TRY400  the reason is the whole story
            await self._say(event, "menu.not-saved", {})
        except TelegramAPIError as error:
            log.warning("the messenger refused an answer: %s", type(error).__name__)
        except Exception:
            log.exception("a handler failed")
            await self._say(event, "menu.failed", {})
        return None

    async def _say(self, event: TelegramObject, text_id: str, details: dict[str, Any]) -> None:
        try:
            if isinstance(event, CallbackQuery):
                await event.answer(self._texts.plain(text_id, **details)[:TOAST_LIMIT], show_alert=True)
            elif isinstance(event, Message):
                await event.answer(self._texts.html(text_id, **details))
        except TelegramAPIError as error:
            log.warning("a refusal was not delivered: %s", type(error).__name__)
