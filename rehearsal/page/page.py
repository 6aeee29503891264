"""The rehearsal's page: the chats as people see them, working buttons and a movable clock, in a browser.

``GET /`` is the page, ``GET /page/state`` all it shows, ``GET /page/events`` the same followed by news as they happen.
What a person does is ``POST /page/<action>`` with a JSON object; see ``acting`` and ``moving``.
"""

import asyncio
import json
import re
import secrets
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from rehearsal.events import Event, Subscription
from rehearsal.page.acting import PeopleActions
from rehearsal.page.action import Action
from rehearsal.page.guard import add_headers, own_browser_only
from rehearsal.page.moving import BusyError, ClockActions, JumpFailedError, Mover
from rehearsal.page.view import PageView
from rehearsal.page.words import WORDS
from rehearsal.refusals import Json
from rehearsal.region import Cast
from rehearsal.stage import Stage
from rehearsal.world import World
from texts import Texts

STATIC = Path(__file__).parent / "static"
_QUIET_S = 15.0
_WHOLE = {"chat", "membership", "bot"}
"""Rare events after which everything is told again; whatever the page shows is in the state."""


class Page:
    """Until ``open`` it says that the rehearsal is being opened."""

    def __init__(self, world: World, texts: Texts, zone: ZoneInfo) -> None:
        self.world = world
        self.texts = texts
        self.zone = zone
        self.view = PageView(world, texts)
        self.mover = Mover(self._clock_changed)
        self._run = secrets.token_hex(8)
        self._cast: Cast | None = None
        self._actions: dict[str, Action] = {}

    def add_routes(self, app: web.Application) -> None:
        app.middlewares.append(own_browser_only)
        app.on_response_prepare.append(add_headers)
        app.cleanup_ctx.append(self.mover.while_served)
        app.router.add_get("/", self.index)
        app.router.add_static("/page/static", STATIC)
        app.router.add_get("/page/state", self.state)
        app.router.add_get("/page/events", self.events)
        app.router.add_post("/page/{action}", self.act)

    def open(self, stage: Stage, cast: Cast) -> None:
        """The stage is ready: show it. What was said while it was being set counts as read."""
        self.view.read_all()
        self._actions = PeopleActions(self.world, self.view).table() | ClockActions(stage, self.mover).table()
        self._cast = cast
        self.world.events.publish(Event("chat"))

    # What is shown

    async def index(self, _request: web.Request) -> web.Response:
        """The page with its words: ``{{id}}`` in the file, and all of them as JSON for the scripts."""
        words = {name: self.texts.plain(f"page.{name}") for name in WORDS}
        source = (STATIC / "index.html").read_text(encoding="utf-8")
        filled = re.sub(r"\{\{([\w-]+)}}", lambda found: escape(words[found[1]]), source)
        as_json = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
        return web.Response(text=filled.replace("<!--words-->", as_json), content_type="text/html")

    async def state(self, _request: web.Request) -> web.Response:
        return web.json_response(self._state())

    def _state(self) -> Json:
        if self._cast is None:
            return {"ready": False, "run": self._run}
        bot = self.world.bot
        return {
            "ready": True,
            "run": self._run,
            "zone": self.zone.key,
            "clock": self._clock(),
            "bot": {"id": bot.id, "name": bot.first_name, "username": bot.username},
            "commands": self.view.commands(),
            "people": self.view.people(self._cast),
            "chats": self.view.chats(),
        }

    def _clock(self) -> Json:
        clock = self.world.clock
        return {"now": clock().isoformat(), "running": clock.running, "moving": self.mover.moving}

    def _clock_changed(self) -> None:
        self.world.events.publish(Event("clock", detail=self.world.clock().isoformat()))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the whole state first, so that nothing falls between it and the news."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        with self.world.subscribe() as news:
            await response.prepare(request)
            told = self._state()
            await response.write(_sse("state", told))
            while True:
                event = await _next(news)
                if event is not None and not told["ready"] and self._cast is None:
                    continue
                name, said = self._told(event, whole=not told["ready"])
                told = said if name == "state" else told
                await response.write(_sse(name, said))

    def _told(self, event: Event | None, *, whole: bool) -> tuple[str, Json]:
        """The event for the browser, as things are now: one that comes late repeats what the state has said."""
        if event is None:
            return "quiet", {}
        if whole or event.kind in _WHOLE:
            return "state", self._state()
        if event.message is not None and event.kind in {"message", "edited"} and not event.message.deleted:
            return "message", self.view.message(event.message) | {"chat": event.message.chat.id}
        if event.message is not None and event.message.deleted:
            return "deleted", {"chat": event.message.chat.id, "id": event.message.id}
        return "clock", self._clock()

    # What a person does

    async def act(self, request: web.Request) -> web.Response:
        """Any action. 400 for what makes no sense, 409 while the clock is moving, 503 before the opening."""
        if self._cast is None:
            raise web.HTTPServiceUnavailable
        action = self._actions.get(request.match_info["action"])
        if action is None:
            raise web.HTTPNotFound
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            return web.json_response(await action(await request.json()))
        except (ValueError, LookupError, TypeError, AttributeError):
            raise web.HTTPBadRequest from None
        except BusyError:
            raise web.HTTPConflict from None
        except JumpFailedError:
            raise web.HTTPInternalServerError from None


async def _next(news: Subscription) -> Event | None:
    """The next event, or None after a while of silence: a written line shows whether the browser is still there."""
    try:
        async with asyncio.timeout(_QUIET_S):
            return await news.next()
    except TimeoutError:
        return None


def _sse(name: str, data: Json) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
