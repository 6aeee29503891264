"""``rehearse``: the rehearsal from any day, with a region of any size, or its whole year at once."""

import argparse
import importlib
from typing import Any

from bot.cli import INPUT, complain
from bot.settings import Settings
from texts import Texts


async def rehearse(given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    """Never touches the token and the database of the settings."""
    # The rehearsal stands above this room (it assembles it), so it is named, not imported.
    rehearsal: Any = importlib.import_module("rehearsal.run")
    if given.json and not given.play_year:
        complain(texts.plain("cli.rehearse-json"))
        return INPUT
    return int(await rehearsal.rehearse(given, settings, texts))
