"""The door without a network opens on the same world: the same calls get the same answers and errors."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)
from aiohttp import ClientError

from rehearsal.chats import Group
from rehearsal.in_process import InProcess
from rehearsal.person import Person
from rehearsal.stock import PICTURE, stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from tests.rehearsal.conftest import TOKEN

BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])


@dataclass
class Scene:
    """One and the same world again and again."""

    world: World
    anna: Person
    boris: Person
    group: Group
    bot: Bot


def a_scene(bot: Bot, world: World) -> Scene:
    world.add_bot(TOKEN, username="road_bot", name="Дорожная карта")
    anna, boris = world.add_person("Анна", "Петрова", "anna_p"), world.add_person("Борис")
    group = world.add_group("Школа № 5", [anna, boris, world.bot])
    anna.starts()
    return Scene(world, anna, boris, group, bot)


@asynccontextmanager
async def over_http(token: str = TOKEN) -> AsyncIterator[Scene]:
    async with WorldServer(World()) as server, stock_bot(server.base, token) as bot:
        yield a_scene(bot, server.world)


@asynccontextmanager
async def in_process(token: str = TOKEN) -> AsyncIterator[Scene]:
    world = World()
    default = DefaultBotProperties(parse_mode="HTML")
    async with Bot(token, session=InProcess(world), default=default).context() as bot:
        yield a_scene(bot, world)


async def text(scene: Scene) -> Any:
    return await scene.bot.send_message(
        scene.anna.id,
        "<b>Срок</b> 🎉 & <a href='https://e.ru'>сайт</a>",
        reply_markup=BUTTON,
        disable_notification=True,
    )


async def reply(scene: Scene) -> Any:
    return await scene.bot.send_message(scene.anna.id, "вот", reply_parameters=ReplyParameters(message_id=1))


async def edited(scene: Scene) -> Any:
    sent = await scene.bot.send_message(scene.anna.id, "было")
    return [await sent.edit_text("стало", reply_markup=BUTTON), await sent.edit_reply_markup(reply_markup=None)]


async def edited_twice(scene: Scene) -> Any:
    sent = await scene.bot.send_message(scene.anna.id, "было")
    return await sent.edit_text("было")


async def answered(scene: Scene) -> Any:
    await scene.bot.send_message(scene.anna.id, "вопрос", reply_markup=BUTTON)
    press = scene.anna.presses("Да")
    done = await scene.bot.answer_callback_query(press.id, "Принято", show_alert=True)
    return [done, [(one.text, one.alert) for one in press.answers]]


async def photo(scene: Scene) -> Any:
    return await scene.bot.send_photo(scene.anna.id, BufferedInputFile(PICTURE, "x.png"), caption="<i>класс</i>")


async def document(scene: Scene) -> Any:
    return await scene.bot.send_document(scene.group.id, BufferedInputFile("приказ".encode(), "приказ.bin"))


async def album(scene: Scene) -> Any:
    media = [InputMediaPhoto(media=BufferedInputFile(PICTURE, "x.png"), caption="раз") for _ in range(2)]
    return await scene.bot.send_media_group(scene.anna.id, list(media))


async def about(scene: Scene) -> Any:
    bot = scene.bot
    members = [await bot.get_chat_member(scene.group.id, who.id) for who in (scene.anna, scene.boris)]
    return [await bot.get_me(), await bot.get_chat(scene.group.id), *members]


async def commands(scene: Scene) -> Any:
    await scene.bot.set_my_commands([BotCommand(command="menu", description="Меню")])
    return await scene.bot.get_my_commands()


async def updates(scene: Scene) -> Any:
    scene.anna.sends_photo(PICTURE, caption="праздник")
    scene.boris.leaves(scene.group)
    got = await scene.bot.get_updates()
    return [*got, await scene.bot.get_updates(offset=got[-1].update_id + 1, allowed_updates=["message"])]


async def deleted(scene: Scene) -> Any:
    sent = await scene.bot.send_message(scene.anna.id, "лишнее")
    return [await sent.delete(), await sent.delete()]


async def to_nobody(scene: Scene) -> Any:
    return await scene.bot.send_message(12345, "кому?")


async def unstarted(scene: Scene) -> Any:
    return await scene.bot.send_message(scene.boris.id, "рано")


async def blocked(scene: Scene) -> Any:
    scene.anna.blocks()
    return await scene.bot.send_message(scene.anna.id, "слышно?")


async def empty(scene: Scene) -> Any:
    return await scene.bot.send_message(scene.anna.id, "")


async def bad_html(scene: Scene) -> Any:
    return await scene.bot.send_message(scene.anna.id, "<b>Срок")


async def not_a_picture(scene: Scene) -> Any:
    return await scene.bot.send_photo(scene.anna.id, BufferedInputFile(b"text", "x.png"))


async def upgraded(scene: Scene) -> Any:
    scene.world.migrate(scene.group)
    return await scene.bot.send_message(scene.group.id, "x")


async def too_often(scene: Scene) -> Any:
    return [await scene.bot.send_message(scene.group.id, f"{number}") for number in range(40)]


async def unknown_query(scene: Scene) -> Any:
    return await scene.bot.answer_callback_query("12345", "кому?")


async def unknown_method(scene: Scene) -> Any:
    return await scene.bot.send_dice(scene.anna.id)


async def failed(scene: Scene) -> Any:
    scene.world.faults.fail("sendMessage", code=502)
    return await text(scene)


async def flooded(scene: Scene) -> Any:
    scene.world.faults.flood("*", retry_after=7)
    return await text(scene)


async def dropped(scene: Scene) -> Any:
    scene.world.faults.drop("sendMessage")
    return await text(scene)


async def dropped_after(scene: Scene) -> Any:
    scene.world.faults.drop("sendMessage", after=True)
    return await text(scene)


async def silenced(scene: Scene) -> Any:
    scene.world.faults.silence("send*", seconds=0.01)
    return await text(scene)


async def hanging(scene: Scene) -> Any:
    scene.world.faults.hang("sendMessage", seconds=30)
    return await scene.bot.send_message(scene.anna.id, "x", request_timeout=1)


async def late(scene: Scene) -> Any:
    scene.world.faults.hang("sendMessage", seconds=0.01)
    return await text(scene)


ANSWERED = (
    text, reply, edited, answered, photo, document, album, about, commands, updates, late,
)  # fmt: skip
REFUSED = (
    edited_twice, deleted, to_nobody, unstarted, blocked, empty, bad_html, not_a_picture, upgraded, too_often,
    unknown_query, unknown_method, failed, flooded, dropped, dropped_after, silenced, hanging,
)  # fmt: skip

Told = tuple[bool, Any]


async def told(scene: Scene, call: Callable[[Scene], Awaitable[Any]]) -> Told:
    """Whether the call was answered, and what was said."""
    try:
        return True, plain(await call(scene))
    except TelegramNetworkError as error:
        return False, type(error)  # how the network broke is told by the network
    except TelegramAPIError as error:
        return False, (type(error), error.message, getattr(error, "retry_after", None))


def plain(value: Any) -> Any:
    """Models as data that can be compared."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return json.loads(value.model_dump_json()) if hasattr(value, "model_dump_json") else value


@pytest.mark.parametrize("call", [*ANSWERED, *REFUSED], ids=lambda call: call.__name__)
async def test_both_doors_say_the_same_and_leave_the_same_world(call: Callable[[Scene], Awaitable[Any]]) -> None:
    ends = []
    for door in (over_http, in_process):
        async with door() as scene:
            said = await told(scene, call)
            world = scene.world
            left = [(one.chat.id, one.id, one.html, one.buttons, one.media) for one in world.messages()]
            ends.append((said, left, world.calls, world.complaints))
    assert ends[0] == ends[1]
    assert ends[0][0][0] == (call in ANSWERED)


async def test_unknown_token_is_refused_by_both_doors() -> None:
    ends = []
    for door in (over_http, in_process):
        async with door("43:OTHER") as scene:
            ends.append(await told(scene, lambda scene: scene.bot.get_me()))
    assert ends[0] == ends[1]
    assert not ends[0][0]


@pytest.mark.parametrize("door", [over_http, in_process])
async def test_files_are_fetched_by_both_doors(door: Callable[[], AbstractAsyncContextManager[Scene]]) -> None:
    async with door() as scene:
        message = scene.anna.sends_photo(PICTURE)
        assert message.media is not None
        fetched = await scene.bot.download(message.media.files[0])
        assert fetched is not None
        assert fetched.read() == PICTURE
        with pytest.raises(ClientError):
            await scene.bot.download_file("documents/file_99.bin")
