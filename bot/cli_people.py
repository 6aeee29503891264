"""``invite``: a one-time code for the first coordinator."""

import argparse

from bot.cli import OK, complain, say
from bot.clock import now
from bot.core import build_core
from bot.settings import Settings
from domain.people import Role
from storage.migrate import upgrade
from texts import Texts


async def invite(given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    """Print the code, and the link where the token tells the bot's name."""
    core = build_core(settings)
    try:
        await upgrade(core.database)
        invitation = await core.invites.invite(Role(given.role), now=now())
    finally:
        await core.database.close()
    username = await _username(settings)
    if username is None:
        complain(texts.plain("cli.invite-no-link"))
    until = invitation.expires_at.astimezone(settings.zone)
    say(texts.plain("cli.invited", code=invitation.code, username=username, until=until))
    return OK


async def _username(settings: Settings) -> str | None:
    if settings.bot_token is None:
        return None
    from aiogram.exceptions import TelegramAPIError

    from bot.app import build_bot

    bot = build_bot(settings)
    try:
        return (await bot.me()).username
    except (TelegramAPIError, OSError):
        return None
    finally:
        await bot.session.close()
