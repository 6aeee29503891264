"""«Посмотреть» and «Отправить»: the very message in one's own chat, to whom it goes by name, and the launch."""

import asyncio

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.broadcast_course import progress_of
from actions.broadcast_keeping import BroadcastKeeping, Preview
from actions.broadcast_launch import BroadcastLaunch, Launched
from actions.broadcast_look import BroadcastCard
from channels.telegram import TelegramChannel, markup
from domain.button import Button, press
from domain.clock import Clock
from domain.outbox import Failure, Outgoing
from domain.people import Member
from domain.refusal import Refusal
from handlers.broadcast_screen import back_from, back_to_card, facts, look_button
from handlers.paging import on_page, turning
from handlers.presses.broadcast import BroadcastNames, LaunchBroadcast, PreviewBroadcast
from handlers.show import Screen, send_private, show, show_again
from texts import Texts

_NAMES = 20


async def look(
    call: CallbackQuery,
    callback_data: PreviewBroadcast,
    bot: Bot,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Посмотреть»: it comes as it will come to whoever is first in the list."""
    preview = await broadcast_keeping.preview(callback_data.id, by=member, now=clock())
    await arrives(bot, preview.outgoing)
    await send_private(call, preview_screen(texts, preview, clock))
    await call.answer()


async def arrives(bot: Bot, outgoing: Outgoing) -> None:
    """By the same channel as to everybody, in a task of its own as each sender is."""
    async with asyncio.TaskGroup() as sending:
        outcome = sending.create_task(TelegramChannel(bot).send(outgoing))
    if isinstance(outcome.result(), Failure):
        raise Refusal("broadcast_new.not-shown")


def preview_screen(texts: Texts, preview: Preview, clock: Clock) -> Screen:
    """What is above, to how many and when; and the button that sends it."""
    card = preview.card
    one, count = card.one.id, len(card.reached)
    go = (Button(texts.plain("broadcast_new.button-go", count=count), press("bcgo", one)),)
    names = [Button(texts.plain("broadcast_new.button-names", count=count), press("bcnames", one, 0, 0))]
    if card.silent:
        silent = texts.plain("broadcast_new.button-silent", count=len(card.silent))
        names.append(Button(silent, press("bcnames", one, 1, 0)))
    text = texts.html("broadcast_new.preview", preview=preview, now=clock(), **facts(card))
    return Screen(text, (go, tuple(names), back_to_card(texts, one)))


def names_screen(texts: Texts, card: BroadcastCard, page: int, *, silent: bool) -> Screen:
    """A page of the names."""
    every = card.silent if silent else card.reached
    shown, number, pages = on_page(every, page, _NAMES)
    text = texts.html(
        "broadcast_new.names", shown=shown, silent=silent, total=len(every), page=number, pages=pages, **facts(card)
    )
    one = card.one.id
    turns = turning(texts, len(every), page, lambda other: press("bcnames", one, int(silent), other), _NAMES)
    other = card.reached if silent else card.silent
    name = "names" if silent else "silent"
    beside = Button(
        texts.plain(f"broadcast_new.button-{name}", count=len(other)), press("bcnames", one, int(not silent), 0)
    )
    look = look_button(texts, card.one)
    rows = (turns, (beside,) if other else (), (look,) if card.reached and not card.one.is_empty else ())
    return Screen(text, (*filter(None, rows), back_from(texts, card.one)))


async def show_names(
    call: CallbackQuery,
    callback_data: BroadcastNames,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Кто получит», «Кто не получит»."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await show(call, names_screen(texts, card, callback_data.page, silent=callback_data.silent))


async def launch(
    call: CallbackQuery,
    callback_data: LaunchBroadcast,
    bot: Bot,
    member: Member,
    broadcast_launch: BroadcastLaunch,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отправить N получателям»: the screen becomes the one that shows how far it is."""
    now = clock()
    launched = await broadcast_launch.launch(callback_data.id, by=member, now=now)
    await state.clear()
    card = launched.card
    button = Button(texts.plain("broadcast.button-card"), press("bcbeside", card.one.id))
    progress = progress_of(card.one, card.tally)
    text = texts.html("broadcast.progress", progress=progress, now=now, zone=card.zone)
    shown = await _put(call, bot, Screen(text, ((button,),)))
    await broadcast_launch.watch(card.one.id, str(shown), by=member)
    await call.answer(texts.plain("broadcast_new.launched-toast", launched=launched, now=now, zone=card.zone))
    await _say_changes(call, launched, texts)


async def _put(call: CallbackQuery, bot: Bot, screen: Screen) -> int:
    """The id of the message that is edited from now on."""
    if isinstance(call.message, Message):
        return await show_again(call.message, screen, call.message.message_id)
    return (await bot.send_message(call.from_user.id, screen.text, reply_markup=markup(screen.buttons))).message_id


async def _say_changes(call: CallbackQuery, launched: Launched, texts: Texts) -> None:
    """Who can no longer be written to, and who would be in the list by now."""
    if launched.left or launched.came:
        back = back_to_card(texts, launched.card.one.id)
        await send_private(call, Screen(texts.html("broadcast_new.changed", launched=launched), (back,)))


def setup(router: Router) -> None:
    """Private screens of whoever announces."""
    router.callback_query.register(look, PreviewBroadcast.filter())
    router.callback_query.register(show_names, BroadcastNames.filter())
    router.callback_query.register(launch, LaunchBroadcast.filter())
