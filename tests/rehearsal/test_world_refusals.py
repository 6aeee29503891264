"""Each of Telegram's refusals, as the stock session reports it."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendDice, SendMessage
from aiogram.types import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters

from rehearsal.person import Person
from rehearsal.refusals import NOT_MODIFIED
from rehearsal.stock import PICTURE, stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer


def refused(reason: str, kind: type[TelegramAPIError] = TelegramBadRequest) -> "pytest.RaisesExc[TelegramAPIError]":
    """The whole description must be equal, not only look alike."""
    return pytest.raises(kind, check=lambda error: error.message.split(" (background")[0] == reason)


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])


def button(text: str = "Да", data: str = "yes") -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)


async def test_unknown_token_is_unauthorized(server: WorldServer) -> None:
    async with stock_bot(server.base, "43:OTHER") as stranger:
        with refused("Unauthorized", TelegramUnauthorizedError):
            await stranger.get_me()


async def test_unsupported_method_is_not_found_and_a_complaint(bot: Bot, world: World, school: Person) -> None:
    with refused("Not Found", TelegramNotFound):
        await bot(SendDice(chat_id=school.id))
    assert world.complaints == ["sendDice exists, but the rehearsal does not know it"]


async def test_unknown_parameter_is_a_complaint(bot: Bot, world: World, school: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="has no parameter colour"):
        await bot(SendMessage(chat_id=school.id, text="x", colour="red"))
    assert world.complaints == ["sendMessage has no parameter colour"]


async def test_same_text_and_buttons_is_not_modified(bot: Bot, school: Person) -> None:
    sent = await bot.send_message(school.id, "<b>раз</b>", reply_markup=keyboard(button()))
    with refused(f"Bad Request: {NOT_MODIFIED}"):
        await sent.edit_text("<b>раз</b> ", reply_markup=keyboard(button()))
    await sent.edit_text("<i>раз</i>", reply_markup=keyboard(button()))


async def test_same_buttons_alone_are_not_modified(bot: Bot, school: Person) -> None:
    sent = await bot.send_message(school.id, "раз", reply_markup=keyboard(button()))
    with refused(f"Bad Request: {NOT_MODIFIED}"):
        await sent.edit_reply_markup(reply_markup=keyboard(button()))


async def test_edit_of_what_is_not_there(bot: Bot, school: Person) -> None:
    with refused("Bad Request: message to edit not found"):
        await bot.edit_message_text("x", chat_id=school.id, message_id=999)
    sent = await bot.send_message(school.id, "раз")
    await sent.delete()
    with refused("Bad Request: message to edit not found"):
        await sent.edit_text("два")


async def test_edit_of_somebody_elses_message(bot: Bot, school: Person) -> None:
    words = school.says("моё")
    with refused("Bad Request: message can't be edited"):
        await bot.edit_message_text("не твоё", chat_id=school.id, message_id=words.id)


async def test_edit_of_text_that_is_a_caption_and_back(bot: Bot, school: Person, world: World) -> None:
    photo = school.sends_photo(PICTURE)
    assert photo.media is not None
    sent = await bot.send_photo(school.id, photo.media.files[-1], caption="было")
    with refused("Bad Request: there is no text in the message to edit"):
        await sent.edit_text("x")
    await sent.edit_caption(caption="стало")
    assert school.last().text == "стало"
    text = await bot.send_message(school.id, "текст")
    with refused("Bad Request: there is no caption in the message to edit"):
        await text.edit_caption(caption="x")


async def test_delete_of_what_is_not_there(bot: Bot, school: Person) -> None:
    with refused("Bad Request: message to delete not found"):
        await bot.delete_message(school.id, 999)


async def test_delete_after_48_hours(bot: Bot, school: Person, world: World) -> None:
    sent = await bot.send_message(school.id, "раз")
    world.clock.advance(timedelta(hours=49))
    with refused("Bad Request: message can't be deleted for everyone"):
        await sent.delete()


@pytest.mark.parametrize(("data", "fits"), [("x" * 64, True), ("x" * 65, False), ("ж" * 32, True), ("ж" * 33, False)])
async def test_callback_data_over_64_bytes(bot: Bot, school: Person, data: str, fits: bool) -> None:
    if fits:
        await bot.send_message(school.id, "x", reply_markup=keyboard(button(data=data)))
        return
    with refused("Bad Request: BUTTON_DATA_INVALID"):
        await bot.send_message(school.id, "x", reply_markup=keyboard(button(data=data)))


INLINE = "Bad Request: can't parse inline keyboard button:"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (InlineKeyboardButton(text="x"), f"{INLINE} Text buttons are unallowed in the inline keyboard"),
        (
            InlineKeyboardButton(text=" ", callback_data="x"),
            "Bad Request: inline keyboard button text must be non-empty",
        ),
        (
            InlineKeyboardButton(text="", callback_data="x"),
            "Bad Request: inline keyboard button text must be non-empty",
        ),
        (
            InlineKeyboardButton(text="x", url="not-a-url"),
            "Bad Request: inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            InlineKeyboardButton(text="x", url="ftp://example.com"),
            "Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
    ],
)
async def test_wrong_buttons(bot: Bot, school: Person, wrong: InlineKeyboardButton, reason: str) -> None:
    with refused(reason):
        await bot.send_message(school.id, "x", reply_markup=keyboard(wrong))


@pytest.mark.parametrize("rows", [[9], [8] * 12 + [5]])
async def test_too_many_buttons(bot: Bot, school: Person, rows: list[int]) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[button() for _ in range(count)] for count in rows])
    with refused("Bad Request: reply markup is too long"):
        await bot.send_message(school.id, "x", reply_markup=markup)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("я" * 4097, "message is too long"),
    ],
)
async def test_empty_and_over_long_text(bot: Bot, school: Person, text: str, reason: str) -> None:
    with refused(f"Bad Request: {reason}"):
        await bot.send_message(school.id, text)


async def test_length_is_measured_after_the_entities(bot: Bot, school: Person) -> None:
    await bot.send_message(school.id, "<b>" + "я" * 4096 + "</b>")
    assert len(school.last().text) == 4096


async def test_over_long_edit_and_caption(bot: Bot, school: Person, world: World) -> None:
    sent = await bot.send_message(school.id, "раз")
    with refused("Bad Request: MESSAGE_TOO_LONG"):
        await sent.edit_text("я" * 4097)
    photo = world.files.photo(PICTURE).files[-1]
    with refused("Bad Request: message caption is too long"):
        await bot.send_photo(school.id, photo, caption="я" * 1025)


async def test_bad_html(bot: Bot, school: Person) -> None:
    with refused('Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0'):
        await bot.send_message(school.id, "<p>абзац</p>")


async def test_markdown_is_not_spoken_and_nonsense_neither(bot: Bot, school: Person) -> None:
    with refused("Bad Request: unsupported parse_mode"):
        await bot.send_message(school.id, "x", parse_mode="BBCode")
    with pytest.raises(TelegramBadRequest, match="does not speak MarkdownV2"):
        await bot.send_message(school.id, "x", parse_mode="MarkdownV2")


async def test_chat_is_not_found_before_start(bot: Bot, anna: Person) -> None:
    with refused("Bad Request: chat not found"):
        await bot.send_message(anna.id, "здравствуйте")
    anna.starts()
    await bot.send_message(anna.id, "здравствуйте")


async def test_known_from_a_group_but_not_started(bot: Bot, world: World, anna: Person, boris: Person) -> None:
    world.add_group("Школа № 5", [boris, anna, world.bot])
    with refused("Forbidden: bot can't initiate conversation with a user", TelegramForbiddenError):
        await bot.send_message(anna.id, "здравствуйте")


async def test_blocked_and_deactivated(bot: Bot, school: Person) -> None:
    school.blocks()
    with refused("Forbidden: bot was blocked by the user", TelegramForbiddenError):
        await bot.send_message(school.id, "x")
    school.unblocks()
    await bot.send_message(school.id, "x")
    school.deletes_account()
    with refused("Forbidden: user is deactivated", TelegramForbiddenError):
        await bot.send_message(school.id, "x")


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_kicked_and_left(bot: Bot, world: World, anna: Person, kind: str) -> None:
    group = world.add_group("Школа № 5", [anna], kind)
    with refused("Bad Request: chat not found"):
        await bot.send_message(group.id, "x")
    anna.adds_bot(group)
    await bot.send_message(group.id, "x")
    anna.removes_bot(group)
    with refused(f"Forbidden: bot was kicked from the {kind} chat", TelegramForbiddenError):
        await bot.send_message(group.id, "x")
    anna.adds_bot(group)
    await bot.leave_chat(group.id)
    with refused(f"Forbidden: bot is not a member of the {kind} chat", TelegramForbiddenError):
        await bot.send_message(group.id, "x")


async def test_muted_group(bot: Bot, world: World, anna: Person) -> None:
    group = world.add_group("Школа № 5", [anna, world.bot])
    group.muted = True
    with refused("Bad Request: not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "x")
    anna.promotes(group, world.bot)
    await bot.send_message(group.id, "x")


async def test_threads_and_replies_that_are_not_there(bot: Bot, world: World, anna: Person) -> None:
    forum = world.add_group("Школа № 5", [anna, world.bot], "supergroup", forum=True)
    topic = world.add_topic(forum, "Отчёты")
    sent = await bot.send_message(forum.id, "x", message_thread_id=topic.id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.id, True)
    with refused("Bad Request: message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=999)
    topic.closed = True
    with refused("Bad Request: TOPIC_CLOSED"):
        await bot.send_message(forum.id, "x", message_thread_id=topic.id)
    with refused("Bad Request: message to be replied not found"):
        await bot.send_message(forum.id, "x", reply_parameters=ReplyParameters(message_id=999))


async def test_group_upgraded(bot: Bot, world: World, anna: Person) -> None:
    group = world.add_group("Школа № 5", [anna, world.bot])
    heir = world.migrate(group)
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.migrate_to_chat_id == heir.id
    assert "Bad Request: group chat was upgraded to a supergroup chat" in str(caught.value)
    await bot.send_message(heir.id, "x")


async def test_press_answered_too_late_or_by_nobody_s_id(bot: Bot, school: Person, world: World) -> None:
    await bot.send_message(school.id, "x", reply_markup=keyboard(button()))
    press = school.presses("Да")
    world.clock.advance(timedelta(seconds=16))
    reason = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    with refused(reason):
        await bot.answer_callback_query(press.id, "поздно")
    with refused(reason):
        await bot.answer_callback_query("12345", "кому?")


async def test_toast_over_200_characters(bot: Bot, school: Person) -> None:
    await bot.send_message(school.id, "x", reply_markup=keyboard(button()))
    with refused("Bad Request: MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(school.presses("Да").id, "я" * 201)


async def test_pinning_without_rights(bot: Bot, world: World, anna: Person) -> None:
    group = world.add_group("Школа № 5", [anna, world.bot])
    sent = await bot.send_message(group.id, "x")
    with refused("Bad Request: not enough rights to manage pinned messages in the chat"):
        await sent.pin()
    anna.promotes(group, world.bot)
    await sent.pin()
    assert [message.id for message in group.pinned] == [sent.message_id]


async def test_wrong_command(bot: Bot) -> None:
    with refused("Bad Request: BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Помощь", description="x")])
