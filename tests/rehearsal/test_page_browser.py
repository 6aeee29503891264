"""The page in a real browser, where there is one: its scripts start, draw, press and move the clock."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.page.page import Page
from rehearsal.region import cast_of
from rehearsal.stage import TOKEN, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from texts import Texts

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0",
)  # fmt: skip
CLICK = "[...document.querySelectorAll('button')].findLast((b) => b.offsetParent && b.textContent.includes({})).click()"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


class Tab:
    """One page of the browser, driven over its debugging socket."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.said: list[str] = []
        self._calls = 0

    async def call(self, method: str, **params: Any) -> Any:
        self._calls += 1
        await self.socket.send_json({"id": self._calls, "method": method, "params": params})
        while (told := await self.socket.receive_json()).get("id") != self._calls:
            if told["method"] in {"Runtime.exceptionThrown", "Log.entryAdded"}:
                self.said.append(json.dumps(told["params"], ensure_ascii=False))
        return told["result"]

    async def run(self, script: str) -> Any:
        done = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, (script, done)
        return done["result"].get("value")

    async def shows(self, words: str, where: str = "body") -> None:
        """Wait until the words can be read."""
        for _ in range(200):
            text = await self.run(f"document.querySelector({json.dumps(where)})?.innerText ?? ''")
            if words in text:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{words!r} is not in {text!r}")

    async def click(self, words: str) -> None:
        await self.run(CLICK.format(json.dumps(words)))


@asynccontextmanager
async def tab(folder: Path) -> AsyncIterator[Tab]:
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        *(CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    try:
        port = ""
        while not port:
            found = re.search(rb"ws://127\.0\.0\.1:(\d+)/", await process.stderr.readline())
            port = found[1].decode() if found else ""
        async with ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as listed:
                address = next(one for one in await listed.json() if one["type"] == "page")["webSocketDebuggerUrl"]
            async with session.ws_connect(address, max_msg_size=0) as socket:
                yield Tab(socket)
    finally:
        process.terminate()
        await process.communicate()


async def test_a_newcomer_on_a_phone(tmp_path: Path) -> None:
    world = World(MovableClock(datetime(2021, 11, 24, 5, 30, tzinfo=UTC)))
    world.add_bot(TOKEN, "roadmap_500_bot", "Дорожная карта")
    page = Page(world, Texts(), ZoneInfo("Europe/Moscow"))
    async with (
        WorldServer(world, extend=page.add_routes) as server,
        open_stage(world, server.base, tmp_path, Settings(_env_file=None)) as stage,
        tab(tmp_path / "browser") as phone,
    ):
        await phone.call("Runtime.enable")
        await phone.call("Log.enable")
        await phone.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
        await phone.call("Page.navigate", url=server.base)
        await phone.shows("Репетиция открывается")
        cast = cast_of(world)
        await open_scene(stage, cast)
        page.open(stage, cast)
        await phone.shows("Марина Королёва", ".chats")
        await phone.shows("08:30", ".clock")
        await _looks_and_presses(phone)
        cast.directors[0].says("<img src=x onerror=document.title='!'><b>" + "длинно" * 90, cast.project)
        await phone.run(f"location.hash = '#{cast.project.id}'")
        await phone.shows("<img src=x onerror", ".log")
        assert await phone.run("document.querySelectorAll('.log img, .log .words b').length") == 0
        assert await phone.run("document.getElementById('log').scrollWidth") <= 360
        assert phone.said == []


async def _looks_and_presses(phone: Tab) -> None:
    await phone.click("До следующего уведомления")
    await phone.shows("09:00", ".clock")
    await phone.shows("Сегодня, 24 ноября", ".chats")
    await phone.click("Марина Королёва")
    await phone.shows("Подробнее", ".log")
    await phone.shows("Новые сообщения", ".log")
    await phone.run("(text.value = '/he', text.dispatchEvent(new Event('input')))")
    await phone.shows("/help", ".commands")
    await phone.run("text.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }))")
    await phone.shows("Как это работает", ".log")
    await phone.call("Page.reload")
    await phone.shows("Как это работает", ".log")
    await phone.click("В меню")
    await phone.shows("что показать?", ".log")
    assert await phone.run("document.documentElement.scrollWidth") == 360
