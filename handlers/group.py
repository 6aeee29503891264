"""Groups: the bot comes and goes, is bound as «500+», and turns up under a new id."""

from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from actions.groups import GroupList, Groups
from channels.telegram import TELEGRAM
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from handlers.join_request import LINK
from handlers.presses.group import BindGroup, InviteGroup, LeaveGroup, OpenGroup, UnbindGroup
from handlers.presses.menu import Go
from handlers.show import Screen, send, show
from handlers.start import back_to_menu
from handlers.where import became_supergroup, in_group, was_renamed, without_consent
from storage.group import Group
from texts import Texts

_PRIVATE = ("start", "menu", "tasks", "now", "month", "roadmap", "my_data", "help")
"""Commands that are answered in private."""
_INSIDE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR}


async def membership(event: ChatMemberUpdated, member: Member, groups: Groups, clock: Clock, bot: Bot) -> None:
    """The bot was added to a group or removed from it."""
    if event.new_chat_member.status not in _INSIDE:
        await groups.removed(TELEGRAM, event.chat.id, now=clock())
        return
    question = await groups.added(TELEGRAM, event.chat.id, event.chat.title or "", by=member, now=clock())
    if question is not None:
        await send(bot, event.from_user.id, Screen(*question))


async def migrated(message: Message, groups: Groups) -> None:
    """The group became a supergroup."""
    if message.migrate_to_chat_id is not None:
        await groups.migrated(TELEGRAM, message.chat.id, message.migrate_to_chat_id)


async def renamed(message: Message, groups: Groups) -> None:
    """The group has another title."""
    await groups.renamed(TELEGRAM, message.chat.id, message.new_chat_title or "")


async def bind_here(message: Message, member: Member, groups: Groups, texts: Texts) -> None:
    """``/bind`` written by the coordinator in the group, in the very topic where the bot should write."""
    group = await groups.here(TELEGRAM, message.chat.id, message.chat.title or "", by=member)
    found = await groups.list(by=member)
    await show(message, Screen(texts.html("group.bind-here"), _binding(texts, found, group)))


async def show_groups(
    event: Message | CallbackQuery, member: Member, groups: Groups, texts: Texts, state: FSMContext
) -> None:
    """Every group the bot is in."""
    await state.clear()
    await show(event, _groups_screen(texts, await groups.list(by=member)))


def _groups_screen(texts: Texts, found: GroupList) -> Screen:
    rows = [
        (Button(texts.plain("group.button-open", title=one.title), press("group", one.id)),) for one in found.groups
    ]
    text = texts.html("group.list", groups=[(one, _title(found, one)) for one in found.groups[:20]])
    return Screen(text, (*rows[:7], back_to_menu(texts)))


def _title(found: GroupList, group: Group) -> str | None:
    return None if group.channel is None else found.title_of(group.channel)


async def open_group(
    call: CallbackQuery, callback_data: OpenGroup, member: Member, groups: Groups, texts: Texts
) -> None:
    """One group."""
    found = await groups.list(by=member)
    group = next((one for one in found.groups if one.id == callback_data.id), None)
    if group is None:
        await show(call, _groups_screen(texts, found))
        return
    await show(call, _group_screen(texts, found, group))


def _binding(texts: Texts, found: GroupList, group: Group) -> Keyboard:
    return tuple(
        (Button(texts.plain("group.button-bind", title=one.title), press("bind", group.id, one.id)),)
        for one in found.channels[:5]
        if one.id != group.channel
    )


def _group_screen(texts: Texts, found: GroupList, group: Group) -> Screen:
    call = ((Button(texts.plain("group.button-call-in"), press("callin", group.id)),),) if group.channel else ()
    unbind = (Button(texts.plain("group.button-unbind"), press("unbind", group.id)),) if group.channel else ()
    leave = (*unbind, Button(texts.plain("group.button-leave"), press("leave", group.id)))
    back = (Button(texts.plain("group.button-back"), press("go", "groups")),)
    text = texts.html("group.card", group=group, channel=_title(found, group))
    return Screen(text, (*call, *_binding(texts, found, group), leave, back))


async def bind(
    call: CallbackQuery, callback_data: BindGroup, member: Member, groups: Groups, clock: Clock, texts: Texts
) -> None:
    """«Привязать как …», in the group or in private."""
    message = call.message if isinstance(call.message, Message) else None
    inside = message is not None and message.chat.type != ChatType.PRIVATE
    topic = message.message_thread_id if inside and message is not None and message.is_topic_message else None
    group, found = await groups.bind(
        callback_data.id, callback_data.channel, from_inside=inside, thread_id=topic, by=member, now=clock()
    )
    if inside:
        await show(call, Screen(texts.html("group.bound-here", channel=_title(found, group))))
    else:
        await show(call, _group_screen(texts, found, group), toast=texts.plain("group.bound-toast"))


async def unbind(
    call: CallbackQuery, callback_data: UnbindGroup, member: Member, groups: Groups, clock: Clock, texts: Texts
) -> None:
    """«Отвязать»."""
    group, found = await groups.bind(callback_data.id, None, by=member, now=clock())
    await show(call, _group_screen(texts, found, group), toast=texts.plain("group.unbound-toast"))


async def leave(
    call: CallbackQuery,
    callback_data: LeaveGroup,
    member: Member,
    groups: Groups,
    clock: Clock,
    bot: Bot,
    texts: Texts,
) -> None:
    """«Выйти из группы»."""
    group, _ = await groups.bind(callback_data.id, None, by=member, now=clock())
    with suppress(TelegramAPIError):  # it was gone already
        await bot.leave_chat(group.chat.chat_id)
    await groups.removed(TELEGRAM, group.chat.chat_id, now=clock())  # the messenger's own word of it comes later
    await show(call, _groups_screen(texts, await groups.list(by=member)))


async def call_in(
    call: CallbackQuery,
    callback_data: InviteGroup,
    member: Member,
    groups: Groups,
    clock: Clock,
    bot: Bot,
    texts: Texts,
) -> None:
    """«Позвать участников»: the screen says when the group hears it."""
    link = f"https://t.me/{(await bot.me()).username}?start={LINK}"
    called = await groups.call_in(callback_data.id, link, by=member, now=clock())
    screen = _group_screen(texts, await groups.list(by=member), called.group)
    said = texts.html("group.called-in", called=called)
    await show(call, Screen(f"{screen.text}\n\n{said}", screen.buttons))


async def menu_in_group(message: Message, texts: Texts) -> None:
    """A command written in a group: the conversation is private."""
    await show(message, Screen(texts.html("group.write-privately")))


def private(router: Router) -> None:
    """Screens in the coordinator's own chat."""
    router.message.register(show_groups, Command("groups"))
    router.callback_query.register(show_groups, Go.filter(F.section == "groups"))
    router.callback_query.register(open_group, OpenGroup.filter())
    router.callback_query.register(unbind, UnbindGroup.filter())
    router.callback_query.register(leave, LeaveGroup.filter())
    router.callback_query.register(call_in, InviteGroup.filter())
    router.callback_query.register(bind, BindGroup.filter())


def setup() -> Router:
    """What happens in a group itself."""
    router = Router(name="group")
    router.my_chat_member.register(membership, in_group)
    router.message.register(migrated, became_supergroup)
    router.message.register(renamed, was_renamed)
    router.message.register(menu_in_group, Command("bind"), without_consent)
    router.message.register(bind_here, Command("bind"))
    router.message.register(menu_in_group, Command(*_PRIVATE))
    router.callback_query.register(bind, BindGroup.filter())
    return router
