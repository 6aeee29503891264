"""Every way in which Telegram can fail is a row of the closed table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiohttp import web

from channels.telegram import TELEGRAM, TelegramChannel, failure
from domain.button import Button, Keyboard
from domain.outbox import ChatAddress, Failure, FailureKind, Outgoing, Sent
from rehearsal.person import Person
from rehearsal.stock import stock_bot
from rehearsal.world import World

METHOD = SendMessage(chat_id=1, text="x")
LATER, BLOCKED, GONE, OURS = FailureKind.LATER, FailureKind.BLOCKED, FailureKind.GONE, FailureKind.OURS


def bad(said: str) -> TelegramBadRequest:
    return TelegramBadRequest(METHOD, f"Bad Request: {said}")


def forbidden(said: str) -> TelegramForbiddenError:
    return TelegramForbiddenError(METHOD, f"Forbidden: {said}")


@pytest.mark.parametrize(
    ("error", "private", "group"),
    [
        (forbidden("bot was blocked by the user"), BLOCKED, BLOCKED),
        (forbidden("user is deactivated"), BLOCKED, BLOCKED),
        (forbidden("bot can't initiate conversation with a user"), BLOCKED, BLOCKED),
        (forbidden("bot was kicked from the group chat"), BLOCKED, GONE),
        (forbidden("bot was kicked from the supergroup chat"), BLOCKED, GONE),
        (forbidden("bot is not a member of the supergroup chat"), BLOCKED, GONE),
        (forbidden("the group chat was deleted"), BLOCKED, GONE),
        (bad("chat not found"), BLOCKED, GONE),
        (TelegramNotFound(METHOD, "Bad Request: chat not found"), BLOCKED, GONE),
        (bad("not enough rights to send text messages to the chat"), OURS, OURS),
        (bad("have no rights to send a message"), OURS, OURS),
        (bad("CHAT_WRITE_FORBIDDEN"), OURS, OURS),
        (bad("need administrator rights in the channel chat"), OURS, OURS),
        (bad("message thread not found"), OURS, OURS),
        (bad("message is too long"), OURS, OURS),
        (bad("can't parse entities: Unsupported start tag"), OURS, OURS),
        (bad("BUTTON_DATA_INVALID"), OURS, OURS),
        (bad("что-то новое"), OURS, OURS),
        (forbidden("что-то новое"), OURS, OURS),
        (TelegramNotFound(METHOD, "Not Found"), LATER, LATER),
        (TelegramServerError(METHOD, "Internal Server Error"), LATER, LATER),
        (RestartingTelegram(METHOD, "Bad Gateway"), LATER, LATER),
        (TelegramNetworkError(METHOD, "ClientConnectorError"), LATER, LATER),
        (TelegramUnauthorizedError(METHOD, "Unauthorized"), LATER, LATER),
        (TimeoutError(), LATER, LATER),
        (ConnectionResetError(), LATER, LATER),
        (OSError("нет сети"), LATER, LATER),
        (TelegramConflictError(METHOD, "Conflict: terminated by other getUpdates"), OURS, OURS),
        (TelegramAPIError(METHOD, "что-то новое"), OURS, OURS),
        (RuntimeError("наша ошибка"), OURS, OURS),
    ],
    ids=lambda value: getattr(value, "message", repr(value)) if isinstance(value, Exception) else str(value),
)
def test_what_an_error_means_in_a_private_chat_and_in_a_group(
    error: Exception, private: FailureKind, group: FailureKind
) -> None:
    assert (failure(error, is_group=False).kind, failure(error, is_group=True).kind) == (private, group)


def test_flood_carries_its_pause() -> None:
    error = TelegramRetryAfter(METHOD, "Too Many Requests", 37)
    expected = Failure(FailureKind.RETRY_AFTER, "flood", timedelta(seconds=37))
    assert failure(error, is_group=False) == expected


def test_upgraded_group_carries_its_new_id() -> None:
    error = TelegramMigrateToChat(METHOD, "upgraded", -1_001_234_567_890)
    assert failure(error, is_group=True) == Failure(FailureKind.MIGRATED, "migrated", new_chat_id=-1_001_234_567_890)


def test_detail_for_the_log_is_short() -> None:
    assert len(failure(bad("x" * 5000), is_group=False).detail) <= 100


# --- The same over HTTP, by the stock bot against the stand-in of the server


def to(person: Person, text: str = "привет", buttons: Keyboard = ()) -> Outgoing:
    return Outgoing(ChatAddress(TELEGRAM, person.id), text, buttons)


def to_group(chat_id: int, thread_id: int | None = None) -> Outgoing:
    return Outgoing(ChatAddress(TELEGRAM, chat_id, thread_id, is_group=True), "привет")


async def kind(telegram: TelegramChannel, message: Outgoing) -> FailureKind:
    outcome = await telegram.send(message)
    assert isinstance(outcome, Failure)
    return outcome.kind


async def test_message_arrives_with_its_html_and_buttons(telegram: TelegramChannel, anna: Person) -> None:
    buttons = ((Button("Подробнее", "more:1"), Button("Мои задачи", "tasks")), (Button("Отложить", "later:20220309"),))
    outcome = await telegram.send(to(anna, "<b>п. 16</b> до 24 марта", buttons=buttons))
    message = anna.last()
    assert outcome == Sent(str(message.id))
    assert (message.text, [entity["type"] for entity in message.entities]) == ("п. 16 до 24 марта", ["bold"])
    shown = [[(one["text"], one["callback_data"]) for one in row] for row in message.keyboard]
    assert shown == [[("Подробнее", "more:1"), ("Мои задачи", "tasks")], [("Отложить", "later:20220309")]]


async def test_message_goes_into_its_topic(telegram: TelegramChannel, world: World, anna: Person) -> None:
    forum = world.add_group("500+", [anna, world.bot], "supergroup", forum=True)
    topic = world.add_topic(forum, "Сроки")
    assert isinstance(await telegram.send(to_group(forum.id, topic.id)), Sent)
    assert anna.last(forum).thread == topic.id


async def test_blocked_person(telegram: TelegramChannel, anna: Person) -> None:
    anna.blocks()
    assert await kind(telegram, to(anna)) is BLOCKED


async def test_deleted_account(telegram: TelegramChannel, anna: Person) -> None:
    anna.deletes_account()
    assert await kind(telegram, to(anna)) is BLOCKED


async def test_person_who_never_started(telegram: TelegramChannel, world: World) -> None:
    assert await kind(telegram, to(world.add_person("Сергей"))) is BLOCKED


@pytest.mark.parametrize("group_kind", ["group", "supergroup"])
async def test_group_that_the_bot_was_removed_from(
    telegram: TelegramChannel, world: World, anna: Person, group_kind: str
) -> None:
    group = world.add_group("500+", [anna, world.bot], group_kind)
    anna.removes_bot(group)
    assert await kind(telegram, to_group(group.id)) is GONE


async def test_group_where_the_bot_may_not_write(telegram: TelegramChannel, world: World, anna: Person) -> None:
    group = world.add_group("500+", [anna, world.bot])
    group.muted = True
    assert await kind(telegram, to_group(group.id)) is OURS


async def test_group_that_became_a_supergroup(telegram: TelegramChannel, world: World, anna: Person) -> None:
    group = world.add_group("500+", [anna, world.bot])
    heir = world.migrate(group)
    expected = Failure(FailureKind.MIGRATED, "migrated", new_chat_id=heir.id)
    assert await telegram.send(to_group(group.id)) == expected
    assert isinstance(await telegram.send(to_group(heir.id)), Sent)


async def test_topic_that_is_not_there(telegram: TelegramChannel, world: World, anna: Person) -> None:
    forum = world.add_group("500+", [anna, world.bot], "supergroup", forum=True)
    assert await telegram.send(to_group(forum.id, 999)) == Failure(OURS, "topic")


async def test_text_over_the_limit(telegram: TelegramChannel, anna: Person) -> None:
    assert await kind(telegram, to(anna, "я" * 4097)) is OURS


async def test_flood(telegram: TelegramChannel, world: World, anna: Person) -> None:
    world.faults.flood("sendMessage", retry_after=17)
    assert await telegram.send(to(anna)) == Failure(FailureKind.RETRY_AFTER, "flood", timedelta(seconds=17))
    assert isinstance(await telegram.send(to(anna)), Sent)


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_trouble_of_the_server(telegram: TelegramChannel, world: World, anna: Person, code: int) -> None:
    world.faults.fail("sendMessage", code=code)
    assert await kind(telegram, to(anna)) is LATER
    assert isinstance(await telegram.send(to(anna)), Sent)


async def test_dropped_connection(telegram: TelegramChannel, world: World, anna: Person) -> None:
    world.faults.drop("sendMessage")
    assert await kind(telegram, to(anna)) is LATER
    assert isinstance(await telegram.send(to(anna)), Sent)


async def test_server_that_says_nothing(bot: Bot, telegram: TelegramChannel, world: World, anna: Person) -> None:
    bot.session.timeout = 0.1
    world.faults.hang("sendMessage", seconds=5)
    assert await kind(telegram, to(anna)) is LATER


async def test_token_that_was_taken_back_is_tried_again_later(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    world.faults.fail("sendMessage", code=401)
    assert await kind(telegram, to(anna)) is LATER


@asynccontextmanager
async def gateway(body: str, status: int) -> AsyncIterator[str]:
    """Something between us and Telegram that answers everything with one page; gives its address."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=body, status=status, content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("status", [200, 502])
async def test_page_of_a_gateway_instead_of_an_answer_is_tried_again(status: int) -> None:
    async with gateway("<html>Bad Gateway</html>", status) as base, stock_bot(base, "42:TEST") as bot:
        message = Outgoing(ChatAddress(TELEGRAM, 1), "привет")
        assert await TelegramChannel(bot).send(message) == Failure(LATER, "ClientDecodeError")


async def test_taken_message_with_an_answer_nobody_understands_is_not_sent_again() -> None:
    async with gateway('{"ok": true, "result": {"message_id": "много"}}', 200) as base, stock_bot(base, "42:T") as bot:
        assert await kind(TelegramChannel(bot), Outgoing(ChatAddress(TELEGRAM, 1), "привет")) is OURS
