"""The door without a network: aiogram's session that asks the world directly. For walks of thousands of steps."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any, cast
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientPayloadError

from rehearsal.answering import answer
from rehearsal.methods.registry import Upload
from rehearsal.reading import Received
from rehearsal.refusals import UNAUTHORIZED, RefusalError
from rehearsal.suffering import CutError, suffering
from rehearsal.world import World

BYTES = "application/octet-stream"


class InProcess(BaseSession):
    """Answers and errors are those of the HTTP door (``tests/rehearsal/test_in_process.py``), planned faults included.

    Give it to ``bot.app.build`` or to a stock ``Bot``.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram's
    ) -> TelegramType:
        """One call of the Bot API."""
        try:
            async with asyncio.timeout(self.timeout if timeout is None else timeout):
                status, body = 200, {"ok": True, "result": await self._asked(bot, method)}
        except RefusalError as refusal:
            status, body = refusal.code, refusal.as_json()
        except (TimeoutError, CutError) as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        response = self.check_response(bot=bot, method=method, status_code=status, content=json.dumps(body))
        return cast("TelegramType", response.result)

    async def _asked(self, bot: Bot, method: TelegramMethod[Any]) -> object:
        name = method.__api_method__
        received = await self._packed(bot, method)
        await asyncio.sleep(0)  # a network always takes its time
        account = self._world.bots.get(bot.token)
        if account is None:
            raise RefusalError(*UNAUTHORIZED)
        async with suffering(self._world, name.lower(), received):
            return await answer(self._world, account, name, received)

    async def _packed(self, bot: Bot, method: TelegramMethod[Any]) -> Received:
        """The method as the fields and files of a form, by aiogram's own rules."""
        files: dict[str, InputFile] = {}
        given = method.model_dump(warnings=False).items()
        fields = {name: self.prepare_value(value, bot=bot, files=files) for name, value in given}
        received = Received({name: value for name, value in fields.items() if value})
        for name, file in files.items():
            data = b"".join([part async for part in file.read(bot)])
            received.uploads[name] = Upload(file.filename or name, BYTES, data)
        return received

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, url: str, *_asked: Any, **_more: Any) -> AsyncGenerator[bytes, None]:
        """What people sent. Raises aiohttp's ``ClientError`` for a file that is not there, as over HTTP."""
        await asyncio.sleep(0)
        file = self._world.files.at(urlsplit(url).path.split("/", 3)[-1])
        if file is None:
            raise ClientPayloadError(url)
        yield file.data
