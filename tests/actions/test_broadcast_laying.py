"""What is owed to thousands is laid a chunk at a time: nobody waits, nobody is lost, nobody hears it twice."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Table, insert

from actions import broadcast_laying
from actions.broadcast_laying import CHUNK
from bot.core import Core, build_core
from bot.settings import Settings
from channels.telegram import TELEGRAM
from domain.broadcast_delivery import Why
from domain.consent import VERSION
from domain.outbox import Failure, FailureKind, Outgoing
from domain.people import Member, Role
from storage import registry as registry_rows
from storage import tables as t
from tests.actions.announcing import BLOCKED, Press, a_press
from tests.actions.office import Office
from tests.actions.reviewed import BORIS, KIRA, MIRA, TATYANA, refusal
from tests.people import OLGA, Look

MANY = 10_000
OWED = "SELECT count(*) FROM broadcast_part WHERE owed IS NOT NULL"
OLD, NEW = "Совещание в 15", "Совещание в 16"


@pytest.fixture
async def desk(office: Office, marina: Member) -> Press:
    return await a_press(office, marina)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two recipients are laid at once."""
    monkeypatch.setattr(broadcast_laying, "CHUNK", 2)


async def fills(core: Core, count: int, now: datetime) -> None:
    """So many people more in school 1, who have come in and agreed."""
    ids, held = range(1000, 1000 + count), {"responsible": False, "since": now}
    rows: Sequence[tuple[Table, list[dict[str, Any]]]] = (
        (t.person, [{"id": one, "name": f"Участник {one}", "name_key": str(one), "created_at": now} for one in ids]),
        (t.duty, [{"person_id": one, "role": Role.SCHOOL, "school_id": 1, **held} for one in ids]),
        (t.account, [{"messenger": TELEGRAM, "account_id": one, "person_id": one} for one in ids]),
        (t.consent, [{"person_id": one, "version": VERSION, "given": True, "at": now} for one in ids]),
    )
    async with core.database.transaction() as tx:
        for table, values in rows:
            await tx.execute(insert(table), values)


# --- A chunk at a time


async def test_whoever_presses_while_ten_thousand_are_laid_waits_for_one_chunk_at_most(desk: Press, look: Look) -> None:
    core, region, now = desk.region.core, desk.region, desk.region.clock()
    earlier = await desk.drafts("Прочтите")
    await core.broadcast_keeping.switch(earlier, ack=True, by=desk.by, now=now)
    await desk.launches(earlier)
    await desk.delivered()
    await fills(core, MANY, now)
    one = await desk.drafts()
    before = core.database.written["outbox"]
    card = await desk.launches(one)
    mine = f"key LIKE 'broadcast:{one}:%'"
    assert (card.tally.on_the_way, len(look.outbox(mine))) == (MANY + 5, CHUNK)

    waited = []
    presses = [region.olga, region.boris, region.kira, region.mira]
    async with asyncio.TaskGroup() as tasks:
        laying = tasks.create_task(desk.lays())
        for who in presses:
            laid = len(look.outbox(mine))
            assert await core.broadcast_acks.acknowledge(earlier, by=who, now=now)
            waited.append(len(look.outbox(mine)) - laid)
    assert laying.result() == MANY + 5 - CHUNK
    assert max(waited) <= CHUNK
    assert core.database.written["outbox"] - before == -(-(MANY + 5) // CHUNK) + len(
        presses
    )  # no transaction is longer
    assert (len(look.outbox(mine)), look.rows(OWED)) == (MANY + 5, [(0,)])


@pytest.mark.usefixtures("small")
async def test_a_crash_in_the_middle_of_laying_loses_nobody_and_repeats_nobody(
    desk: Press, settings: Settings, look: Look
) -> None:
    one = await desk.drafts()
    await desk.launches(one)
    assert (len(look.outbox("lane > 0")), look.rows(OWED)) == (2, [(3,)])
    after = build_core(settings)  # another process
    assert await after.broadcast_laying.run(desk.region.clock()) == 3
    assert await after.broadcast_laying.run(desk.region.clock()) == 0
    await after.database.close()
    came = Counter(chat for chat, _ in await desk.delivered())
    people = (BORIS, KIRA, MIRA, OLGA, TATYANA)
    assert came == dict.fromkeys((who.account.account_id for who in people), 1)


@pytest.mark.usefixtures("small")
async def test_what_is_owed_counts_as_on_the_way_and_the_first_goes_at_once(desk: Press) -> None:
    one = await desk.drafts()
    await desk.launches(one)
    assert len(await desk.delivered()) == 2
    tally = (await desk.card(one)).tally
    assert (tally.of, tally.arrived, tally.on_the_way, tally.failed, tally.is_over) == (5, 2, 3, 0, False)
    assert sorted((await desk.outcomes(one)).values()) == ["ok", "ok", "…", "…", "…"]
    assert await desk.course.run(desk.region.clock()) == 0  # it is not over
    assert (await desk.lays(), len(await desk.delivered())) == (3, 3)
    assert await desk.course.run(desk.region.clock()) == 1


@pytest.mark.usefixtures("small")
async def test_two_announcements_are_laid_in_turn(desk: Press, look: Look) -> None:
    one, other = await desk.drafts("Первое"), await desk.drafts("Второе")
    await desk.launches(one)
    await desk.launches(other)
    await desk.lays()
    lanes = [lane for (lane,) in look.rows("SELECT lane FROM outbox WHERE lane > 0 ORDER BY id")]
    assert lanes == [one] * 2 + [other] * 2 + [one] * 2 + [other] * 2 + [one, other]


@pytest.mark.usefixtures("small")
async def test_whoever_cannot_be_written_to_when_it_is_laid_is_in_the_report_with_the_reason(desk: Press) -> None:
    core, region, now = desk.region.core, desk.region, desk.region.clock()
    one = await desk.drafts()
    await desk.launches(one)
    gone = region.tatyana.person_id or 0
    async with core.database.transaction() as tx:
        await registry_rows.remove_person(tx, gone, now)
    await core.people.blocked(MIRA.account, now=now)
    await desk.lays()
    await desk.delivered()
    outcomes = await desk.outcomes(one)
    assert (outcomes[f"участник № {gone}"], outcomes[MIRA.name]) == (Why.GONE, Why.BLOCKED)
    assert (await desk.card(one)).tally.failed == 2


# --- Pressed meanwhile


@pytest.mark.usefixtures("small")
async def test_cancelled_while_it_is_laid_nothing_more_goes(desk: Press, look: Look) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts()
    await desk.launches(one)
    card, count = await core.broadcast_launch.cancel(one, by=desk.by, now=now)
    assert (count, card.tally.failed, look.rows(OWED)) == (5, 5, [(0,)])
    assert (await desk.lays(), await desk.delivered()) == (0, [])
    assert set((await desk.outcomes(one)).values()) == {Why.WITHDRAWN}
    _, again = await core.broadcast_launch.resend(one, by=desk.by, now=now)
    await desk.lays()
    assert (again, len(await desk.delivered())) == (5, 5)


@pytest.mark.usefixtures("small")
async def test_corrected_while_it_is_laid_nobody_gets_the_old_words_any_more(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts(OLD)
    await desk.launches(one)
    assert [text for _, text in await desk.delivered()] == [OLD] * 2
    await desk.lays()
    before = len(desk.channel.sent)
    assert (await core.broadcast_launch.correct(one, NEW, by=desk.by, now=now))[1] == 5
    await desk.delivered()  # what waits with the old words is held
    assert {message.text for message in desk.channel.sent[before:]} == {NEW}
    await desk.lays()
    await desk.later(seconds=5)
    after = desk.channel.sent[before:]
    assert Counter((message.text, bool(message.edits)) for message in after) == {(NEW, True): 2, (NEW, False): 3}
    assert set((await desk.outcomes(one)).values()) == {"ok"}


@pytest.mark.usefixtures("small")
async def test_a_correction_that_is_never_laid_holds_nothing_for_ever(desk: Press, look: Look) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts(OLD)
    await desk.launches(one)
    await desk.lays()
    await core.broadcast_launch.correct(one, NEW, by=desk.by, now=now)
    assert len(await desk.delivered()) == 2  # the first chunk of the correction
    assert len(await desk.later(minutes=11)) == 3
    assert look.rows(OWED) == [(3,)]


async def test_corrected_twice_at_one_instant_the_last_words_stay(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts(OLD)
    desk.channel.will(OLGA.account.account_id, Failure(FailureKind.LATER))
    await desk.launches(one)
    await desk.delivered()
    for text in ("Совещание в 15:30", NEW):
        await core.broadcast_launch.correct(one, text, by=desk.by, now=now)
    before = len(desk.channel.sent)
    await desk.later(minutes=1)
    after = desk.channel.sent[before:]
    assert [message.text for message in after] == [NEW] * 5
    assert sorted(bool(message.edits) for message in after) == [False, True, True, True, True]


async def test_what_is_in_flight_while_it_is_corrected_is_edited_once_it_has_landed(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts(OLD)

    async def corrected(_message: Outgoing) -> None:
        await core.broadcast_launch.correct(one, NEW, by=desk.by, now=clock())

    desk.channel.will(BORIS.account.account_id, corrected)
    await desk.launches(one)
    await desk.delivered()
    await desk.lays()
    await desk.later(seconds=5)
    his = [message for message in desk.channel.sent if message.chat.chat_id == BORIS.account.account_id]
    assert [(message.text, bool(message.edits)) for message in his][-2:] == [(OLD, False), (NEW, True)]
    last = {message.chat.chat_id: message.text for message in desk.channel.sent}
    assert {last[who.account.account_id] for who in (BORIS, KIRA, MIRA, OLGA, TATYANA)} == {NEW}


@pytest.mark.usefixtures("small")
async def test_reminders_that_wait_are_put_into_the_new_words_laid_or_not(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts(OLD)
    await core.broadcast_keeping.switch(one, ack=True, by=desk.by, now=clock())
    await desk.launches(one)
    await desk.lays()
    await desk.delivered()
    assert (await core.broadcast_launch.nudge(one, by=desk.by, now=clock()))[1] == 5  # two are laid
    assert (await core.broadcast_launch.correct(one, NEW, by=desk.by, now=clock()))[1] == 5
    await core.broadcast_acks.acknowledge(one, by=desk.region.tatyana, now=clock())
    await desk.lays()
    before = len(desk.channel.sent)
    await desk.later(seconds=5)
    after = Counter((message.text, bool(message.edits)) for message in desk.channel.sent[before:])
    reminder = f"⏳ Напоминание: нажмите «Ознакомлен(а)», когда прочитаете.\n\n{NEW}"
    assert after == {(NEW, True): 5, (reminder, False): 4}  # who has read it is not reminded, and has the new words
    await core.broadcast_launch.correct(one, OLD, by=desk.by, now=clock())
    await desk.lays()
    before = len(desk.channel.sent)
    await desk.later(seconds=9)
    after = Counter((message.text, bool(message.edits)) for message in desk.channel.sent[before:])
    assert after == {(OLD, True): 5, (reminder.replace(NEW, OLD), True): 4}


@pytest.mark.usefixtures("small")
async def test_a_reminder_pressed_right_after_a_correction_reaches_everybody(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts(OLD)
    await core.broadcast_keeping.switch(one, ack=True, by=desk.by, now=clock())
    await desk.launches(one)
    await desk.lays()
    await desk.delivered()
    await core.broadcast_launch.correct(one, NEW, by=desk.by, now=clock())
    assert (await core.broadcast_launch.nudge(one, by=desk.by, now=clock()))[1] == 5
    card, stopped = await core.broadcast_launch.cancel(one, by=desk.by, now=clock())
    assert (stopped, card.tally.arrived) == (5, 5)
    await desk.lays()
    before = len(desk.channel.sent)
    await desk.later(seconds=5)
    after = Counter((message.text, bool(message.edits)) for message in desk.channel.sent[before:])
    assert after == {(NEW, True): 5}  # cancelled are the reminders; the new words come to everybody


@pytest.mark.usefixtures("small")
async def test_deleted_while_it_is_laid_it_goes_to_nobody_and_leaves_whoever_has_it(desk: Press, look: Look) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts(OLD)
    await desk.launches(one)
    first, second = (chat for (chat,) in look.rows("SELECT chat_id FROM outbox WHERE lane > 0 ORDER BY id"))
    desk.channel.will(first, Failure(FailureKind.LATER, beside=("71", "72")))  # two of its files
    await desk.delivered()
    card, count = await core.broadcast_launch.remove(one, by=desk.by, now=clock())
    assert (count, card.one.removed_at) == (2, clock())
    await desk.lays()
    before = len(desk.channel.sent)
    await desk.later(minutes=5)
    after = {message.chat.chat_id: message.removes for message in desk.channel.sent[before:]}
    assert (set(after), after[first]) == ({first, second}, ("71", "72"))
    _, stopped = await core.broadcast_launch.cancel(one, by=desk.by, now=clock())
    assert (stopped, look.rows(OWED)) == (0, [(0,)])


async def test_a_message_that_could_not_be_edited_and_came_anew_is_the_one_that_is_edited_next(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts(OLD)
    await desk.launches(one)
    await desk.delivered()
    for text in (NEW, "Совещание в 17"):
        await core.broadcast_launch.correct(one, text, by=desk.by, now=clock())
        before = len(desk.channel.sent)
        await desk.later(seconds=5)
        assert len(desk.channel.sent) - before == 5  # the double gives every message a new id
    await core.broadcast_launch.remove(one, by=desk.by, now=clock())
    before = len(desk.channel.sent)
    await desk.later(seconds=5)
    assert sorted(len(message.removes) for message in desk.channel.sent[before:]) == [3] * 5


async def test_new_words_that_are_too_long_with_somebodys_name_are_refused(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts(OLD)
    await desk.launches(one)
    for text, reason in (
        ("я" * 3501, "broadcast.long-text"),
        ("{{ имя }}" * 380, "broadcast.long-for"),
        ("{{ школа }}", "broadcast.no-school"),
    ):
        assert await refusal(core.broadcast_launch.correct(one, text, by=desk.by, now=now)) == reason
    assert (await desk.card(one)).one.text == OLD


async def test_nobody_is_written_to_again_who_is_still_silent(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    for who in (BORIS, KIRA):
        desk.channel.will(who.account.account_id, BLOCKED)
    await desk.launches(one)
    await desk.delivered()
    await core.people.unblocked(BORIS.account)
    card, count = await core.broadcast_launch.resend(one, by=desk.by, now=clock())
    assert (count, card.tally.on_the_way, card.tally.failed) == (1, 1, 1)
