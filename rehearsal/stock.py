"""The product's side of a rehearsal: the stock aiogram bot and dispatcher pointed at a world."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from rehearsal.settling import Inflight
from rehearsal.world import World

PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""The smallest true PNG, for whoever sends a photo."""


class LoopbackSession(AiohttpSession):
    """The stock session, speaking to the world at ``base``, but closed at once.

    aiogram waits 0.25 s after closing, for TLS to say goodbye; on loopback there is none.
    """

    def __init__(self, base: str, **more: Any) -> None:
        super().__init__(api=TelegramAPIServer.from_base(base), **more)

    async def close(self) -> None:
        """Every connection is closed when it returns."""
        if self._session is not None:
            await self._session.close()


@asynccontextmanager
async def stock_bot(base: str, token: str) -> AsyncIterator[Bot]:
    """The stock bot, speaking to the world at ``base``; HTML by default."""
    session = LoopbackSession(base)
    async with Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML")).context() as bot:
        yield bot


@asynccontextmanager
async def polling(dispatcher: Dispatcher, bot: Bot, world: World) -> AsyncIterator[None]:
    """The dispatcher runs by long polling inside; ``world.settle`` knows exactly when its handlers are done."""
    inflight = Inflight()
    world.busy.append(inflight)
    dispatcher.update.outer_middleware(inflight)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
        try:
            yield
        finally:
            running.cancel()
            world.busy.remove(inflight)
