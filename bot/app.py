"""Assembling what talks: the bot's session, the channels, the dispatcher, the clockwork."""

from dataclasses import dataclass
from random import Random

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetUpdates, Response, SendMessage

from actions.broadcast_course import BroadcastCourse
from actions.late_files import LateFiles
from actions.outbox import Outbox
from bot.clock import now
from bot.core import Core, build_core
from bot.dispatcher import build_dispatcher
from bot.in_flight import InFlight
from bot.pace import Pace
from bot.session import JsonSession
from bot.settings import Settings
from channels.aside import Aside
from channels.limiter import Limiter
from channels.metronome import Metronome
from channels.telegram import TELEGRAM, TelegramChannel, TelegramFiles
from domain.clock import Clock

REQUEST_TIMEOUT_S = 15
"""A request that hangs longer is given up, so that one bad connection does not hold the others up."""

_RESPONSES = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (AnswerCallbackQuery, EditMessageText, GetUpdates, SendMessage)
)
"""aiogram builds these classes for every answer and pydantic keeps them only weakly: held here, they are built once."""


@dataclass(frozen=True, slots=True)
class App:
    """The whole application."""

    core: Core
    bot: Bot
    dispatcher: Dispatcher
    outbox: Outbox
    late_files: LateFiles
    broadcast_course: BroadcastCourse
    limiter: Limiter
    in_flight: InFlight
    clock: Clock


def build(
    settings: Settings, clock: Clock = now, session: BaseSession | None = None, chance: Random | None = None
) -> App:
    """Put the application together; nothing is opened or sent yet. ``BOT_TOKEN`` must be set.

    ``session`` is another way to the messenger than the settings name, ``chance`` draws codes that come again: a
    rehearsal has its own.
    """
    core = build_core(settings, chance)
    limiter = Limiter(clock)
    bot = build_bot(settings, session)
    bot.session.middleware(Pace(limiter))
    channels = {TELEGRAM: TelegramChannel(bot)}
    metronome = Metronome(limiter, clock) if clock is now else None  # a clock that is moved waits for nobody
    outbox = Outbox(core.database, core.project, channels, limiter, clock, metronome=metronome)
    aside = {name: Aside(channel, limiter) for name, channel in channels.items()}
    course = BroadcastCourse(core.database, core.project, aside)
    late_files = LateFiles(core.database, core.project, core.keeper, {TELEGRAM: TelegramFiles(bot)})
    in_flight = InFlight()
    return App(
        core, bot, build_dispatcher(core, clock, in_flight), outbox, late_files, course, limiter, in_flight, clock
    )


def build_bot(settings: Settings, session: BaseSession | None = None) -> Bot:
    """The bot in the given session or in one with the server and the proxy of the settings."""
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    default = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    return Bot(token, session=session or _session(settings), default=default)


def _session(settings: Settings) -> BaseSession:
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    api = TelegramAPIServer.from_base(settings.telegram_api) if settings.telegram_api else PRODUCTION
    return JsonSession(proxy=proxy, api=api, timeout=REQUEST_TIMEOUT_S)
