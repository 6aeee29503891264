"""The rehearsal's page: the chats as people see them, working buttons and a movable clock, in a browser.

``GET /`` is the page, ``GET /page/state`` the list of chats, ``GET /page/events`` the same followed by the news.
``GET /page/messages`` is a part of a conversation, ``GET /page/file/<id>`` what was sent in one, ``GET /page/timeline``
the year, ``GET /page/troubles`` what goes wrong, ``GET /calendar/…`` a calendar to subscribe to. What a person does is
``POST /page/<action>`` with a JSON object, see ``acting``, ``belonging``, ``moving``, ``troubles``;
``POST /page/upload`` is a form.
"""

import json
import re
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from rehearsal.events import Event, Subscription
from rehearsal.journal import MOVES, WAITED, Journal
from rehearsal.page.acting import PeopleActions
from rehearsal.page.action import Action, NotDoneError
from rehearsal.page.again import Again
from rehearsal.page.asking import Asked
from rehearsal.page.belonging import BelongingActions
from rehearsal.page.files import FileDoor
from rehearsal.page.guard import add_headers, own_browser_only
from rehearsal.page.moving import BusyError, ClockActions, JumpFailedError, Mover
from rehearsal.page.news import News, batch
from rehearsal.page.paging import MOST, part_of, seen_by
from rehearsal.page.saving import Saving
from rehearsal.page.timeline import Timeline
from rehearsal.page.troubles import Troubles, count_on
from rehearsal.page.uploads import UploadActions, read_form
from rehearsal.page.view import PageView
from rehearsal.page.words import WORDS
from rehearsal.refusals import Json
from rehearsal.region import Cast
from rehearsal.stage import Stage
from rehearsal.world import World
from texts import Texts
from web.calendar import CalendarDoor

STATIC = Path(__file__).parent / "static"
_USUAL_PART = 60
_RETRY_MS = 500
"""Another rehearsal opens at the same address: the page looks for it twice a second."""


class Page:
    """Until ``open`` it says that the rehearsal is being opened."""

    def __init__(self, world: World, texts: Texts, zone: ZoneInfo) -> None:
        self.world = world
        self.texts = texts
        self.zone = zone
        self.view = PageView(world, texts)
        self.mover = Mover(self._clock_changed)
        self.again = Again(world, zone)
        self._wholes: dict[str, Callable[[], Awaitable[Json]]] = {}
        self.saving = Saving(world, zone)
        self._run = secrets.token_hex(8)
        self._cast: Cast | None = None
        self._calendars: CalendarDoor | None = None
        self._actions: dict[str, Action] = {}

    def add_routes(self, app: web.Application) -> None:
        app.middlewares.append(own_browser_only)
        app.on_response_prepare.append(add_headers)
        app.cleanup_ctx.extend([self.mover.while_served, self.again.while_served])
        app.router.add_get("/", self.index)
        app.router.add_static("/page/static", STATIC)
        app.router.add_get("/page/state", self.state)
        app.router.add_get("/page/events", self.events)
        app.router.add_get("/page/messages", self.messages)
        app.router.add_get("/page/file/{id}", FileDoor(self.world).give)
        app.router.add_get("/page/saved", self.saving.saved)
        app.router.add_get("/page/{whole:timeline|troubles}", self.whole)
        app.router.add_get("/calendar/{which}.ics", self.calendar)
        app.router.add_post("/page/upload", self.upload)
        app.router.add_post("/page/{action}", self.act)

    def actions_on(self, stage: Stage) -> dict[str, Action]:
        """Everything that can be asked of the page, by names."""
        people, clock = PeopleActions(self.world, self.view.tallies), ClockActions(stage, self.mover)
        more = BelongingActions(self.world).table() | UploadActions(self.world).table()
        return people.table() | more | clock.table() | self._troubles(stage).table() | self.saving.table()

    def _troubles(self, stage: Stage) -> Troubles:
        return Troubles(stage, self.texts, self.again.ring)

    def open(self, stage: Stage, cast: Cast, journal: Journal | None = None) -> None:
        """The stage is ready: show it. What was said while it was being set counts as read."""
        self.view.tallies.read_all()
        self.saving.journal = journal or self.saving.journal
        self._actions = self.actions_on(stage)
        self._calendars = CalendarDoor(stage.app.core.calendar_feeds, self.world.clock)
        year = Timeline(stage, self.texts, self.zone)
        self._wholes = {"timeline": year.told, "troubles": self._troubles(stage).told}
        self._cast = cast
        self.world.events.publish(Event("chat"))

    def close(self) -> None:
        """The rehearsal is over: whoever listens to the news is let go, and looks for the next one."""
        self.world.events.publish(Event("over"))

    # What is shown

    async def index(self, _request: web.Request) -> web.Response:
        """The page with its words: ``{{id}}`` in the file, and all of them as JSON for the scripts to fill in."""
        words = {name: self.texts.plain(f"page.{name}", name="{name}") for name in WORDS}
        source = (STATIC / "index.html").read_text(encoding="utf-8")
        filled = re.sub(r"\{\{([\w-]+)}}", lambda found: escape(words[found[1]]), source)
        as_json = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
        return web.Response(text=filled.replace("<!--words-->", as_json), content_type="text/html")

    async def state(self, _request: web.Request) -> web.Response:
        return _json(self._state())

    def _state(self) -> Json:
        if self._cast is None:
            return {"ready": False, "run": self._run}
        bot = self.world.bot
        return {
            "ready": True,
            "run": self._run,
            "zone": self.zone.key,
            "clock": self._clock(),
            "troubles": self._trouble(),
            "bot": {"id": bot.id, "name": bot.first_name, "username": bot.username},
            "commands": self.view.commands(),
            "people": self.view.people(self._cast),
            "chats": self.view.chats(),
            "moved": self.view.moved(),
        }

    def _clock(self) -> Json:
        clock = self.world.clock
        return {"now": clock().isoformat(), "running": clock.running} | self.mover.state()

    def _trouble(self) -> Json:
        """How much goes wrong; the rest is told by ``GET /page/troubles``."""
        return {"on": count_on(self.world)}

    def _clock_changed(self) -> None:
        self.world.events.publish(Event("clock", detail=self.world.clock().isoformat()))
        self.again.ring()

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the whole state first, so that nothing falls between it and the news."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        with self.world.subscribe() as heard, suppress(ConnectionResetError):  # the browser has left
            await response.prepare(request)
            await self._tell(response, heard)
        return response

    async def _tell(self, response: web.StreamResponse, heard: Subscription) -> None:
        """Until the rehearsal is over."""
        parts = {"state": self._state, "clock": self._clock, "timeline": dict, "troubles": self._trouble}
        news = News(self.view, parts)
        told = self._state()
        await response.write(b"retry: %d\n" % _RETRY_MS + _sse("state", told))
        while True:
            events = await batch(heard)
            if any(event.kind == "over" for event in events):
                return
            said = news.told(events) if events else [("quiet", {})]
            if events and not told["ready"]:
                if self._cast is None:
                    continue
                told = self._state()
                said = [("state", told)]
            await response.write(b"".join(_sse(name, data) for name, data in said))

    async def messages(self, request: web.Request) -> web.Response:
        """``?chat=ID&person=ID&limit=60`` and ``before``, ``after`` or ``around`` an order: a part of what was said."""
        if self._cast is None:
            raise web.HTTPServiceUnavailable
        try:
            numbers = {name: int(value) for name, value in request.query.items()}
            limit = min(max(numbers.get("limit", _USUAL_PART), 1), MOST)
            step = Asked(self.world, numbers)
            where = {name: numbers[name] for name in ("before", "after", "around") if name in numbers}
            return _json(self.view.part(part_of(seen_by(step.person, step.chat), limit, **where)))
        except NotDoneError as refused:
            return _json(refused.told(self.texts))
        except (ValueError, LookupError):
            raise web.HTTPBadRequest from None

    async def whole(self, request: web.Request) -> web.Response:
        """The year of the roadmap, or what goes wrong: an event of that name says that it has changed."""
        if not self._wholes:
            raise web.HTTPServiceUnavailable
        return _json(await self._wholes[request.match_info["whole"]]())

    async def calendar(self, request: web.Request) -> web.Response:
        """A calendar that somebody subscribed to, as the product itself serves it."""
        if self._calendars is None:
            raise web.HTTPServiceUnavailable
        return await self._calendars.give(request)

    # What a person does

    async def act(self, request: web.Request) -> web.Response:
        """Any action; what is refused with a sentence is ``{"refused": "..."}``. 400 for what makes no sense,
        503 before the opening."""
        return await self._acted(request, request.match_info["action"], "application/json")

    async def upload(self, request: web.Request) -> web.Response:
        """Files with a caption as a form of ``person``, ``chat``, ``kind``, ``caption`` and the files themselves."""
        return await self._acted(request, "upload", "multipart/form-data")

    async def _acted(self, request: web.Request, name: str, form: str) -> web.Response:
        if self._cast is None:
            raise web.HTTPServiceUnavailable
        action = self._actions.get(name)
        if action is None:
            raise web.HTTPNotFound
        if request.content_type != form:
            raise web.HTTPUnsupportedMediaType
        try:
            asked = await request.json() if form == "application/json" else await read_form(request)
            return _json(await self._done(name, action, asked))
        except NotDoneError as refused:
            return _json(refused.told(self.texts))
        except (ValueError, LookupError, TypeError, AttributeError):
            raise web.HTTPBadRequest from None
        except BusyError:
            return _json({"refused": self.texts.plain("page.busy")})
        except JumpFailedError:
            raise web.HTTPInternalServerError from None

    async def _done(self, name: str, action: Action, asked: Json) -> Json:
        """Do it and write it down, at the instant at which it began."""
        at = self.world.clock()
        answer = await action(asked)
        self.saving.journal.keep(at, name, asked)
        if name in MOVES:
            self.saving.journal.keep(self.world.clock(), WAITED, {})
        return answer


def _json(data: Json, status: int = 200) -> web.Response:
    """Russian letters as they are: three times shorter than escaped."""
    return web.Response(body=_dumped(data), status=status, content_type="application/json", charset="utf-8")


def _sse(name: str, data: Json) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), _dumped(data))


def _dumped(data: Json) -> bytes:
    """A half of a pair of surrogates is nobody's letter: it becomes a question mark."""
    return json.dumps(data, ensure_ascii=False).encode(errors="replace")
