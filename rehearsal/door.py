"""The HTTP door of the world: Telegram's addresses on loopback."""

import asyncio
import json
from http import HTTPStatus

from aiohttp import web

from rehearsal.accounts import BotAccount
from rehearsal.answering import answer
from rehearsal.faults import Fault
from rehearsal.reading import MOST_BYTES, received
from rehearsal.refusals import NOT_FOUND, TOO_LARGE, UNAUTHORIZED, Json, RefusalError
from rehearsal.world import World

POLL = "getupdates"


class Door:
    """Answers ``/bot<token>/<method>`` and ``/file/bot<token>/<path>`` as the server of Telegram does."""

    def __init__(self, world: World) -> None:
        self.world = world

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self.method)
        app.router.add_get("/file/bot{token}/{path:.+}", self.file)
        return app

    def bot(self, request: web.Request) -> BotAccount:
        bot = self.world.bots.get(request.match_info["token"])
        if bot is None:
            raise RefusalError(*UNAUTHORIZED)
        return bot

    async def method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        self.world.in_flight += name != POLL
        try:
            return _json(200, {"ok": True, "result": await self._done(request, name)})
        except RefusalError as refusal:
            return _refused(refusal)
        except web.HTTPRequestEntityTooLarge:
            return _refused(RefusalError(*TOO_LARGE))
        finally:
            self.world.in_flight -= name != POLL

    async def _done(self, request: web.Request, name: str) -> object:
        bot = self.bot(request)
        came = await received(request)
        fault = self.world.faults.take(name)
        if fault is not None:
            await _suffer(fault, request)
        result = await answer(self.world, bot, name, came)
        if fault is not None and fault.kind == "drop_after":
            _cut(request)
        return result

    async def file(self, request: web.Request) -> web.StreamResponse:
        file = self.world.files.at(request.match_info["path"])
        if request.match_info["token"] not in self.world.bots:
            return _refused(RefusalError(*UNAUTHORIZED))
        if file is None:
            return _refused(RefusalError(*NOT_FOUND))
        return web.Response(body=file.data, content_type="application/octet-stream")


async def _suffer(fault: Fault, request: web.Request) -> None:
    if fault.kind == "error":
        raise RefusalError(fault.code, HTTPStatus(fault.code).phrase)
    if fault.kind == "flood":
        seconds = int(fault.seconds)
        raise RefusalError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
    if fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "drop":
        _cut(request)


def _cut(request: web.Request) -> None:
    """Break the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError("the rehearsal cut the connection on demand")


def _refused(refusal: RefusalError) -> web.Response:
    return _json(refusal.code, refusal.as_json())


def _json(status: int, body: Json) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")
