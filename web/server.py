"""The product's own HTTP server: on loopback, behind a proxy that speaks HTTPS."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from actions.calendar_feed import CalendarFeeds
from domain.clock import Clock
from web.calendar import CalendarDoor, add_calendars

log = logging.getLogger(__name__)

_PATIENCE_S = 3.0
"""How long what is being answered may still take when the bot stops."""


class PortTakenError(OSError):
    """Nothing can be served at that address."""


@asynccontextmanager
async def served(feeds: CalendarFeeds, clock: Clock, host: str, port: int) -> AsyncIterator[int]:
    """Calendars lie there until it is left; gives the port. Port 0 takes a free one. Raises ``PortTakenError``.

    Addresses are secrets: there is no log of who asked for what.
    """
    app = web.Application(client_max_size=1)
    add_calendars(app, CalendarDoor(feeds, clock))
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=_PATIENCE_S)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise PortTakenError from error
        found: int = runner.addresses[0][1]
        log.info("calendars are served at %s:%s", host, found)
        yield found
    finally:
        await runner.cleanup()
