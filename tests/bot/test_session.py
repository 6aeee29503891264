"""What goes to the messenger's server, over real HTTP on loopback."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import web

from bot.session import JsonSession

MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}}
LINE = [[InlineKeyboardButton(text="Приду", callback_data="mtsay:1:yes")]]


class Telegram:
    """Remembers what came, and answers as it is told."""

    def __init__(self) -> None:
        self.came: list[tuple[str, Any]] = []
        self.answer: dict[str, Any] = {"ok": True, "result": MESSAGE}
        self.status = 200

    async def method(self, request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        self.came.append((request.content_type, await request.json() if is_json else dict(await request.post())))
        return web.json_response(self.answer, status=self.status)


@pytest.fixture
async def telegram() -> AsyncIterator[tuple[Telegram, Bot]]:
    server, app = Telegram(), web.Application()
    app.router.add_post("/bot{token}/{method}", server.method)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    session = JsonSession(api=TelegramAPIServer.from_base(f"http://{host}:{port}"), timeout=2)
    bot = Bot("42:TEST", session=session, default=DefaultBotProperties(parse_mode="HTML"))
    yield server, bot
    await bot.session.close()
    await runner.cleanup()


async def test_words_go_as_json_with_what_was_given_alone(telegram: tuple[Telegram, Bot]) -> None:
    server, bot = telegram
    sent = await bot.send_message(5, "Привет", reply_markup=InlineKeyboardMarkup(inline_keyboard=LINE))
    assert sent.message_id == 7
    keyboard = {"inline_keyboard": [[{"text": "Приду", "callback_data": "mtsay:1:yes"}]]}
    said = {"chat_id": 5, "text": "Привет", "parse_mode": "HTML", "reply_markup": keyboard}
    assert server.came == [("application/json", said)]


async def test_files_go_in_a_form(telegram: tuple[Telegram, Bot]) -> None:
    server, bot = telegram
    await bot.send_document(5, BufferedInputFile(b"1", "a.pdf"), caption="Повестка")
    ((kind, fields),) = server.came
    assert (kind, fields["caption"]) == ("multipart/form-data", "Повестка")


async def test_what_the_server_refuses_is_told_as_aiogram_tells_it(telegram: tuple[Telegram, Bot]) -> None:
    server, bot = telegram
    server.status, server.answer = 429, {"ok": False, "error_code": 429, "parameters": {"retry_after": 3}}
    server.answer["description"] = "Too Many Requests: retry after 3"
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(5, "Привет")
    assert refused.value.retry_after == 3


async def test_a_server_that_is_not_there_is_a_network_error(telegram: tuple[Telegram, Bot]) -> None:
    _, bot = telegram
    assert isinstance(bot.session, JsonSession)
    bot.session.api = TelegramAPIServer.from_base("http://127.0.0.1:9")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(5, "Привет")
