"""The first word with the messenger's server: waited for, unless the token is wrong."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError

from bot import running
from rehearsal.stock import stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer


@pytest.fixture
def world() -> World:
    world = World()
    world.add_bot("42:TEST", username="road_bot")
    return world


@pytest.fixture
async def server(world: World) -> AsyncIterator[WorldServer]:
    async with WorldServer(world) as server:
        yield server


@pytest.fixture
async def bot(server: WorldServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setattr(running, "_RETRY_S", 0)
    async with stock_bot(server.base, "42:TEST") as bot:
        yield bot


async def test_trouble_of_every_kind_is_waited_out(bot: Bot, world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.faults.fail("getMe", code=500)
    world.faults.drop("getMe")
    world.faults.flood("getMe", retry_after=1)
    world.faults.fail("getMe", code=502)
    await running._meet(bot)
    assert (await bot.me()).username == "road_bot"
    assert sum(record.name == "bot.running" for record in caplog.records) == 4


@pytest.mark.parametrize(("code", "kind"), [(401, TelegramUnauthorizedError), (404, TelegramNotFound)])
async def test_refused_token_is_not_tried_again(
    bot: Bot, world: World, code: int, kind: type[TelegramAPIError]
) -> None:
    world.faults.fail("getMe", code=code)
    with pytest.raises(kind):
        await running._meet(bot)
