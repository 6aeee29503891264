"""``backup``: everything that is kept, in one file."""

import argparse
from pathlib import Path

from bot.cli import INPUT, OK, complain, say
from bot.settings import Settings
from storage.backup import save_backup
from texts import Texts


async def backup(given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    """Copy the database and the files people sent, also while the bot is at work."""
    target = Path(given.file)
    try:
        saved = await save_backup(settings.database_file, settings.files, target)
    except FileExistsError:
        complain(texts.plain("cli.backup-exists", file=target))
        return INPUT
    except OSError as error:
        complain(texts.plain("cli.backup-not-written", file=target, why=error.strerror or ""))
        return INPUT
    say(texts.plain("cli.backup-saved", file=target, files=saved.files, size=saved.size))
    return OK
