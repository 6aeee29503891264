"""Webhooks: the secret, the order, the pauses after failures, a method in the reply."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import CommandStart
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from rehearsal.person import Person
from rehearsal.world import World


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


def stock(bot: Bot, *, background: bool) -> web.Application:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> SendMessage:
        return message.answer("<b>Добро</b> пожаловать")

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=background, secret_token="s3cret").register(app, "/hook")
    return app


@pytest.mark.parametrize("background", [True, False])
async def test_the_stock_webhook_handler_answers(bot: Bot, world: World, anna: Person, background: bool) -> None:
    """Not in the background the method travels in the reply itself."""
    async with listening(stock(bot, background=background)) as url:
        await bot.set_webhook(url, secret_token="s3cret")
        await anna.starts()
        assert [message.html for message in anna.messages()] == ["/start", "<b>Добро</b> пожаловать"]
        assert world.complaints == []
        await bot.delete_webhook()


async def test_a_wrong_secret_is_reported_and_the_update_kept(bot: Bot, world: World, anna: Person) -> None:
    async with listening(stock(bot, background=False)) as url:
        await bot.set_webhook(url, secret_token="other")
        started = anna.starts()
        await asyncio.sleep(0.3)
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 401 Unauthorized"
        assert info.pending_update_count == 1
        await bot.set_webhook(url, secret_token="s3cret")
        await started
        assert len(anna.messages()) == 2


async def test_delivery_is_tried_again_and_in_order(bot: Bot, world: World, anna: Person, boris: Person) -> None:
    came: list[str] = []

    async def moody(request: web.Request) -> web.Response:
        update = await request.json()
        came.append(update["message"]["text"])
        return web.Response(status=500 if came.count("раз") < 3 and came[-1] == "раз" else 200)

    app = web.Application()
    app.router.add_post("/hook", moody)
    async with listening(app) as url:
        await bot.set_webhook(url)
        anna.says("раз")
        anna.says("два")
        await boris.says("не жду")
        await bot.delete_webhook()
    assert [word for word in came if word != "не жду"] == ["раз", "раз", "раз", "два"]
    assert came.index("не жду") < came.index("два")


async def test_nobody_listens(bot: Bot, world: World, anna: Person) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    anna.starts()
    await asyncio.sleep(0.2)
    assert (await bot.get_webhook_info()).last_error_message == "Connection refused"
    await bot.delete_webhook(drop_pending_updates=True)
    assert len(world.bot.queue) == 0


async def test_only_https_outside_and_nothing_leaves_the_machine(bot: Bot, anna: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="bad webhook: An HTTPS URL must be provided for webhook"):
        await bot.set_webhook("http://bot.example.ru/hook")
    await bot.set_webhook("https://bot.example.ru/hook")
    anna.starts()
    await asyncio.sleep(0.1)
    assert (await bot.get_webhook_info()).last_error_message == "the rehearsal delivers to loopback only"
    await bot.delete_webhook()
