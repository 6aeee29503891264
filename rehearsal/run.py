"""``make run`` without a token: the world, the bot and the page in one process."""

import asyncio
import logging
import signal
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.cli import DEPLOYMENT, OK, complain, say
from bot.logs import set_up_logs
from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.page.page import Page
from rehearsal.region import cast_of
from rehearsal.stage import TOKEN, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from texts import Texts

log = logging.getLogger(__name__)

START = datetime(2021, 11, 24, 5, 30, tzinfo=UTC)
"""24 November 2021, 08:30 in Moscow: the day before item 1."""


async def run(settings: Settings, texts: Texts) -> int:
    """Until Ctrl+C. Everything lives in a temporary folder that goes away with it."""
    set_up_logs(settings)
    logging.getLogger("aiogram").setLevel(logging.WARNING)
    world = World(MovableClock(START, running=True))
    world.add_bot(TOKEN, "roadmap_500_bot", texts.plain("rehearsal.bot-name"))
    page = Page(world, texts, settings.zone)
    try:
        with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
            async with (
                WorldServer(world, settings.rehearsal_port, page.add_routes) as server,
                open_stage(world, server.base, Path(folder), settings) as stage,
            ):
                cast = cast_of(world)
                await open_scene(stage, cast)
                page.open(stage, cast)
                say(texts.plain("rehearsal.open", url=server.base))
                await _stopped()
    except OSError as error:
        log.debug("the port is taken", exc_info=error)
        complain(texts.plain("rehearsal.port-taken", port=settings.rehearsal_port))
        return DEPLOYMENT
    return OK


async def _stopped() -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await stop.wait()
