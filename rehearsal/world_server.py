"""The world behind its door, on loopback and nowhere else."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from socket import socket
from types import TracebackType
from typing import Self

from aiohttp import web

from rehearsal.delivery import Deliverer
from rehearsal.door import Door
from rehearsal.world import World

LOOPBACK = "127.0.0.1"


class WorldServer:
    """``async with WorldServer(world) as server: AiohttpSession(api=TelegramAPIServer.from_base(server.base))``.

    Port 0 takes a free one; ``listening`` is a socket on loopback that outlives the server, so that nobody is refused
    while one world makes room for another. ``extend`` may add routes of its own (the page, the controls of a bench)
    beside the Bot API's before the server starts. Enter and leave it in the same task.
    """

    def __init__(
        self,
        world: World,
        port: int = 0,
        extend: Callable[[web.Application], None] | None = None,
        listening: socket | None = None,
    ) -> None:
        self.world = world
        self.port = port
        self._listening = listening
        self._extend = extend
        self._stack = AsyncExitStack()

    @property
    def base(self) -> str:
        """The address to give to ``TelegramAPIServer.from_base``."""
        return f"http://{LOOPBACK}:{self.port}"

    async def __aenter__(self) -> Self:
        app = Door(self.world).application()
        if self._extend is not None:
            self._extend(app)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await self._site(runner).start()
        self.port = runner.addresses[0][1]
        tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        delivering = tasks.create_task(Deliverer(self.world).run())
        self._stack.callback(delivering.cancel)
        return self

    def _site(self, runner: web.AppRunner) -> web.BaseSite:
        if self._listening is None:
            return web.TCPSite(runner, LOOPBACK, self.port)
        return web.SockSite(runner, self._listening.dup())

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()
