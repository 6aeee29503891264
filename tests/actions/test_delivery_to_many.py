"""What goes to many holds nobody up: notices overtake it, answers have their places, two take turns."""

import asyncio
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from actions.outbox import Outbox
from bot.core import Core
from channels.limiter import Limit, Limiter, Limits
from channels.metronome import Metronome
from domain.button import Button
from domain.outbox import (
    ChatAddress,
    Draft,
    Failure,
    FailureKind,
    OutFile,
    Outgoing,
    Recipient,
    Refused,
    Urgency,
)
from domain.people import Duty, Member, Role
from schedules.delivery import deliver
from storage import outbox as outbox_rows
from storage import outbox_claim as claim_rows
from storage.database import Transaction
from tests.people import (
    PAVEL,
    PROJECT_CHAT,
    Look,
    RecordingChannel,
    SettableClock,
    a_roadmap,
    a_school,
    an_item,
    bound,
    enrolled,
    msk,
)

MANY = 10_000
SECOND = timedelta(seconds=1)
_people = count(1)


def drafts(lane: int, number: int, now: datetime, **more: Any) -> list[Draft]:
    """So many messages of one announcement, each to a chat of its own."""
    chats = [Recipient("x", ChatAddress("telegram", next(_people)), frozenset()) for _ in range(number)]
    given: dict[str, Any] = {"expires_at": now + timedelta(days=1), "urgency": Urgency.BULK, "lane": lane} | more
    text = f"объявление {lane}"
    return [Draft(f"bulk:{chat.chat.chat_id}", chat, text, now, **given) for chat in chats]


async def put(core: Core, found: Iterable[Draft], now: datetime) -> None:
    async with core.database.transaction() as tx:
        await outbox_rows.put_many(tx, list(found), now)


def a_notice(now: datetime, chat_id: int = 1_000_000) -> Draft:
    chat = Recipient("x", ChatAddress("telegram", chat_id), frozenset())
    return Draft(f"notice:{chat_id}", chat, "срок завтра", now, now + timedelta(days=1))


# --- Notices and answers go first


async def test_notice_goes_with_the_next_claim_though_ten_thousand_messages_wait(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    await put(core, drafts(1, MANY, clock()), clock())
    await outbox.deliver()
    assert len(channel.tried) == 30
    await put(core, [a_notice(clock())], clock())
    clock.advance(seconds=1)
    await outbox.deliver()
    assert [message.text for _, message in channel.tried[30:32]] == ["срок завтра", "объявление 1"]


async def test_notice_takes_a_place_that_is_kept_from_what_goes_to_many(
    core: Core, channel: RecordingChannel, clock: SettableClock
) -> None:
    limiter = Limiter(clock)
    limiter.take(ChatAddress("telegram", 500_000), is_answer=True)
    outbox = Outbox(core.database, core.project, {"telegram": channel}, limiter, clock)
    await put(core, drafts(1, 100, clock()), clock())
    await outbox.deliver()
    assert len(channel.tried) == 28
    await put(core, [a_notice(clock())], clock())
    await outbox.deliver()
    assert [message.text for _, message in channel.tried[28:]] == ["срок завтра"]


async def test_answers_to_presses_have_their_places_while_ten_thousand_messages_go(
    core: Core, channel: RecordingChannel, clock: SettableClock
) -> None:
    """Six people press each second, evenly: from the second second on none of them meets a full one."""
    limiter = Limiter(clock)
    outbox = Outbox(core.database, core.project, {"telegram": channel}, limiter, clock)
    await put(core, drafts(1, 400, clock()), clock())
    start, refused = clock(), []
    for tick in range(60):
        await outbox.deliver()
        if tick % 2:
            if limiter.full_until() > clock():
                refused.append((clock() - start).total_seconds())
            limiter.take(ChatAddress("telegram", 500_000 + tick), is_answer=True)
        clock.advance(milliseconds=1000 / 12)
    assert [moment for moment in refused if moment > 1] == []
    assert len(channel.sent) >= 5 * 16  # and the announcement goes on


# --- However many wait, little is read


class Steps:
    """Counts what SQLite does, in hundreds of its instructions."""

    def __init__(self) -> None:
        self.count = 0

    def step(self) -> int:
        self.count += 1
        return 0

    async def watch(self, tx: Transaction) -> None:
        driver: Any = (await tx.get_raw_connection()).driver_connection
        await driver.set_progress_handler(self.step, 100)

    async def leave(self, tx: Transaction) -> None:
        driver: Any = (await tx.get_raw_connection()).driver_connection
        await driver.set_progress_handler(None, 0)


async def worked(core: Core, now: datetime) -> int:
    """How much work a claim of eight is, with the looks of each second."""
    steps = Steps()
    async with core.database.transaction() as tx:
        await steps.watch(tx)
        await claim_rows.expire(tx, now)
        await claim_rows.abandoned(tx, now, 8)
        assert len(await claim_rows.due(tx, now, 8)) == 8
        await steps.leave(tx)
    return steps.count


@pytest.mark.parametrize("when", [timedelta(0), timedelta(hours=3)])
async def test_claim_is_no_more_work_with_ten_thousand_messages_waiting(
    core: Core, clock: SettableClock, when: timedelta
) -> None:
    await put(core, drafts(1, 100, clock()), clock())
    few = await worked(core, clock())
    for lane in (1, 2):
        await put(core, drafts(lane, MANY // 2, clock() + when), clock())
    many = await worked(core, clock())
    assert many <= few * 2 + 20


async def test_those_who_have_not_agreed_hold_up_nobody(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    school = await a_school(core)
    has_not = await enrolled(core, PAVEL, Duty(Role.SCHOOL, school), now=clock(), has_agreed=False)
    assert has_not.person_id is not None
    chat = ChatAddress("telegram", PAVEL.account.account_id)
    theirs = Recipient(f"person:{has_not.person_id}", chat, frozenset(), person_id=has_not.person_id)
    late = clock() + timedelta(days=1)
    found = [
        Draft(f"bulk:{number}", theirs, "нельзя", clock(), late, urgency=Urgency.BULK, lane=1) for number in range(1000)
    ]
    await put(core, found, clock())
    await put(core, drafts(1, 3, clock()), clock())
    await outbox.deliver()
    assert [message.text for message in channel.sent] == ["объявление 1"] * 3
    assert look.rows("SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state") == [
        ("sent", 3),
        ("withdrawn", 1000),
    ]


# --- Two at once


async def test_two_announcements_share_the_limit_though_one_began_long_before(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    await put(core, drafts(1, 2000, clock()), clock())
    for _ in range(40):
        await outbox.deliver()
        clock.advance(milliseconds=250)
    began = clock()
    await put(core, drafts(2, 600, began), began)
    for _ in range(80):
        await outbox.deliver()
        clock.advance(milliseconds=250)
    for start in (began + SECOND * number for number in range(15)):
        window = [message.text for at, message in channel.tried if start <= at < start + 5 * SECOND]
        share = window.count("объявление 2") / len(window)
        assert 0.45 <= share <= 0.55, start


async def test_three_take_turns_and_what_one_leaves_the_others_take(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    for lane, number in ((1, 100), (2, 5), (3, 100)):
        await put(core, drafts(lane, number, clock()), clock())
    await outbox.deliver()
    gone = [message.text[-1] for _, message in channel.tried]
    assert {lane: gone.count(lane) for lane in "123"} == {"1": 13, "2": 5, "3": 12}
    assert gone[:6] == ["1", "2", "3"] * 2


async def test_albums_are_not_starved_by_what_fits_anywhere(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    files = tuple(OutFile(f"p{number}", is_photo=True) for number in range(10))
    await put(core, drafts(1, 200, clock()), clock())
    await put(core, drafts(2, 40, clock(), files=files), clock())
    for _ in range(40):
        await outbox.deliver()
        clock.advance(milliseconds=250)
    gone = [message.text[-1] for _, message in channel.tried]
    assert abs(gone.count("1") - gone.count("2")) <= 2
    assert gone.count("2") >= 15


# --- Files


async def test_every_message_of_an_album_counts_against_the_limits(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    files = tuple(OutFile(f"p{number}", is_photo=True) for number in range(10))
    await put(core, drafts(1, 10, clock(), files=files), clock())
    start = clock()
    while len(channel.sent) < 10 and clock() < start + 60 * SECOND:
        await outbox.deliver()
        clock.advance(milliseconds=250)
    moments = [(at - start).total_seconds() for at, _ in channel.tried]
    assert moments == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]  # two of eleven a second


async def test_files_that_went_do_not_go_again_with_the_words(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look
) -> None:
    found = drafts(1, 1, clock(), files=(OutFile("p", is_photo=True), OutFile("d", "План.docx")))
    await put(core, found, clock())
    chat = found[0].recipient.chat.chat_id
    channel.will(chat, Failure(FailureKind.LATER, "нет сети", beside=("11", "12")))
    await outbox.deliver()
    assert look.rows("SELECT state, beside, message_id FROM outbox") == [("planned", "11,12", None)]
    clock.advance(seconds=5)
    await outbox.deliver()
    assert [message.beside for _, message in channel.tried] == [(), ("11", "12")]
    assert look.rows("SELECT state FROM outbox") == [("sent",)]


@pytest.mark.parametrize("why", list(Refused))
async def test_what_the_messenger_may_refuse_is_told_to_the_author_and_nobody_on_duty(
    core: Core,
    outbox: Outbox,
    channel: RecordingChannel,
    clock: SettableClock,
    look: Look,
    marina: Member,
    caplog: pytest.LogCaptureFixture,
    why: Refused,
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    group = await bound(core, marina, clock())
    await outbox.deliver()
    clock.advance(seconds=10)
    channel.sent.clear()
    draft = Draft("bulk:g", group.recipient, "", clock(), clock() + timedelta(days=1), removes=("5",))
    await put(core, [draft], clock())
    channel.will(PROJECT_CHAT, Failure(FailureKind.OURS, why))
    await outbox.deliver()
    await outbox.deliver()
    assert look.rows("SELECT state, reason FROM outbox WHERE key = 'bulk:g'") == [("failed", str(why))]
    assert (channel.sent, [one.levelname for one in caplog.records]) == ([], ["WARNING"])


async def test_edit_and_deletion_reach_the_channel_as_they_were_put(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    buttons = ((Button("Ознакомлен(а)", "bcack:1"),),)
    edit, deletion = drafts(1, 1, clock(), edits="7", buttons=buttons) + drafts(1, 1, clock(), removes=("7", "8"))
    await put(core, [edit, deletion], clock())
    await outbox.deliver()
    chats = edit.recipient.chat, deletion.recipient.chat
    assert channel.sent == [
        Outgoing(chats[0], edit.text, buttons, edits="7"),
        Outgoing(chats[1], deletion.text, removes=("7", "8")),
    ]


# --- Even steps, by a clock that really goes


def running() -> datetime:
    """Noon, and on from there."""
    return msk("2022-03-09 12:00") + timedelta(seconds=time.monotonic() - BEGAN)


BEGAN = time.monotonic()


@pytest.fixture
def going(core: Core) -> tuple[Outbox, RecordingChannel]:
    """An outbox in even steps, twenty messages in a fifth of a second."""
    channel = RecordingChannel(running)
    limiter = Limiter(running, Limits(overall=Limit(20, SECOND / 5)))
    metronome = Metronome(limiter, running)
    outbox = Outbox(core.database, core.project, {"telegram": channel}, limiter, running, metronome=metronome)
    return outbox, channel


async def test_run_goes_on_while_there_is_something_to_send_and_keeps_the_limit(
    core: Core, going: tuple[Outbox, RecordingChannel]
) -> None:
    outbox, channel = going
    await put(core, drafts(1, 80, running()), running())
    assert await outbox.deliver() == 80
    moments = [at for at, _ in channel.tried]
    assert moments[-1] - moments[0] >= SECOND * 0.6
    assert max(sum(first <= at < first + SECOND / 5 for at in moments) for first in moments) <= 20


async def test_notice_overtakes_a_run_under_way(core: Core, going: tuple[Outbox, RecordingChannel]) -> None:
    outbox, channel = going
    await put(core, drafts(1, 80, running()), running())

    async def meanwhile(_message: Outgoing) -> None:
        await put(core, [a_notice(running())], running())

    channel.will(channel_of(await first_of(core)), meanwhile)
    assert await outbox.deliver() == 81
    place = [message.text for _, message in channel.tried].index("срок завтра")
    assert place <= 2 * 8


async def first_of(core: Core) -> Outgoing:
    async with core.database.read() as tx:
        return (await claim_rows.due(tx, running(), 1))[0].outgoing


def channel_of(message: Outgoing) -> int:
    return message.chat.chat_id


async def test_stop_ends_a_run_that_would_go_on_for_minutes(
    core: Core, going: tuple[Outbox, RecordingChannel], look: Look
) -> None:
    outbox, channel = going
    await put(core, drafts(1, 1000, running()), running())

    async def stops(_message: Outgoing) -> None:
        outbox.stop()

    channel.will(channel_of(await first_of(core)), stops)
    assert await outbox.deliver() < 20
    assert look.rows("SELECT count(*) FROM outbox WHERE state = 'sending'") == [(0,)]


async def test_tick_in_the_middle_of_a_run_only_looks(core: Core, going: tuple[Outbox, RecordingChannel]) -> None:
    outbox, channel = going
    await put(core, drafts(1, 30, running()), running())
    seen: list[int] = []

    async def ticks(_message: Outgoing) -> None:
        seen.append(outbox.is_delivering)
        await deliver(outbox)  # returns at once, or this would wait for itself
        seen.append(len(channel.sent))

    channel.will(channel_of(await first_of(core)), ticks)
    assert await outbox.deliver() == 30
    assert (seen, outbox.is_delivering) == ([True, 0], False)


async def test_night_that_falls_in_the_middle_of_a_run_ends_it(core: Core) -> None:
    evening = msk("2022-03-09 19:59:58")
    began = time.monotonic()

    def dusk() -> datetime:
        return evening + timedelta(seconds=(time.monotonic() - began) * 4)

    channel = RecordingChannel(dusk)
    limiter = Limiter(dusk, Limits(overall=Limit(40, SECOND)))
    outbox = Outbox(
        core.database,
        core.project,
        {"telegram": channel},
        limiter,
        dusk,
        metronome=Metronome(limiter, dusk),
    )
    await put(core, drafts(1, 1000, dusk()), dusk())
    assert 0 < await outbox.deliver() < 200
    assert max(at for at, _ in channel.tried) < msk("2022-03-09 20:00:10")


async def test_message_in_flight_for_longer_than_its_lease_is_not_taken_again_by_the_same_run(
    core: Core, look: Look
) -> None:
    """A long run claims again and again while a slow chat is still being waited for."""
    jumped, over = [timedelta()], asyncio.Event()

    def jumping() -> datetime:
        return running() + jumped[0]

    async def hangs(_message: Outgoing) -> None:
        await over.wait()

    async def jumps(_message: Outgoing) -> None:
        jumped[0] = timedelta(minutes=2)

    async def ends(_message: Outgoing) -> None:
        over.set()

    channel, limiter = RecordingChannel(jumping), Limiter(jumping, Limits(overall=Limit(20, SECOND / 5)))
    metronome = Metronome(limiter, jumping)
    outbox = Outbox(core.database, core.project, {"telegram": channel}, limiter, jumping, metronome=metronome)
    found = drafts(1, 60, running())
    await put(core, found, running())
    for place, answer in ((0, hangs), (10, jumps), (50, ends)):
        channel.will(found[place].recipient.chat.chat_id, answer)
    assert await outbox.deliver() == 60
    assert len(channel.tried) == 60
    assert look.rows("SELECT state, maybe_twice, count(*) FROM outbox GROUP BY 1, 2") == [("sent", 0, 60)]
