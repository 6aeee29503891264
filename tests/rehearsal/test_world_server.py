"""The world in a process of its own, with its controls."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession

from rehearsal.controls import Controls
from rehearsal.stock import stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer

ROOT = Path(__file__).resolve().parents[2]
BUTTONS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])


async def test_a_world_in_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rehearsal.server", "--no-flood"), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    base = (await process.stdout.readline()).decode().strip()
    async with stock_bot(base, "42:TEST") as bot, ClientSession() as session:
        assert (await bot.get_me()).username == "rehearsal_bot"
        async with session.post(f"{base}/control/people", json={"count": 3}) as response:
            assert len((await response.json())["ids"]) == 3
    process.terminate()
    assert await process.wait() == 0


class Remote:
    def __init__(self, session: ClientSession, base: str) -> None:
        self.session, self.base = session, base

    async def __call__(self, name: str, **asked: Any) -> Any:
        async with self.session.post(f"{self.base}/control/{name}", json=asked) as response:
            return await response.json() if response.content_type == "application/json" else response.status


async def test_the_controls(world: World) -> None:
    async with (
        WorldServer(world, extend=Controls(world).extend) as server,
        ClientSession() as session,
        stock_bot(server.base, "42:TEST") as bot,
    ):
        control = Remote(session, server.base)
        anna, boris = (await control("people", count=2))["ids"]
        group = (await control("group", title="Школа", members=[anna, boris]))["id"]
        await bot.send_message(anna, "Готово?", reply_markup=BUTTONS)
        await bot.send_message(group, "Всем привет")
        await _presses_and_words(bot, control, anna, boris, group)
        told = await control("messages")
        assert told["chats"] == {str(anna): 1, str(group): 1}
        assert sorted(m["text"] for m in told["messages"]) == ["Всем привет", "Готово?"]
        assert (await control("messages", chat=group, texts=False)) == {"count": 1, "chats": {str(group): 1}}
        await control("faults", kind="flood", method="sendMessage", retry_after=3)
        await control("flood", on=False)
        assert world.flood is None
        await control("clock", advance=3600)
        stats = await control("stats")
        assert (stats["calls"]["sendMessage"], stats["pending"]) == (2, 4)
        await control("reset")
        await bot.send_message(anna, "снова")
        assert (await control("messages", texts=False))["count"] == 1
        assert "error" in await control("says", person=1, text="x")
        assert await control("nonsense") == 404


async def _presses_and_words(bot: Bot, control: Remote, anna: int, boris: int, group: int) -> None:
    query = (await control("presses", person=anna, button="Да"))["query"]
    await control("says", person=boris, text="/status", chat=group, times=3)
    updates = await bot.get_updates()
    assert [update.event_type for update in updates] == ["callback_query", "message", "message", "message"]
    await bot.answer_callback_query(query, "Принято")
    assert (await control("answers"))["answers"] == [[query, "Принято"]]
