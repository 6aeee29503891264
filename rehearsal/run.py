"""``make run`` without a token and ``rehearse``: the world, the bot and the page in one process."""

import argparse
import asyncio
import logging
import signal
import socket
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path

from bot.cli import DEPLOYMENT, OK, complain, say
from bot.logs import set_up_logs
from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.journal import WAITED, Journal, replay
from rehearsal.opening import wanted_journal
from rehearsal.page.page import Page
from rehearsal.region import cast_of
from rehearsal.stage import TOKEN, Stage, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import LOOPBACK, WorldServer
from rehearsal.year import play_year
from reports.year import as_json_lines, by_day
from texts import Texts

log = logging.getLogger(__name__)

_QUIET = {
    "aiogram": logging.WARNING,
    "aiogram.dispatcher": logging.ERROR,
    "apscheduler": logging.ERROR,
    "actions.outbox": logging.ERROR,
}
"""Trouble is asked for on the page and told there."""


async def run(settings: Settings, texts: Texts) -> int:
    """The rehearsal of the stock region on its page, until Ctrl+C."""
    return await rehearse(None, settings, texts)


async def rehearse(given: argparse.Namespace | None, settings: Settings, texts: Texts) -> int:
    """What the command line asked for: the page, or the whole year at once. Raises ``Refusal``."""
    set_up_logs(settings)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    journal = wanted_journal(given, settings)
    if given is not None and given.play_year:
        return await _year(journal, settings, texts, as_json=given.json)
    return await _shows(journal, settings, texts)


async def _year(journal: Journal, settings: Settings, texts: Texts, *, as_json: bool) -> int:
    began = time.monotonic()
    year = await play_year(journal.beginning, settings, texts)
    for line in as_json_lines(year.got) if as_json else by_day(year.got, texts):
        say(line)
    seconds = time.monotonic() - began
    complain(texts.plain("rehearsal.year-played", count=len(year.got), calls=year.calls.total(), seconds=seconds))
    for complaint in year.complaints:
        complain(complaint)
    return DEPLOYMENT if year.complaints else OK


async def _shows(journal: Journal, settings: Settings, texts: Texts) -> int:
    """One rehearsal after another at the same address: the page may ask for a saved one or for a new beginning."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        listening = socket.create_server((LOOPBACK, settings.rehearsal_port))
    except OSError as error:
        log.debug("the port is taken", exc_info=error)
        complain(texts.plain("rehearsal.port-taken", port=settings.rehearsal_port))
        return DEPLOYMENT
    with listening:
        say(texts.plain("rehearsal.open", url="http://{}:{}".format(*listening.getsockname())))
        while not stop.is_set():
            with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
                journal = await _show(journal, Path(folder), listening, settings, texts, stop)
    return OK


async def _show(
    journal: Journal, folder: Path, listening: socket.socket, settings: Settings, texts: Texts, stop: asyncio.Event
) -> Journal:
    """Until it is stopped or another rehearsal is wanted; returns the one that comes next."""
    world = World(MovableClock(journal.beginning.at, running=True))
    world.add_bot(TOKEN, "roadmap_500_bot", texts.plain("rehearsal.bot-name"))
    page = Page(world, texts, settings.zone)
    async with (
        WorldServer(world, extend=page.add_routes, listening=listening) as server,
        open_stage(world, server.base, folder, _with_calendars(settings, server.base)) as stage,
    ):
        wanted = await _until(stop, _play(journal, stage, page, texts))
        journal.keep(world.clock(), WAITED, {})
        if wanted is not None and journal.file is not None:
            wanted.keep_in(journal.file)
        page.close()
        return wanted or journal


def _with_calendars(settings: Settings, base: str) -> Settings:
    """Calendars lie beside the page."""
    return settings.model_copy(update={"public_url": base})


async def _play(journal: Journal, stage: Stage, page: Page, texts: Texts) -> Journal:
    """Set the scene, do again what was done, and show it until another rehearsal is wanted: that one."""
    cast = cast_of(stage.world, journal.beginning.people, journal.beginning.schools)
    await open_scene(stage, cast)
    missed = await replay(journal.steps, stage, page.actions_on(stage))
    if missed:
        complain(texts.plain("rehearsal.steps-missed", count=missed))
    page.open(stage, cast, journal)
    return await page.saving.wanted()


async def _until(stop: asyncio.Event, playing: Coroutine[None, None, Journal]) -> Journal | None:
    """What the play comes to; ``None`` when it is to be stopped before."""
    async with asyncio.TaskGroup() as tasks:
        stopped, played = tasks.create_task(stop.wait()), tasks.create_task(playing)
        await asyncio.wait((stopped, played), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        played.cancel()
    return None if played.cancelled() else played.result()
