"""Groups: who comes and goes, what the bot hears, and becoming a supergroup."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner, InlineKeyboardButton, InlineKeyboardMarkup, Update

from rehearsal.chats import Group
from rehearsal.person import Person
from rehearsal.world import World


@pytest.fixture
def group(world: World, anna: Person, boris: Person) -> Group:
    """A group with the bot in it, the updates about that taken."""
    made = world.add_group("Школа № 5", [anna, boris, world.bot])
    world.bot.queue.clear()
    return made


async def heard(bot: Bot) -> list[Update]:
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


def words(updates: list[Update]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_adding_promoting_and_removing_the_bot_is_told(bot: Bot, world: World, anna: Person) -> None:
    group = world.add_group("Школа № 5", [anna])
    anna.adds_bot(group, admin=True)
    anna.removes_bot(group)
    updates = await heard(bot)
    changes = [u.my_chat_member for u in updates if u.my_chat_member]
    assert [(c.old_chat_member.status, c.new_chat_member.status, c.from_user.id) for c in changes] == [
        ("left", "member", anna.id),
        ("member", "administrator", anna.id),
        ("administrator", "kicked", anna.id),
    ]
    added, left = [update.message for update in updates if update.message]
    assert [user.id for user in added.new_chat_members or []] == [42]
    assert left.left_chat_member
    assert left.left_chat_member.id == 42


async def test_blocking_is_told_and_writing_again_unblocks(bot: Bot, school: Person) -> None:
    school.blocks()
    school.says("передумал")
    kinds = [u.my_chat_member.new_chat_member.status if u.my_chat_member else "message" for u in await heard(bot)]
    assert kinds == ["kicked", "member", "message"]


async def test_privacy_mode(bot: Bot, world: World, anna: Person, boris: Person, group: Group) -> None:
    asked = await bot.send_message(group.id, "Готово?")
    anna.says("болтовня", group)
    anna.says("/status", group)
    anna.says("/status@road_bot сейчас", group)
    anna.says("/status@Other_bot", group)
    anna.says("см. /status", group)
    boris.replies(group.messages[asked.message_id], "да")
    boris.replies(anna.says("кому?", group), "тебе")
    assert words(await heard(bot)) == ["/status", "/status@road_bot сейчас", "да"]


async def test_an_administrator_and_a_bot_without_privacy_hear_all(
    bot: Bot, world: World, anna: Person, group: Group
) -> None:
    anna.promotes(group, world.bot)
    anna.says("болтовня", group)
    anna.demotes(group, world.bot)
    anna.says("тайна", group)
    world.bot.privacy = False
    anna.says("снова слышно", group)
    assert words(await heard(bot)) == ["болтовня", "снова слышно"]
    assert (await bot.get_me()).can_read_all_group_messages is True


async def test_service_messages_are_heard_with_privacy_on(
    bot: Bot, world: World, anna: Person, boris: Person, group: Group
) -> None:
    anna.renames(group, "Школа № 55")
    boris.leaves(group)
    clara = world.add_person("Клара")
    anna.adds(group, clara)
    renamed, left, came = [update.message for update in await heard(bot)]
    assert renamed
    assert renamed.new_chat_title == "Школа № 55" == (await bot.get_chat(group.id)).title
    assert left
    assert left.left_chat_member
    assert left.left_chat_member.id == boris.id
    assert came
    assert [user.id for user in came.new_chat_members or []] == [clara.id]


async def test_migration(bot: Bot, world: World, anna: Person, boris: Person, group: Group) -> None:
    anna.says("/old", group)
    heir = world.migrate(group)
    anna.says("/new", group)
    updates = [update.message for update in await heard(bot)]
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id, m.text) for m in updates if m] == [
        (group.id, None, None, "/old"),
        (group.id, heir.id, None, None),
        (heir.id, None, group.id, None),
        (heir.id, None, None, "/new"),
    ]
    assert str(heir.id).startswith("-100")
    assert (await bot.get_chat(heir.id)).type == "supergroup"
    assert [chat.id for chat in boris.chats()] == [heir.id]


async def test_asking_about_members(bot: Bot, world: World, anna: Person, boris: Person, group: Group) -> None:
    assert await bot.get_chat_member_count(group.id) == 3
    assert isinstance(await bot.get_chat_member(group.id, anna.id), ChatMemberOwner)
    boris.leaves(group)
    assert (await bot.get_chat_member(group.id, boris.id)).status == "left"
    anna.promotes(group, world.bot)
    owner, own = await bot.get_chat_administrators(group.id)
    assert isinstance(owner, ChatMemberOwner)
    assert isinstance(own, ChatMemberAdministrator)


async def test_chat_member_updates_come_to_an_administrator_that_asked(
    bot: Bot, anna: Person, boris: Person, group: Group
) -> None:
    anna.promotes(group, anna.world.bot)
    await heard(bot)
    await bot.get_updates(allowed_updates=["chat_member"])
    boris.leaves(group)
    (update,) = await heard(bot)
    assert update.chat_member
    assert (update.chat_member.new_chat_member.user.id, update.chat_member.new_chat_member.status) == (boris.id, "left")


async def test_a_press_in_a_group_is_heard_with_privacy_on(bot: Bot, boris: Person, group: Group) -> None:
    ready = InlineKeyboardButton(text="Готово", callback_data="done")
    markup = InlineKeyboardMarkup(inline_keyboard=[[ready]])
    await bot.send_message(group.id, "Готово?", reply_markup=markup)
    boris.presses("Готово", chat=group)
    (update,) = await heard(bot)
    assert update.callback_query
    assert (update.callback_query.from_user.id, update.callback_query.data) == (boris.id, "done")


def test_ids_are_the_same_for_the_same_seed_and_some_need_64_bits() -> None:
    first, second, third = (World(seed=seed) for seed in (1, 1, 2))
    ids = [[world.add_person(str(number)).id for number in range(10)] for world in (first, second, third)]
    assert ids[0] == ids[1] != ids[2]
    assert any(person_id > 2**32 for person_id in ids[0])
    assert any(person_id < 2**31 for person_id in ids[0])


def test_who_is_not_in_a_group_cannot_write_there(world: World, group: Group) -> None:
    stranger = world.add_person("Чужой")
    with pytest.raises(ValueError, match="Чужой is not in"):
        stranger.says("x", group)
    assert stranger.messages(group) == []


async def test_what_cannot_be_asked(bot: Bot, world: World, school: Person, group: Group) -> None:
    with pytest.raises(TelegramBadRequest, match="there are no administrators in the private chat"):
        await bot.get_chat_administrators(school.id)
    with pytest.raises(TelegramBadRequest, match="invalid user_id specified"):
        await bot.get_chat_member(group.id, 1)
    with pytest.raises(TelegramBadRequest, match="can't be changed in private chats"):
        await bot.leave_chat(school.id)
    assert (await bot.get_chat_member(school.id, school.id)).status == "member"
    assert await bot.get_chat_member_count(school.id) == 2


async def test_pins_come_and_go(bot: Bot, school: Person) -> None:
    first = await bot.send_message(school.id, "раз")
    second = await bot.send_message(school.id, "два")
    await first.pin()
    await second.pin()
    pinned = (await bot.get_chat(school.id)).pinned_message
    assert pinned
    assert pinned.message_id == second.message_id
    await bot.unpin_chat_message(school.id)
    await bot.unpin_chat_message(school.id, message_id=first.message_id)
    assert (await bot.get_chat(school.id)).pinned_message is None
    with pytest.raises(TelegramBadRequest, match="message to unpin not found"):
        await bot.unpin_chat_message(school.id)


async def test_one_upgrades_once(world: World, group: Group) -> None:
    world.migrate(group)
    with pytest.raises(ValueError, match="not upgraded yet"):
        world.migrate(group)
