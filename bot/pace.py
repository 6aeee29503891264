"""Session middleware: what handlers answer counts against the same limits as what the outbox sends."""

import asyncio
import logging
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import EditMessageText, SendDocument, SendMediaGroup, SendMessage, SendPhoto, TelegramMethod
from aiogram.methods.base import Response, TelegramType

from channels.limiter import Limiter
from channels.telegram import TELEGRAM, delivering
from domain.outbox import ChatAddress

log = logging.getLogger(__name__)

_COUNTED = (SendMessage, EditMessageText, SendPhoto, SendDocument)
_LONGEST_WAIT_S = 20


class Pace(BaseRequestMiddleware):
    """An answer to a press never waits for the outbox; asked by the messenger to slow down, it waits once."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Count and send."""
        if delivering.get():
            return await make_request(bot, method)  # the outbox counts, and decides about errors, by itself
        if count := _messages(method):
            self._limiter.take(_chat(method), count, is_answer=True)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            if error.retry_after > _LONGEST_WAIT_S:
                raise
            log.warning("asked to wait %s s before an answer", error.retry_after)
            await asyncio.sleep(error.retry_after)
            return await make_request(bot, method)


def _messages(method: Any) -> int:
    """How many messages it sends or changes: each of an album is one."""
    return len(method.media) if isinstance(method, SendMediaGroup) else int(isinstance(method, _COUNTED))


def _chat(method: Any) -> ChatAddress:
    chat_id = method.chat_id if isinstance(method.chat_id, int) else 0
    return ChatAddress(TELEGRAM, chat_id, is_group=chat_id < 0)
