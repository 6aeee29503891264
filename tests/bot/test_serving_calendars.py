"""Calendars are served as long as the bot runs, and only where a port is set."""

import socket

import pytest
from aiohttp import ClientConnectionError, ClientSession
from pydantic import SecretStr

from bot import running
from bot.app import App, build
from bot.cli import DEPLOYMENT
from bot.settings import Settings
from rehearsal.world import World
from rehearsal.world_server import LOOPBACK, WorldServer
from texts import Texts

TOKEN = "123456:TEST"
TEXTS = Texts()


def free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as found:
        return int(found.getsockname()[1])


async def app_of(settings: Settings, **more: object) -> App:
    return build(settings.model_copy(update={"bot_token": SecretStr(TOKEN), **more}))


async def closed(app: App) -> None:
    await app.bot.session.close()
    await app.core.database.close()


async def test_a_calendar_lies_there_while_the_bot_runs(settings: Settings) -> None:
    port = free_port()
    app = await app_of(settings, web_port=port)
    address = f"http://{LOOPBACK}:{port}/calendar/region.ics"
    async with ClientSession() as session:
        async with running._calendars(app), session.get(address) as answer:
            assert (answer.status, answer.content_type) == (200, "text/calendar")
        with pytest.raises(ClientConnectionError):
            await session.get(address)
    await closed(app)


async def test_without_a_port_nothing_is_opened(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    app = await app_of(settings)
    monkeypatch.setattr(running, "served", None)
    async with running._calendars(app):
        pass
    await closed(app)


async def test_a_taken_port_is_one_clear_line(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "set_up_logs", lambda _: None)
    world = World()
    world.add_bot(TOKEN, username="road_bot")
    async with WorldServer(world) as server:
        own = {"bot_token": SecretStr(TOKEN), "telegram_api": server.base, "web_port": server.port}
        assert await running.run(settings.model_copy(update=own), TEXTS) == DEPLOYMENT
    said = TEXTS.plain("cli.port-taken", host=LOOPBACK, port=server.port)
    assert capsys.readouterr().err == f"{said}\n"
