"""``check``: what is wrong with a deployment, a line for each part."""

import argparse
import shutil
import socket
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError

from actions.calendar_feed import REGION
from bot.app import build_bot
from bot.cli import DEPLOYMENT, OK, say
from bot.clock import now
from bot.core import Core, build_core
from bot.settings import Settings
from storage.errors import DatabaseUnavailableError
from storage.group import Group
from storage.migrate import current, newest
from texts import Texts

_ENOUGH_MIB = 500
_CLOCK_S = 30
_PATIENCE = aiohttp.ClientTimeout(5)
_MAY_WRITE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.CREATOR}

Finding = tuple[bool, str, dict[str, object]]
"""Whether it is in order, a text id, and its values."""


async def check(_given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    """Look at everything, change nothing; exit code 1 when anything is not in order."""
    core = build_core(settings)
    bot = build_bot(settings) if settings.bot_token else None
    fine = True
    try:
        async for good, text_id, values in _findings(core, bot):
            fine = fine and good
            say(texts.plain("check.line", good=good, said=texts.plain(text_id, **values)))
    finally:
        if bot is not None:
            await bot.session.close()
        await core.database.close()
    return OK if fine else DEPLOYMENT


async def _findings(core: Core, bot: Bot | None) -> AsyncIterator[Finding]:
    local = now().astimezone(core.settings.zone)
    yield True, "check.zone", {"zone": core.settings.timezone, "at": local}
    yield _disk(core)
    yield await _web(core.settings)
    groups: tuple[Group, ...] = ()
    try:
        yield await _database(core)
        groups = await core.groups.known()
    except DatabaseUnavailableError as error:
        yield False, error.reason, {}
    if bot is None:
        yield False, "check.no-token", {}
        return
    async for finding in _messenger(bot, groups):
        yield finding


def _disk(core: Core) -> Finding:
    folder = Path(core.database.url.database or ".").resolve().parent
    free = shutil.disk_usage(folder).free // 2**20
    return free >= _ENOUGH_MIB, "check.disk", {"free": free}


async def _web(settings: Settings) -> Finding:
    """Whether calendars can be served; where the bot runs already, it is the one that holds the port."""
    host, port, url = settings.web_host, settings.web_port, settings.public_url
    if not port or not url:
        return not port and not url, "check.web-half" if port or url else "check.web-off", {"port": port}
    where = {"host": host, "port": port, "url": url}
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError:
        ours = await _serves_calendars(host, port)
        return ours, "check.web-ours" if ours else "check.web-taken", where
    return True, "check.web-free", where


async def _serves_calendars(host: str, port: int) -> bool:
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/calendar/{REGION}.ics"
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session, session.get(url) as answer:
            return answer.content_type == "text/calendar"
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False


async def _database(core: Core) -> Finding:
    found = await current(core.database)
    return found == newest(), "check.database", {"found": found, "needed": newest()}


async def _messenger(bot: Bot, groups: tuple[Group, ...]) -> AsyncIterator[Finding]:
    try:
        me = await bot.me()
    except (TelegramUnauthorizedError, TelegramNotFound):  # «not found» is said of a token of a wrong shape
        yield False, "cli.token-refused", {}
        return
    except (TelegramAPIError, ClientDecodeError, OSError):
        yield False, "check.no-answer", {}
        return
    yield True, "check.token", {"username": me.username}
    yield await _clock(bot)
    bound = [group for group in groups if group.channel]
    if not bound:
        yield False, "check.no-groups", {}
    for group in bound:
        yield await _group(bot, group)


async def _clock(bot: Bot) -> Finding:
    """Compare with the server's own Date; deadlines and limits depend on it."""
    try:
        async with aiohttp.ClientSession() as session, session.get(bot.session.api.base.partition("/bot")[0]) as answer:
            server = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, OSError, KeyError, ValueError):
        return True, "check.clock-unknown", {}
    seconds = abs(round((now() - server).total_seconds()))
    return seconds <= _CLOCK_S, "check.clock", {"seconds": seconds}


async def _group(bot: Bot, group: Group) -> Finding:
    try:
        membership = await bot.get_chat_member(group.chat.chat_id, bot.id)
    except TelegramAPIError:
        return False, "check.group-lost", {"title": group.title}
    silenced = membership.status == ChatMemberStatus.RESTRICTED and not getattr(membership, "can_send_messages", False)
    if membership.status in _MAY_WRITE or (membership.status == ChatMemberStatus.RESTRICTED and not silenced):
        return True, "check.group", {"title": group.title, "channel": group.channel}
    return False, "check.group-silent" if silenced else "check.group-lost", {"title": group.title}
