"""``plan``: what the bot would say by itself. Imports no messenger."""

import argparse
import json
from datetime import date, timedelta

from actions.notices import Forecast
from bot.cli import INPUT, OK, complain, say
from bot.clock import now
from bot.core import build_core
from bot.settings import Settings
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
        lines = await core.notices.forecast(first, last)
    finally:
        await core.database.close()
    several = len({line.roadmap for line in lines}) > 1
    if given.json:
        for line in lines:
            say(json.dumps(_plain(line, settings, several=several), ensure_ascii=False))
    else:
        _calendar(lines, settings, texts, first, last)
    return OK


def _plain(line: Forecast, settings: Settings, *, several: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "at": line.at.astimezone(settings.zone).isoformat(),
        "to": line.to,
        "item": line.item,
        "occasion": line.occasion,
        "days": line.days,
    }
    return found | ({"roadmap": line.roadmap} if several else {})


def _calendar(lines: list[Forecast], settings: Settings, texts: Texts, first: date, last: date) -> None:
    say(texts.plain("cli.plan-heading", first=first, last=last, count=len(lines)))
    before = None
    for line in lines:
        at = line.at.astimezone(settings.zone)
        if at != before:
            say(texts.plain("cli.plan-day", at=at))
            before = at
        say("    " + texts.plain("cli.plan-line", line=line, occasion=texts.plain(f"cli.occasion-{line.occasion}")))
