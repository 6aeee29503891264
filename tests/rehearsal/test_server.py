"""The world in a process of its own, with its controls."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def started() -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "rehearsal.server", "--token", "42:TEST", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    yield (await process.stdout.readline()).decode().strip()
    process.terminate()
    assert await process.wait() == 0


async def test_a_world_in_another_process_is_controlled_over_http() -> None:
    async with started() as base, ClientSession() as session:

        async def control(name: str, **asked: Any) -> Any:
            async with session.post(f"{base}/control/{name}", json=asked) as response:
                return await response.json()

        anna, boris = (await control("people", count=2))["ids"]
        group = (await control("group", title="Школа", members=[anna, boris]))["id"]
        async with Bot("42:TEST", AiohttpSession(api=TelegramAPIServer.from_base(base))).context() as bot:
            buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])
            await bot.send_message(anna, "Готово?", reply_markup=buttons)
            await bot.send_message(group, "Всем привет")
            query = (await control("presses", person=anna, button="Да"))["query"]
            await control("says", person=boris, text="/status", chat=group, times=3)
            updates = await bot.get_updates()
            assert [update.event_type for update in updates] == ["callback_query", "message", "message", "message"]
            await bot.answer_callback_query(query, "Принято")
            assert (await control("answers"))["answers"] == [[query, "Принято"]]
            told = await control("messages")
            assert told["chats"] == {str(anna): 1, str(group): 1}
            assert sorted(m["text"] for m in told["messages"]) == ["Всем привет", "Готово?"]
            await control("faults", kind="flood", method="sendMessage", retry_after=3)
            await control("flood", on=False)
            await control("clock", advance=3600)
            stats = await control("stats")
            assert (stats["calls"]["sendMessage"], stats["pending"]) == (2, 4)
            await control("reset")
            await bot.send_message(anna, "снова")
            assert (await control("messages", texts=False))["count"] == 1
        assert "error" in await control("says", person=1, text="x")
