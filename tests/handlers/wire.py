"""aiogram's session without a network: a request goes straight into the world, an answer straight back."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from rehearsal.answering import answer
from rehearsal.reading import Received
from rehearsal.refusals import RefusalError
from rehearsal.world import World


class Wire(BaseSession):
    """Keeps the planned faults of the world: an HTTP error, a flood, a cut connection."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram's
    ) -> TelegramType:
        """Ask the world as the server would be asked."""
        try:
            status, body = 200, {"ok": True, "result": await self._asked(bot, method)}
        except RefusalError as refusal:
            status, body = refusal.code, refusal.as_json()
        response = self.check_response(bot=bot, method=method, status_code=status, content=json.dumps(body))
        result: TelegramType = response.result  # type: ignore[assignment]
        return result

    async def _asked(self, bot: Bot, method: TelegramMethod[Any]) -> object:
        name = method.__api_method__
        await asyncio.sleep(0)  # a network always takes its time
        fault = self._world.faults.take(name.lower())
        if fault is not None and fault.kind == "drop":
            raise TelegramNetworkError(method=method, message="cut")
        if fault is not None:
            raise RefusalError(
                fault.code if fault.kind == "error" else 429, "trouble", {"retry_after": int(fault.seconds)}
            )
        given = method.model_dump(warnings=False).items()
        fields = {key: self.prepare_value(value, bot=bot, files={}) for key, value in given}
        return await answer(
            self._world,
            self._world.bots[bot.token],
            name,
            Received({key: value for key, value in fields.items() if value is not None}),
        )

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *_asked: Any, **_more: Any) -> AsyncGenerator[bytes, None]:
        """Files are not fetched in these tests."""
        yield b""
