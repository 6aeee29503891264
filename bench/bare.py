"""The measure: the smallest aiogram bot, as its documentation shows it.

``echo`` answers each text with itself; ``send N`` sends N messages with 30 in flight and prints the seconds.
"""

import asyncio
import sys
import time
from itertools import count

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

IN_FLIGHT = 30
TEXT = "п. 16 Первый опрос участников — начнётся 10 марта, чт"
TOKEN = "42:bench"  # noqa: S105  the bench's server takes any


async def echo(bot: Bot) -> None:
    """Until the process is ended."""
    dispatcher = Dispatcher()

    async def answer(message: Message) -> None:
        await message.answer(message.text or "")

    dispatcher.message.register(answer)
    await dispatcher.start_polling(bot, handle_signals=False)


async def send(bot: Bot, total: int) -> None:
    """The usual loop: workers that take the next message."""
    numbers = count()
    started = time.perf_counter()

    async def work() -> None:
        while (number := next(numbers)) < total:
            await bot.send_message(1000 + number % 500, TEXT)

    async with asyncio.TaskGroup() as workers:
        for _ in range(IN_FLIGHT):
            workers.create_task(work())
    sys.stdout.write(f"{time.perf_counter() - started}\n")


async def main() -> None:
    """``python -m bench.bare BASE echo | send N``."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1])))
    async with bot.session:
        if sys.argv[2] == "echo":
            await echo(bot)
        else:
            await send(bot, int(sys.argv[3]))


if __name__ == "__main__":
    asyncio.run(main())
