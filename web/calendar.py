"""``GET /calendar/<secret>.ics`` is somebody's own calendar, ``GET /calendar/region.ics`` everybody's.

The secret is all the key there is: it stands in no log, and whoever does not have it learns nothing.
"""

import asyncio
import logging

from aiohttp import ETag, web

from actions.calendar_feed import REGION, CalendarFeeds, Feed
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)

OWN, EVERYBODYS = "private, no-cache", "public, max-age=900"
_LATER_S = "60"


class CalendarDoor:
    """Calendars are made one after another: a hundred phones that ask at once do not hold the bot up."""

    def __init__(self, feeds: CalendarFeeds, clock: Clock) -> None:
        self._feeds = feeds
        self._clock = clock
        self._turn = asyncio.Lock()

    async def give(self, request: web.Request) -> web.Response:
        """The calendar of that name; 304 where the phone has it, 404 with nothing where there is none."""
        which = request.match_info["which"]
        try:
            async with self._turn:
                return await self._given(request, which)
        except DatabaseUnavailableError as error:
            log.warning("a calendar is not given: %s", error.reason)
            return web.Response(status=503, headers={"Retry-After": _LATER_S})

    async def _given(self, request: web.Request, which: str) -> web.Response:
        now = self._clock()
        feed = await (self._feeds.region(now=now) if which == REGION else self._feeds.personal(which, now=now))
        if feed is None:
            return web.Response(status=404, headers=_headers(OWN))
        headers = _headers(EVERYBODYS if which == REGION else OWN)
        if _has(request, feed):
            answer = web.Response(status=304, headers=headers)
        else:
            content = await self._feeds.written(feed, now=now)
            answer = web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=headers)
        answer.etag = ETag(feed.mark, is_weak=True)  # it says when it was made, and that is no difference
        return answer


def _has(request: web.Request, feed: Feed) -> bool:
    return any(one.value in (feed.mark, "*") for one in request.if_none_match or ())


def _headers(cached: str) -> dict[str, str]:
    return {
        "Cache-Control": cached,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


def add_calendars(app: web.Application, door: CalendarDoor) -> None:
    """The addresses; any other method is 405."""
    app.router.add_get("/calendar/{which}.ics", door.give)
