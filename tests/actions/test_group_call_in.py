"""«Позвать участников»: one message in the group, not at night, not twice within an hour."""

from dataclasses import replace

import pytest

from actions.groups import CallIn
from actions.outbox import Outbox
from bot.core import Core
from domain.button import Button
from domain.people import Member
from domain.refusal import Refusal
from storage.group import Group
from tests.people import (
    PROJECT_CHAT,
    SCHOOL,
    STRANGER,
    Look,
    RecordingChannel,
    SettableClock,
    a_roadmap,
    an_item,
    bound,
    msk,
)

LINK = "https://t.me/road_bot?start=school"
CALLS = "SELECT state, due_at, thread_id FROM outbox WHERE key LIKE 'call-in:%' ORDER BY id"


@pytest.fixture
async def group(core: Core, clock: SettableClock, marina: Member) -> Group:
    """«500+», bound in a topic of a forum."""
    await core.roadmaps.load(a_roadmap(an_item(1, "до 30 ноября")), now=clock())
    return await bound(core, marina, clock(), thread_id=77)


async def called(core: Core, clock: SettableClock, by: Member) -> CallIn:
    return await core.groups.call_in(1, LINK, by=by, now=clock())


@pytest.mark.usefixtures("group")
async def test_group_hears_it_once_with_a_button_that_opens_the_bot(
    core: Core, clock: SettableClock, look: Look, outbox: Outbox, channel: RecordingChannel, marina: Member
) -> None:
    found = await called(core, clock, marina)
    assert (found.at, found.waits, found.again) == (clock(), False, False)
    await outbox.deliver()
    (said,) = [one for one in channel.sent if one.chat.chat_id == PROJECT_CHAT]
    assert (said.text, said.chat.thread_id) == (core.texts.html("group.call-in"), 77)
    assert said.buttons == ((Button("Я из школы …", url=LINK),),)
    assert look.rows("SELECT person_id, about FROM audit WHERE deed = 'group-invited'") == [(1, '{"group": 1}')]


@pytest.mark.usefixtures("group")
async def test_pressing_again_within_an_hour_is_one_message_and_later_another(
    core: Core, clock: SettableClock, look: Look, outbox: Outbox, marina: Member
) -> None:
    first = await called(core, clock, marina)
    await outbox.deliver()
    clock.advance(minutes=59, seconds=59)
    assert await called(core, clock, marina) == replace(first, again=True)
    clock.advance(seconds=1)
    assert (await called(core, clock, marina)).again is False
    assert len(look.rows(CALLS)) == 2
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'group-invited'") == [(2,)]


@pytest.mark.usefixtures("group")
async def test_at_night_it_waits_for_the_morning_and_is_one_message_however_often_it_is_pressed(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    morning = msk("2022-03-10 08:00")
    for moment, again in (("2022-03-09 20:00", False), ("2022-03-09 23:30", True), ("2022-03-10 07:59", True)):
        clock.set(moment)
        found = await called(core, clock, marina)
        assert (found.at, found.waits, found.again) == (morning, True, again)
    assert look.rows(CALLS) == [("planned", "2022-03-10 05:00:00.000000", 77)]


async def test_group_that_was_unbound_meanwhile_does_not_hear_it(
    core: Core, clock: SettableClock, look: Look, group: Group, marina: Member
) -> None:
    clock.set("2022-03-09 21:00")
    await called(core, clock, marina)
    await core.groups.bind(group.id, None, by=marina, now=clock())
    assert [row[0] for row in look.rows(CALLS)] == ["withdrawn"]
    with pytest.raises(Refusal, match=r"group\.not-bound"):
        await called(core, clock, marina)
    await core.groups.bind(group.id, "500+", by=marina, now=clock())
    assert (await called(core, clock, marina)).again is False


@pytest.mark.usefixtures("group")
async def test_group_that_is_gone_or_never_was_cannot_be_called(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    with pytest.raises(Refusal, match=r"group\.gone"):
        await core.groups.call_in(99, LINK, by=marina, now=clock())
    await core.groups.removed("telegram", PROJECT_CHAT, now=clock())
    with pytest.raises(Refusal, match=r"group\.gone"):
        await called(core, clock, marina)


@pytest.mark.usefixtures("group")
@pytest.mark.parametrize("by", [STRANGER, SCHOOL])
async def test_nobody_but_the_coordinator_calls_people_in(
    core: Core, clock: SettableClock, look: Look, by: Member
) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await called(core, clock, by)
    assert look.rows(CALLS) == []
