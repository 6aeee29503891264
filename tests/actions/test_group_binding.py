"""Groups: added, bound, moved, upgraded, removed."""

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.people import Member
from domain.refusal import Refusal
from storage.group import Group
from tests.people import (
    MARINA,
    PROJECT_CHAT,
    SCHOOL,
    STRANGER,
    VECTOR_CHAT,
    Look,
    RecordingChannel,
    SettableClock,
    a_roadmap,
    an_item,
    bound,
)

SUPERGROUP = -1_002_000_000_077
TODAY = "day:2022-03-09:group:"


@pytest.fixture(autouse=True)
async def roadmap(core: Core, clock: SettableClock) -> None:
    """Item 1 ends today and is announced in «500+»."""
    await core.roadmaps.load(a_roadmap(an_item(1, "до 9 марта"), an_item(2, "до 30 марта")), now=clock())


def bindings(look: Look) -> list[tuple[int, str | None]]:
    return [(chat, channel) for chat, channel in look.rows("SELECT chat_id, channel FROM group_chat ORDER BY id")]


async def found(core: Core, chat_id: int) -> Group:
    return next(one for one in await core.groups.known() if one.chat.chat_id == chat_id)


async def test_coordinator_is_asked_once_what_group_the_bot_came_to(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    for _ in range(2):
        await core.groups.added("telegram", PROJECT_CHAT, "500+ Иваново", by=STRANGER, now=clock.advance(seconds=1))
    (row,) = look.rows("SELECT person_id, text, buttons FROM outbox")
    assert row[:2] == (1, core.texts.html("group.added", title="500+ Иваново"))
    assert '"bind:1:500+"' in row[2]
    assert bindings(look) == [(PROJECT_CHAT, None)]


async def test_every_group_channel_of_the_roadmaps_can_be_bound(core: Core, marina: Member) -> None:
    listed = await core.groups.list(by=marina)
    assert [channel.id for channel in listed.channels] == ["500+", "ВУ"]
    assert (listed.title_of("ВУ"), listed.title_of("давно")) == ("Вектор успеха", "давно")


async def test_binding_another_group_moves_the_channel(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await bound(core, marina, clock())
    await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    assert bindings(look) == [(PROJECT_CHAT, None), (VECTOR_CHAT, "500+")]


async def test_group_may_change_its_channel(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    group = await bound(core, marina, clock())
    await core.groups.bind(group.id, "ВУ", by=marina, now=clock())
    assert bindings(look) == [(PROJECT_CHAT, "ВУ")]


async def test_unbound_group_gets_nothing(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    group = await bound(core, marina, clock())
    after, _ = await core.groups.bind(group.id, None, by=marina, now=clock())
    assert after.channel is None
    await core.notices.plan(clock())
    assert look.outbox("group_id = 1") == []


@pytest.mark.parametrize("new_channel", [None, "ВУ"])
async def test_message_of_the_day_not_sent_yet_is_withdrawn_with_the_binding(
    core: Core,
    outbox: Outbox,
    channel: RecordingChannel,
    clock: SettableClock,
    marina: Member,
    new_channel: str | None,
) -> None:
    group = await bound(core, marina, clock())
    await core.notices.plan(clock())
    await core.groups.bind(group.id, new_channel, by=marina, now=clock())
    await outbox.deliver()
    assert channel.texts(PROJECT_CHAT) == []


async def test_message_of_the_day_moves_with_the_channel(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> None:
    await bound(core, marina, clock())
    await core.notices.plan(clock())
    await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    await core.notices.plan(clock())
    await outbox.deliver()
    assert (len(channel.texts(PROJECT_CHAT)), len(channel.texts(VECTOR_CHAT))) == (0, 1)


async def test_binding_again_to_the_same_channel_withdraws_nothing(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    group = await bound(core, marina, clock())
    await core.notices.plan(clock())
    await core.groups.bind(group.id, "500+", by=marina, now=clock())
    assert look.outbox("group_id = 1") == [(f"{TODAY}1", "planned")]


async def test_topic_is_kept_and_written_to(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> None:
    group = await bound(core, marina, clock(), thread_id=77)
    assert group.chat.thread_id == 77
    await core.groups.renamed("telegram", PROJECT_CHAT, "Новое имя")
    await core.notices.plan(clock())
    await outbox.deliver()
    assert [message.chat.thread_id for message in channel.sent if message.chat.chat_id == PROJECT_CHAT] == [77]
    renamed = await found(core, PROJECT_CHAT)
    assert (renamed.title, renamed.channel, renamed.chat.thread_id) == ("Новое имя", "500+", 77)


async def test_removed_group_is_unbound_gets_nothing_and_the_coordinator_hears_of_it_once(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    group = await bound(core, marina, clock())
    await outbox.deliver()
    clock.advance(seconds=10)
    await core.notices.plan(clock())
    for _ in range(2):
        await core.groups.removed("telegram", PROJECT_CHAT, now=clock.advance(seconds=1))
    await outbox.deliver()
    assert channel.texts(PROJECT_CHAT) == []
    said = channel.texts(MARINA.account.account_id)
    assert said.count(core.texts.html("group.removed", title=group.title, channel="500+")) == 1
    assert bindings(look) == [(PROJECT_CHAT, None)]
    assert (await core.groups.list(by=marina)).groups == ()
    with pytest.raises(Refusal, match=r"group\.gone"):
        await core.groups.bind(group.id, "500+", by=marina, now=clock())


async def test_bot_that_comes_back_is_asked_about_again(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await bound(core, marina, clock())
    await core.groups.removed("telegram", PROJECT_CHAT, now=clock.advance(seconds=1))
    await core.groups.added("telegram", PROJECT_CHAT, "500+", by=STRANGER, now=clock.advance(seconds=1))
    assert [key.split(":")[0] for key, _ in look.outbox()] == ["added", "removed", "added"]
    assert (await found(core, PROJECT_CHAT)).channel is None


async def test_unknown_group_may_be_removed_renamed_and_upgraded_without_a_trace(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.groups.removed("telegram", -1, now=clock())
    await core.groups.renamed("telegram", -1, "Чужая")
    await core.groups.migrated("telegram", -1, -2)
    assert (look.count("group_chat"), look.count("outbox")) == (0, 0)


async def test_coordinator_s_command_in_a_group_makes_it_known(core: Core, look: Look, marina: Member) -> None:
    first = await core.groups.here("telegram", PROJECT_CHAT, "500+", by=marina)
    again = await core.groups.here("telegram", PROJECT_CHAT, "500+", by=marina)
    assert (first.id, look.count("group_chat")) == (again.id, 1)


async def test_channel_of_no_roadmap_is_refused(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    group = await core.groups.here("telegram", PROJECT_CHAT, "500+", by=marina)
    for channel in ("нет такого", "site"):
        with pytest.raises(Refusal, match=r"group\.unknown-channel"):
            await core.groups.bind(group.id, channel, by=marina, now=clock())
    assert bindings(look) == [(PROJECT_CHAT, None)]


@pytest.mark.parametrize("member", [STRANGER, SCHOOL])
async def test_nobody_but_the_coordinator_sees_or_binds_groups(
    core: Core, clock: SettableClock, look: Look, marina: Member, member: Member
) -> None:
    group = await bound(core, marina, clock())
    for refused in (
        core.groups.list(by=member),
        core.groups.here("telegram", VECTOR_CHAT, "чужая", by=member),
        core.groups.bind(group.id, None, by=member, now=clock()),
    ):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await refused
    assert bindings(look) == [(PROJECT_CHAT, "500+")]


# --- A group becomes a supergroup


async def test_new_id_is_kept_everywhere(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    await core.notices.plan(clock())
    for _ in range(2):  # the old chat and the new one both tell of it
        await core.groups.migrated("telegram", VECTOR_CHAT, SUPERGROUP)
    assert bindings(look) == [(SUPERGROUP, "500+")]
    await outbox.deliver()
    assert (len(channel.texts(SUPERGROUP)), channel.texts(VECTOR_CHAT)) == (1, [])
    await core.notices.plan(clock())
    assert look.outbox("group_id IS NOT NULL") == [(f"{TODAY}1", "sent")]


async def test_supergroup_met_as_a_stranger_before_is_the_same_group(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    await core.groups.added("telegram", SUPERGROUP, "500+", by=STRANGER, now=clock.advance(seconds=1))
    await core.groups.migrated("telegram", VECTOR_CHAT, SUPERGROUP)
    assert bindings(look) == [(SUPERGROUP, "500+")]


async def test_supergroup_that_was_bound_before_the_news_stays_bound(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    await bound(core, marina, clock(), chat_id=SUPERGROUP, thread_id=5)
    await core.groups.migrated("telegram", VECTOR_CHAT, SUPERGROUP)
    assert look.rows("SELECT chat_id, channel, thread_id FROM group_chat") == [(SUPERGROUP, "500+", 5)]


async def test_group_gets_one_message_a_day_across_the_upgrade(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, look: Look, marina: Member
) -> None:
    await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    await bound(core, marina, clock(), chat_id=SUPERGROUP)
    await core.notices.plan(clock())
    await outbox.deliver()
    await core.groups.migrated("telegram", VECTOR_CHAT, SUPERGROUP)
    await core.notices.plan(clock())
    await outbox.deliver()
    assert len(channel.texts(SUPERGROUP)) == 1


async def test_group_marked_as_left_during_the_upgrade_is_there_again(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    await core.groups.removed("telegram", VECTOR_CHAT, now=clock())
    await bound(core, marina, clock(), chat_id=SUPERGROUP)
    await core.groups.migrated("telegram", VECTOR_CHAT, SUPERGROUP)
    assert look.rows("SELECT chat_id, channel, removed_at FROM group_chat") == [(SUPERGROUP, "500+", None)]
    assert len(await core.groups.known()) == 1
