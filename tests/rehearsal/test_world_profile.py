"""What the bot says about itself, and the forms a request may take."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import Close
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
)
from aiohttp import ClientSession, FormData

from rehearsal.person import Person
from rehearsal.world import World
from rehearsal.world_server import WorldServer


async def test_me_and_commands(bot: Bot, world: World) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.first_name, me.is_bot) == (42, "road_bot", "Дорожная карта", True)
    command = BotCommand(command="help", description="Помощь")
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([command], scope=scope, language_code="ru")
    (kept,) = await bot.get_my_commands(scope=scope, language_code="ru")
    assert (kept.command, kept.description) == ("help", "Помощь")
    assert await bot.get_my_commands() == []
    await bot.delete_my_commands(scope=scope, language_code="ru")
    assert world.bot.commands == {}


async def test_descriptions_menu_and_leaving_the_server(bot: Bot, world: World, school: Person) -> None:
    await bot.set_my_description("Помогает школе")
    await bot.set_my_short_description("Помощник")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.set_chat_menu_button(chat_id=school.id)
    assert world.bot.descriptions == {("long", ""): "Помогает школе", ("short", ""): "Помощник"}
    assert world.bot.menu_buttons == {0: {"type": "commands"}, school.id: {"type": "default"}}
    with pytest.raises(TelegramBadRequest, match="ABOUT_TOO_LONG"):
        await bot.set_my_short_description("я" * 121)
    assert await bot.log_out()
    assert await bot(Close())


async def test_a_request_may_come_as_json_a_form_multipart_or_in_the_address(
    server: WorldServer, school: Person
) -> None:
    address = f"{server.base}/bot42:TEST/SendMessage"
    multipart = FormData(default_to_multipart=True)
    multipart.add_field("chat_id", str(school.id))
    multipart.add_field("text", "multipart")
    fields: dict[str, str | int] = {"chat_id": school.id, "text": "form"}
    async with ClientSession() as session:
        answers = [
            await session.post(address, json={"chat_id": school.id, "text": "json"}),
            await session.post(address, data=fields),
            await session.post(address, data=multipart),
            await session.get(address, params={**fields, "text": "address"}),
        ]
        assert [(await answer.json())["ok"] for answer in answers] == [True] * 4
    assert [message.text for message in school.messages()] == ["/start", "json", "form", "multipart", "address"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1}, "message text is empty"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"chat_id": 1, "text": "x", "reply_markup": [1]}, "object expected as reply markup"),
        ({"chat_id": 1, "text": "x", "message_thread_id": "abc"}, None),
    ],
)
async def test_what_the_stock_session_would_never_send(
    server: WorldServer, fields: dict[str, object], reason: str | None
) -> None:
    async with (
        ClientSession() as session,
        session.post(f"{server.base}/bot42:TEST/sendMessage", json=fields) as response,
    ):
        answer = await response.json()
    assert (response.status, answer["ok"], answer["error_code"]) == (400, False, 400)
    if reason:
        assert answer["description"] == f"Bad Request: {reason}"


async def test_broken_json(server: WorldServer) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"[]"):
        async with ClientSession() as session:
            response = await session.post(f"{server.base}/bot42:TEST/getMe", data=body, headers=headers)
            assert response.status == 400


async def test_a_reply_keyboard_is_kept_beside_the_message(bot: Bot, school: Person) -> None:
    word = KeyboardButton(text="Меню")
    await bot.send_message(school.id, "x", reply_markup=ReplyKeyboardMarkup(keyboard=[[word]]))
    assert school.last().reply_keyboard == {"keyboard": [[{"text": "Меню"}]]}
    empty = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="")]])
    with pytest.raises(TelegramBadRequest, match="keyboard button text must be non-empty"):
        await bot.send_message(school.id, "x", reply_markup=empty)


async def test_links_of_other_kinds_are_let_through(bot: Bot, school: Person) -> None:
    rows = [[InlineKeyboardButton(text=url, url=url)] for url in ("tg://user?id=1", "http://localhost:8080/x", "e.ru")]
    await bot.send_message(school.id, "x", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))
    assert school.last().buttons == ["tg://user?id=1", "http://localhost:8080/x", "e.ru"]
