"""The outbox: claim, send, settle; whatever goes wrong, each message goes once and none is lost."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from actions.outbox import LEASE, Outbox
from actions.project import Project
from bot.core import Core
from channels.limiter import Limiter
from domain.button import Button
from domain.outbox import ChatAddress, Draft, Failure, FailureKind, Outgoing, Recipient, Urgency
from domain.people import Member
from storage import database as database_module
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import outbox_claim as claim_rows
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from tests.conftest import database_url
from tests.people import (
    MARINA,
    PAVEL,
    PROJECT_CHAT,
    VECTOR_CHAT,
    Look,
    RecordingChannel,
    SettableClock,
    a_roadmap,
    an_item,
    bound,
    comes_in,
    msk,
)
from texts import Texts
from texts.renderer import load

LATER = Failure(FailureKind.LATER, "нет сети")
BLOCKED = Failure(FailureKind.BLOCKED, "bot was blocked by the user")
GONE = Failure(FailureKind.GONE, "bot was kicked")
OURS = Failure(FailureKind.OURS, "message is too long")
EVENING = msk("2022-03-09 20:00")


def flood(seconds: float) -> Failure:
    return Failure(FailureKind.RETRY_AFTER, "flood", timedelta(seconds=seconds))


def recipient(chat_id: int) -> Recipient:
    return Recipient(f"chat:{chat_id}", ChatAddress("telegram", chat_id, is_group=chat_id < 0), frozenset())


async def put(
    core: Core,
    clock: SettableClock,
    *texts: str,
    to: Recipient | int = 1,
    due_at: datetime | None = None,
    expires_at: datetime = EVENING,
    urgency: Urgency = Urgency.NOTICE,
) -> None:
    """Messages whose key is their text."""
    whom = recipient(to) if isinstance(to, int) else to
    async with core.database.transaction() as tx:
        for text in texts:
            draft = Draft(text, whom, text, due_at or clock(), expires_at, urgency=urgency)
            await outbox_rows.put(tx, draft, clock())


def sent_texts(channel: RecordingChannel) -> list[str]:
    return [message.text for message in channel.sent]


async def test_due_message_is_sent_once_and_settled(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    buttons = ((Button("Мои задачи", "tasks"),),)
    chat = ChatAddress("telegram", PROJECT_CHAT, 7)
    async with core.database.transaction() as tx:
        draft = Draft("day:1", Recipient("x", chat, frozenset()), "<b>привет</b>", clock(), EVENING, buttons)
        await outbox_rows.put(tx, draft, clock())
    assert (await outbox.deliver(), await outbox.deliver()) == (1, 0)
    assert channel.sent == [Outgoing(chat, "<b>привет</b>", buttons)]
    (row,) = look.rows("SELECT state, attempts, lease_until, sent_at, message_id, reason, maybe_twice FROM outbox")
    assert row == ("sent", 1, None, "2022-03-09 09:00:00.000000", "1", "", 0)


async def test_message_waits_for_its_time(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    await put(core, clock, "потом", due_at=clock() + timedelta(minutes=5))
    assert await outbox.deliver() == 0
    clock.advance(minutes=5)
    assert await outbox.deliver() == 1
    assert sent_texts(channel) == ["потом"]


async def test_messages_of_a_chat_arrive_in_order(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    texts = [str(number) for number in range(12)]
    await put(core, clock, *texts)

    async def slowly(message: Outgoing) -> None:
        await asyncio.sleep(0.01 if int(message.text) % 2 == 0 else 0)

    channel.will(1, *[slowly] * 12)
    for _ in range(4):
        await outbox.deliver()
        clock.advance(seconds=3)
    assert channel.texts(1) == texts


async def test_urgent_goes_before_bulk_and_earlier_before_later(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    await put(core, clock, "рассылка", to=1, urgency=Urgency.BULK)
    await put(core, clock, "свежее", to=2)
    await put(core, clock, "раннее", to=3, due_at=clock() - timedelta(minutes=5))
    await outbox.deliver()
    assert [message.text for _, message in channel.tried] == ["раннее", "свежее", "рассылка"]


async def test_slow_chat_does_not_hold_up_the_others(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    await put(core, clock, "медленному", to=1)
    await put(core, clock, "быстрому", to=2)
    arrived = asyncio.Event()

    async def waits(_message: Outgoing) -> None:
        await arrived.wait()

    async def arrives(_message: Outgoing) -> None:
        arrived.set()

    channel.will(1, waits)
    channel.will(2, arrives)
    async with asyncio.timeout(5):
        await outbox.deliver()
    assert sent_texts(channel) == ["быстрому", "медленному"]


# --- Failures of the closed table


async def test_temporary_failure_is_tried_again_with_growing_pauses(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    await put(core, clock, "важное")
    channel.will(1, *[LATER] * 9)
    while not channel.sent:
        before = clock()
        await outbox.deliver()
        moment = await outbox.next_moment()
        clock.now = max(moment, before + timedelta(seconds=1)) if moment else clock.now
    moments = [at for at, _ in channel.tried]
    pauses = [(later - first).total_seconds() for first, later in pairwise(moments)]
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert look.rows("SELECT state, attempts, reason FROM outbox") == [("sent", 10, "")]


async def test_retry_after_is_obeyed_and_nothing_goes_to_that_chat_before(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    await put(core, clock, "первое", "второе", "третье", to=1)
    await put(core, clock, "другому", to=2)
    channel.will(1, flood(17))
    start = clock()
    for _ in range(30):
        await outbox.deliver()
        clock.advance(seconds=1)
    tried = [((at - start).total_seconds(), message.text) for at, message in channel.tried]
    assert sorted(tried) == [(0, "другому"), (0, "первое"), (17, "второе"), (17, "первое"), (17, "третье")]
    assert sorted(channel.texts(1)) == ["второе", "первое", "третье"]


async def test_attempts_count_only_what_was_tried(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    await put(core, clock, "первое", "второе", to=1)
    channel.will(1, flood(17))
    await outbox.deliver()
    assert look.rows("SELECT key, state, attempts, lease_until FROM outbox ORDER BY id") == [
        ("первое", "planned", 1, None),
        ("второе", "planned", 0, None),
    ]


async def test_blocked_person_gets_nothing_more_and_the_coordinator_hears_of_it_once(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    assert pavel.person_id is not None
    chat = ChatAddress("telegram", PAVEL.account.account_id)
    to_pavel = Recipient(f"person:{pavel.person_id}", chat, frozenset(), person_id=pavel.person_id)
    await put(core, clock, "одно", "другое", to=to_pavel)
    await put(core, clock, "вечернее", to=to_pavel, due_at=clock() + timedelta(hours=1))
    channel.will(chat.chat_id, BLOCKED, BLOCKED)
    await outbox.deliver()
    await outbox.deliver()
    assert look.outbox("person_id = 2") == [("одно", "failed"), ("другое", "failed"), ("вечернее", "failed")]
    assert channel.texts(MARINA.account.account_id) == [core.texts.html("people.blocked", name=PAVEL.name)]
    assert look.rows("SELECT blocked_at IS NOT NULL FROM account ORDER BY id") == [(0,), (1,)]


async def test_group_without_the_bot_gets_nothing_more_and_the_coordinator_hears_of_it_once(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    group = await bound(core, marina, clock())
    await outbox.deliver()
    clock.advance(seconds=10)
    channel.sent.clear()
    await put(core, clock, "одно", "другое", to=group.recipient)
    await put(core, clock, "вечернее", to=group.recipient, due_at=clock() + timedelta(hours=1))
    channel.will(PROJECT_CHAT, GONE, GONE)
    await outbox.deliver()
    await outbox.deliver()
    assert look.outbox("group_id = 1") == [("одно", "failed"), ("другое", "failed"), ("вечернее", "failed")]
    (said,) = channel.texts(MARINA.account.account_id)
    assert said == core.texts.html("group.removed", title=group.title, channel="500+")
    assert look.rows("SELECT channel, removed_at IS NOT NULL FROM group_chat") == [(None, 1)]
    assert await core.groups.known() == ()


async def test_group_that_became_a_supergroup_gets_its_messages_under_the_new_id(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    group = await bound(core, marina, clock(), "ВУ", chat_id=VECTOR_CHAT)
    await put(core, clock, "одно", "другое", to=group.recipient)
    await put(core, clock, "вечернее", to=group.recipient, due_at=clock() + timedelta(hours=1))
    upgraded = Failure(FailureKind.MIGRATED, "migrated", new_chat_id=-1_002_000_000_077)
    channel.will(VECTOR_CHAT, upgraded, upgraded)
    await outbox.deliver()
    await outbox.deliver()
    assert channel.texts(-1_002_000_000_077) == ["одно", "другое"]
    assert look.rows("SELECT chat_id, channel, removed_at FROM group_chat") == [(-1_002_000_000_077, "ВУ", None)]
    assert look.rows("SELECT key, chat_id, state FROM outbox WHERE group_id = 1") == [
        ("одно", -1_002_000_000_077, "sent"),
        ("другое", -1_002_000_000_077, "sent"),
        ("вечернее", -1_002_000_000_077, "planned"),
    ]


async def test_our_fault_fails_the_message_and_the_coordinator_is_told(
    core: Core,
    outbox: Outbox,
    channel: RecordingChannel,
    clock: SettableClock,
    look: Look,
    marina: Member,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    group = await bound(core, marina, clock())
    await outbox.deliver()
    clock.advance(seconds=10)
    channel.sent.clear()
    await put(core, clock, "длинное", to=group.recipient)
    channel.will(PROJECT_CHAT, OURS)
    with caplog.at_level(logging.ERROR):
        await outbox.deliver()
    await outbox.deliver()
    assert look.rows("SELECT state, reason FROM outbox WHERE key = 'длинное'") == [("failed", "ours")]
    (said,) = channel.texts(MARINA.account.account_id)
    assert said == core.texts.html("outbox.fault", title=group.title)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


async def test_unexpected_exception_fails_one_message_and_never_stops_the_others(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    for number in range(1, 40):
        await put(core, clock, f"письмо {number}", to=number)
    for number in range(1, 40, 2):
        channel.will(number, RuntimeError("сломалось"))
    await outbox.deliver()
    clock.advance(seconds=1)
    await outbox.deliver()
    assert look.rows("SELECT state, reason, count(*) FROM outbox GROUP BY 1, 2 ORDER BY 1") == [
        ("failed", "ours", 20),
        ("sent", "", 19),
    ]


async def test_mistake_in_what_follows_a_failure_neither_loses_settlements_nor_stops_delivery(
    core: Core, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    group = await bound(core, marina, clock())
    sources = {text_id: source for text_id, source in load().items() if text_id != "outbox.fault"}
    project = Project(Texts(sources), core.settings.zone)
    outbox = Outbox(core.database, project, {"telegram": channel}, Limiter(clock), clock)
    await put(core, clock, "в группу", to=group.recipient)
    await put(core, clock, "лично", to=2)
    channel.will(PROJECT_CHAT, OURS)
    await outbox.deliver()
    await put(core, clock, "потом", to=3)
    await outbox.deliver()
    assert look.outbox("key NOT LIKE 'added:%'") == [("в группу", "failed"), ("лично", "sent"), ("потом", "sent")]


async def test_messenger_that_is_not_set_up_is_tried_later(
    core: Core, outbox: Outbox, clock: SettableClock, look: Look
) -> None:
    elsewhere = Recipient("x", ChatAddress("max", 1), frozenset())
    await put(core, clock, "привет", to=elsewhere)
    assert await outbox.deliver() == 1
    assert look.rows("SELECT state, reason FROM outbox") == [("planned", "later")]


# --- Time: expiry, quiet hours, limits


async def test_what_was_not_sent_in_time_expires(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    await put(core, clock, "сегодняшнее")
    clock.set("2022-03-09 20:00")
    await outbox.deliver()
    assert look.outbox() == [("сегодняшнее", "expired")]
    clock.set("2022-03-10 09:00")
    await outbox.deliver()
    assert channel.tried == []


async def test_message_that_could_only_go_after_its_expiry_expires_at_once(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    clock.set("2022-03-09 19:59:50")
    await put(core, clock, "сегодняшнее")
    channel.will(1, flood(30))
    await outbox.deliver()
    assert look.rows("SELECT state, reason FROM outbox") == [("expired", "retry-after")]


@pytest.mark.parametrize(("night", "morning"), [("20:00", "08:00"), ("23:59", "08:00"), ("00:00", "08:00")])
async def test_nothing_is_sent_in_the_quiet_hours(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, night: str, morning: str
) -> None:
    clock.set(f"2022-03-09 {night}")
    await put(core, clock, "событие", expires_at=clock() + timedelta(days=3))
    assert await outbox.deliver() == 0
    moment = await outbox.next_moment()
    expected = msk(f"2022-03-{'09' if night == '00:00' else '10'} {morning}")
    assert moment == expected
    clock.now = expected - timedelta(seconds=1)
    assert await outbox.deliver() == 0
    clock.now = expected
    assert await outbox.deliver() == 1


async def test_limits_of_the_messenger_are_kept(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    async with core.database.transaction() as tx:
        group = await group_rows.save_group(tx, "telegram", PROJECT_CHAT, "500+")
    for number in range(1, 91):
        await put(core, clock, f"лично {number}", to=number)
    await put(core, clock, *[f"в группу {number}" for number in range(25)], to=group.recipient)
    start = clock()
    while len(channel.sent) < 115 and clock() - start < timedelta(minutes=5):
        await outbox.deliver()
        clock.advance(milliseconds=250)
    assert len(channel.sent) == 115
    everything = [at for at, _ in channel.tried]
    in_group = [at for at, message in channel.tried if message.chat.chat_id == PROJECT_CHAT]
    assert most_within(everything, timedelta(seconds=1)) <= 30
    assert most_within(in_group, timedelta(minutes=1)) <= 20
    assert most_within(in_group, timedelta(seconds=3)) <= 3
    assert channel.texts(PROJECT_CHAT) == [f"в группу {number}" for number in range(25)]


def most_within(moments: list[datetime], period: timedelta) -> int:
    return max(sum(first <= moment < first + period for moment in moments) for first in moments)


async def test_answers_of_handlers_count_against_the_same_limits(
    core: Core, channel: RecordingChannel, clock: SettableClock
) -> None:
    limiter = Limiter(clock)
    outbox = Outbox(core.database, core.project, {"telegram": channel}, limiter, clock)
    await put(core, clock, "сводка", to=1)
    for _ in range(3):
        limiter.take(ChatAddress("telegram", 1))
    assert await outbox.deliver() == 0
    assert await outbox.next_moment() == clock() + timedelta(seconds=3)
    clock.advance(seconds=3)
    assert await outbox.deliver() == 1


async def test_next_moment_is_the_nearest_thing_to_do(core: Core, outbox: Outbox, clock: SettableClock) -> None:
    assert await outbox.next_moment() is None
    later = clock() + timedelta(minutes=30)
    await put(core, clock, "потом", due_at=later)
    assert await outbox.next_moment() == later
    await put(core, clock, "сейчас")
    assert await outbox.next_moment() == clock()
    await outbox.deliver()
    assert await outbox.next_moment() == later
    clock.now = later
    await outbox.deliver()
    assert await outbox.next_moment() is None


# --- Crashes, two processes, a database in trouble


def another(core: Core, channel: RecordingChannel, clock: SettableClock, lease: timedelta = LEASE) -> Outbox:
    return Outbox(core.database, core.project, {"telegram": channel}, Limiter(clock), clock, lease)


async def crash_while_sending(core: Core, clock: SettableClock) -> None:
    """A process that dies with messages on the wire."""
    started = asyncio.Event()

    async def never_answers(_message: Outgoing) -> None:
        started.set()
        await asyncio.sleep(3600)

    channel = RecordingChannel(clock)
    channel.will(1, never_answers)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(another(core, channel, clock).deliver())
        await started.wait()
        task.cancel()


async def test_message_left_by_a_crash_is_sent_again_when_its_lease_ends_and_marked(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    await put(core, clock, "на проводе")
    await crash_while_sending(core, clock)
    assert look.rows("SELECT state, attempts FROM outbox") == [("sending", 1)]
    assert await outbox.deliver() == 0
    assert await outbox.next_moment() == clock() + LEASE
    clock.now += LEASE
    assert await outbox.deliver() == 1
    assert look.rows("SELECT state, attempts, maybe_twice FROM outbox") == [("sent", 2, 1)]
    await put(core, clock, "обычное", to=2)
    await outbox.deliver()
    assert look.rows("SELECT maybe_twice FROM outbox WHERE key = 'обычное'") == [(0,)]


async def test_message_left_by_a_crash_expires_like_any_other(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    await put(core, clock, "на проводе")
    await crash_while_sending(core, clock)
    clock.set("2022-03-09 20:00")
    await outbox.deliver()
    assert (look.outbox(), channel.tried) == ([("на проводе", "expired")], [])


async def test_two_processes_never_send_a_row_twice(
    core: Core, database_file: Path, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    for number in range(1, 61):
        await put(core, clock, f"письмо {number}", to=number)

    async def takes_a_while(_message: Outgoing) -> None:
        await asyncio.sleep(0.001)

    for number in range(1, 61):
        channel.will(number, takes_a_while, takes_a_while)
    second_database = Database(database_url(database_file))
    first = Outbox(core.database, core.project, {"telegram": channel}, None, clock)
    second = Outbox(second_database, core.project, {"telegram": channel}, None, clock)
    try:
        tried = await asyncio.gather(first.deliver(), second.deliver(), first.deliver(), second.deliver())
    finally:
        await second_database.close()
    assert sum(tried) == len(channel.tried) == len(set(sent_texts(channel))) == 60
    assert look.rows("SELECT state, maybe_twice, count(*) FROM outbox GROUP BY 1, 2") == [("sent", 0, 60)]


async def test_late_settlement_does_not_undo_what_the_next_holder_of_the_lease_did(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    await put(core, clock, "медленное")
    started, answered = asyncio.Event(), asyncio.Event()

    async def fails_after_the_lease(_message: Outgoing) -> Failure:
        started.set()
        await answered.wait()
        return LATER

    slow = RecordingChannel(clock)
    slow.will(1, fails_after_the_lease)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(another(core, slow, clock).deliver())
        await started.wait()
        clock.now += LEASE
        assert await outbox.deliver() == 1
        answered.set()
    assert look.rows("SELECT state, maybe_twice FROM outbox") == [("sent", 1)]
    clock.advance(minutes=10)
    await outbox.deliver()
    assert sent_texts(channel) == ["медленное"]


async def test_stop_finishes_what_is_in_flight_and_puts_the_rest_back(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    await put(core, clock, "первое", "второе", "третье")
    started, answered = asyncio.Event(), asyncio.Event()

    async def waits(_message: Outgoing) -> None:
        started.set()
        await answered.wait()

    channel.will(1, waits)
    async with asyncio.TaskGroup() as tasks:
        delivering = tasks.create_task(outbox.deliver())
        await started.wait()
        outbox.stop()
        idle = tasks.create_task(outbox.idle())
        await asyncio.sleep(0.01)
        assert not idle.done()
        answered.set()
        assert await delivering == 1
        await idle
    assert look.rows("SELECT key, state, attempts, lease_until FROM outbox ORDER BY id") == [
        ("первое", "sent", 1, None),
        ("второе", "planned", 0, None),
        ("третье", "planned", 0, None),
    ]
    assert await outbox.deliver() == 0
    assert await another(core, channel, clock).deliver() == 2
    assert sent_texts(channel) == ["первое", "второе", "третье"]


async def take_the_lock(database: Database, other: sqlite3.Connection) -> None:
    """Begin to write as another process does, when the claim that is under way has had its turn.

    A delivery claims more while it sends: otherwise it would be by chance whether that claim meets the lock too.
    """
    async with database.transaction():
        pass
    other.execute("BEGIN IMMEDIATE")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections give up on a lock after 20 ms."""
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 20)


@pytest.mark.usefixtures("impatient")
async def test_settlement_that_cannot_be_written_is_kept_and_written_later(
    core: Core,
    outbox: Outbox,
    channel: RecordingChannel,
    clock: SettableClock,
    look: Look,
    database_file: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await put(core, clock, "письмо")
    with closing(sqlite3.connect(database_file, timeout=0, isolation_level=None)) as other:

        async def locks(_message: Outgoing) -> None:
            await take_the_lock(core.database, other)

        channel.will(1, locks)
        with caplog.at_level(logging.ERROR):
            assert await outbox.deliver() == 1
        assert [record.getMessage() for record in caplog.records] == [
            "delivery is not written down yet (1 rows): database.locked"
        ]
        assert look.outbox() == [("письмо", "sending")]
        other.execute("ROLLBACK")
    assert await outbox.deliver() == 0
    assert look.rows("SELECT state, sent_at FROM outbox") == [("sent", "2022-03-09 09:00:00.000000")]
    clock.now += LEASE
    assert await outbox.deliver() == 0
    assert len(channel.tried) == 1


@pytest.mark.usefixtures("impatient")
async def test_message_known_to_be_sent_is_not_sent_again_while_that_cannot_be_written(
    core: Core,
    outbox: Outbox,
    channel: RecordingChannel,
    clock: SettableClock,
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await put(core, clock, "письмо")
    real = claim_rows.settle

    async def full(*_: object) -> None:
        raise DatabaseUnavailableError("database.full")

    monkeypatch.setattr(claim_rows, "settle", full)
    assert await outbox.deliver() == 1
    clock.now += 2 * LEASE
    await outbox.deliver()
    assert len(channel.tried) == 1
    monkeypatch.setattr(claim_rows, "settle", real)
    await outbox.deliver()
    assert (look.outbox(), len(channel.tried)) == ([("письмо", "sent")], 1)


@pytest.mark.usefixtures("impatient")
async def test_database_that_fails_in_the_middle_of_a_delivery_loses_nothing_in_flight(
    core: Core, channel: RecordingChannel, clock: SettableClock, look: Look, database_file: Path
) -> None:
    for number in range(1, 351):
        await put(core, clock, f"письмо {number}", to=number)
    outbox = Outbox(core.database, core.project, {"telegram": channel}, None, clock)
    with closing(sqlite3.connect(database_file, timeout=0, isolation_level=None)) as other:

        async def locks(_message: Outgoing) -> None:
            await take_the_lock(core.database, other)

        async def takes_a_while(_message: Outgoing) -> None:
            await asyncio.sleep(0.1)

        channel.will(1, locks)
        for number in range(2, 351):
            channel.will(number, takes_a_while)
        assert await outbox.deliver() == 300
        other.execute("ROLLBACK")
    clock.advance(seconds=1)
    assert await outbox.deliver() == 50
    assert len(channel.tried) == len(set(sent_texts(channel))) == 350
    assert look.rows("SELECT state, maybe_twice, count(*) FROM outbox GROUP BY 1, 2") == [("sent", 0, 350)]


@pytest.mark.usefixtures("impatient")
async def test_database_that_is_locked_from_the_start_is_an_error_of_the_closed_list(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, database_file: Path
) -> None:
    await put(core, clock, "письмо")
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailableError, match=r"database\.locked"):
            await outbox.deliver()
        other.rollback()
    assert await outbox.deliver() == 1
