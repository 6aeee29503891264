"""``run``: the bot with a token, the rehearsal without one."""

import argparse
import importlib

from bot.settings import Settings
from texts import Texts


async def run(_given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    """Until it is stopped."""
    if settings.bot_token is None:
        # The rehearsal stands above this room (it assembles it), so it is named, not imported.
        rehearsal = importlib.import_module("rehearsal.run")
        return int(await rehearsal.run(settings, texts))
    from bot.running import run as run_bot

    return await run_bot(settings, texts)
