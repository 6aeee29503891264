"""What handlers answer counts against the messenger's limits."""

from typing import Any

from aiogram import Bot
from aiogram.methods import AnswerCallbackQuery, SendMediaGroup, SendMessage
from aiogram.types import InputMediaDocument

from bot.pace import Pace
from channels.limiter import Limiter
from channels.telegram import TELEGRAM
from domain.outbox import ChatAddress
from tests.people import SettableClock, msk

CHAT = ChatAddress(TELEGRAM, 5)


async def ready(*methods: Any) -> bool:
    """Whether a message may go to the chat at once after these."""
    clock = SettableClock(msk("2022-03-09 12:00"))
    limiter = Limiter(clock)
    pace = Pace(limiter)

    async def sent(_bot: Bot, _method: Any) -> Any:
        return None

    bot = Bot("42:TEST")
    for method in methods:
        await pace(sent, bot, method)
    await bot.session.close()
    return limiter.chat_ready_at(CHAT) <= clock()


async def test_each_message_of_an_album_counts() -> None:
    file = InputMediaDocument(media="AgAC")
    assert not await ready(SendMediaGroup(chat_id=5, media=[file] * 3))
    assert await ready(SendMediaGroup(chat_id=5, media=[file] * 2))
    assert not await ready(SendMediaGroup(chat_id=5, media=[file] * 2), SendMessage(chat_id=5, text="…"))


async def test_what_sends_nothing_does_not_count() -> None:
    assert await ready(*[AnswerCallbackQuery(callback_query_id="1")] * 5)


async def test_places_that_answers_take_are_kept_for_them() -> None:
    clock = SettableClock(msk("2022-03-09 12:00"))
    limiter = Limiter(clock)

    async def sent(_bot: Bot, _method: Any) -> Any:
        return None

    bot = Bot("42:TEST")
    methods: list[Any] = [SendMessage(chat_id=number, text="…") for number in range(5)]
    for method in methods:
        await Pace(limiter)(sent, bot, method)
    await bot.session.close()
    assert limiter.full_until(20, is_bulk=True) <= clock()  # thirty but five that went and five to come
    assert limiter.full_until(21, is_bulk=True) > clock()
