"""The HTTP door of the world: Telegram's addresses on loopback."""

import json

from aiohttp import web

from rehearsal.accounts import BotAccount
from rehearsal.answering import answer
from rehearsal.reading import MOST_BYTES, received
from rehearsal.refusals import NOT_FOUND, TOO_LARGE, UNAUTHORIZED, Json, RefusalError
from rehearsal.suffering import POLL, CutError, suffering
from rehearsal.world import World


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
        except CutError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()  # nobody is there to read it
        except web.HTTPRequestEntityTooLarge:
            return _refused(RefusalError(*TOO_LARGE))
        finally:
            self.world.in_flight -= name != POLL

    async def _done(self, request: web.Request, name: str) -> object:
        bot = self.bot(request)
        came = await received(request)
        async with suffering(self.world, name, came):
            return await answer(self.world, bot, name, came)

    async def file(self, request: web.Request) -> web.StreamResponse:
        file = self.world.files.at(request.match_info["path"])
        if request.match_info["token"] not in self.world.bots:
            return _refused(RefusalError(*UNAUTHORIZED))
        if file is None:
            return _refused(RefusalError(*NOT_FOUND))
        return web.Response(body=file.data, content_type="application/octet-stream")


def _refused(refusal: RefusalError) -> web.Response:
    return _json(refusal.code, refusal.as_json())


def _json(status: int, body: Json) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")
