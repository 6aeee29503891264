"""``plan``: what the bot would say by itself. Imports no messenger."""

import argparse
from datetime import date, timedelta

from bot.cli import INPUT, OK, complain, say
from bot.clock import now
from bot.core import build_core
from bot.settings import Settings
from reports.plan import as_calendar, as_json_lines
from texts import Texts

_DEFAULT_DAYS = 30


async def plan(given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    """A JSON object a line with ``--json``, a calendar for people without."""
    first: date = given.first or now().astimezone(settings.zone).date()
    last: date = given.last or first + timedelta(days=_DEFAULT_DAYS)
    if last < first:
        complain(texts.plain("cli.plan-reversed"))
        return INPUT
    core = build_core(settings)
    try:
        lines = await core.outlook.forecast(first, last)
    finally:
        await core.database.close()
    listing = (
        as_json_lines(lines, settings.zone) if given.json else as_calendar(lines, settings.zone, texts, first, last)
    )
    for row in listing:
        say(row)
    return OK
