"""Running with a token: migrations, the clockwork, long polling, and a stop that loses nothing."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import BotCommand, BotCommandScopeAllChatAdministrators, BotCommandScopeAllPrivateChats

from bot.app import App, build
from bot.cli import DEPLOYMENT, OK, complain
from bot.logs import set_up_logs
from bot.settings import Settings
from schedules.clockwork import build_clockwork
from storage.migrate import upgrade
from texts import Texts
from web.server import PortTakenError, served

log = logging.getLogger(__name__)

COMMANDS = ("menu", "tasks", "now", "month", "roadmap", "unclear", "groups", "rules", "my_data", "help")
_RETRY_S = 5


async def run(settings: Settings, texts: Texts) -> int:
    """Until SIGTERM or SIGINT. Returns an exit code; a refused token is one clear line."""
    set_up_logs(settings)
    app = build(settings)
    try:
        await upgrade(app.core.database)
        await _meet(app.bot)
        async with _calendars(app):
            await serve(app)
    except (TelegramUnauthorizedError, TelegramNotFound):  # «not found» is said of a token of a wrong shape
        complain(texts.plain("cli.token-refused"))
        return DEPLOYMENT
    except PortTakenError:
        complain(texts.plain("cli.port-taken", host=settings.web_host, port=settings.web_port))
        return DEPLOYMENT
    finally:
        await app.bot.session.close()
        await app.core.database.close()
    return OK


@asynccontextmanager
async def _calendars(app: App) -> AsyncIterator[None]:
    """Calendars are served while the bot runs, where a port is set. Raises ``PortTakenError``."""
    settings = app.core.settings
    if not settings.web_port:
        yield
        return
    async with served(app.core.calendar_feeds, app.clock, settings.web_host, settings.web_port):
        yield


async def _meet(bot: Bot) -> None:
    """Wait until the server answers. Raises ``TelegramUnauthorizedError`` when it does not know the token."""
    while True:
        try:
            await bot.me()
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise
        except (TelegramAPIError, ClientDecodeError) as error:
            log.warning("the messenger's server does not answer (%s), trying again", type(error).__name__)
            await asyncio.sleep(_RETRY_S)
        else:
            return


async def serve(app: App, *, handle_signals: bool = True) -> None:
    """Long polling and the clockwork until a signal; what is in flight is finished and settled before it returns."""
    core = app.core
    clockwork = build_clockwork(
        core.notices,
        core.survey_course,
        core.visit_course,
        core.meeting_course,
        core.broadcast_laying,
        app.broadcast_course,
        core.join_requests,
        app.outbox,
        app.late_files,
        app.clock,
    )
    await offer_commands(app.bot, app.core.texts)
    gc.collect()
    gc.freeze()  # what was imported stays for ever: looking through it again and again holds presses up for 0.1 s
    clockwork.start()
    try:
        await app.dispatcher.start_polling(app.bot, handle_signals=handle_signals, close_bot_session=False)
    finally:
        clockwork.pause()
        app.outbox.stop()
        await app.in_flight.wait()
        await app.outbox.idle()
        clockwork.shutdown(wait=False)
        await _confirm(app.bot, app.in_flight.last_update_id)


async def _confirm(bot: Bot, last_update_id: int) -> None:
    """Tell the server what was handled, so that it is not handled again after the restart."""
    if last_update_id:
        try:
            await bot.get_updates(offset=last_update_id + 1, limit=1, timeout=0)
        except TelegramAPIError as error:
            log.warning("the last updates are not confirmed: %s", type(error).__name__)


async def offer_commands(bot: Bot, texts: Texts) -> None:
    """The commands of the menu button; a refusal is not worth a failed start."""
    commands = [BotCommand(command=name, description=texts.plain(f"menu.command-{name}")) for name in COMMANDS]
    binding = [BotCommand(command="bind", description=texts.plain("menu.command-bind"))]
    try:
        await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(binding, scope=BotCommandScopeAllChatAdministrators())
    except TelegramAPIError as error:
        log.warning("the commands are not set: %s", type(error).__name__)
