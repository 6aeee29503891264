"""Which updates are being handled at the moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update


class InFlight(BaseMiddleware):
    """Counts the updates that are being handled, so that a stop can wait for them."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.last_update_id = 0

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Count and go on."""
        if isinstance(event, Update):
            self.last_update_id = max(self.last_update_id, event.update_id)
        self._count += 1
        self._idle.clear()
        try:
            return await handler(event, data)
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    @property
    def is_busy(self) -> bool:
        """Whether anything is being handled."""
        return self._count > 0

    async def wait(self) -> None:
        """Until nothing is being handled."""
        await asyncio.sleep(0)  # lets the last fetched updates begin
        await self._idle.wait()
