"""``rights``: who may do what, from the very table that the actions check."""

import argparse

from bot.cli import OK, say
from bot.settings import Settings
from reports.rights import as_markdown
from texts import Texts


async def rights(_given: argparse.Namespace, _settings: Settings, texts: Texts) -> int:
    """Print the table as Markdown."""
    for line in as_markdown(texts):
        say(line)
    return OK
