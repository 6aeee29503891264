"""Buttons under what the bot said by itself: an item's card, my tasks, putting off, carrying over."""

from contextlib import suppress
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from actions.notices import Later, Notices
from actions.roadmap import Roadmaps
from actions.tasks import Tasks
from channels.telegram import TELEGRAM
from domain.button import Button, press
from domain.clock import Clock
from domain.notice import effective
from domain.people import Member
from domain.refusal import Refusal
from handlers.item import card_screen
from handlers.presses.item import MoreAboutItem
from handlers.presses.notice import PutOff, PutOffUntil
from handlers.presses.roadmap import CarryOver
from handlers.presses.task import MyTasks
from handlers.roadmap import list_screen
from handlers.show import TOAST_LIMIT, Screen, send_beside, send_private, show
from handlers.start import never_mind
from handlers.task import tasks_screen
from texts import Texts


async def more(
    call: CallbackQuery, callback_data: MoreAboutItem, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """«п. 16» under a notice: the card comes as a new message, the notice stays as it was."""
    card = await roadmaps.card(callback_data.id, by=member, now=clock())
    await send_beside(call, card_screen(texts, card), texts)


async def more_in_group(
    call: CallbackQuery, callback_data: MoreAboutItem, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """The same button in a group: who may see the card gets it in private, anybody else the order's published lines."""
    with suppress(Refusal):
        await more(call, callback_data, member, roadmaps, clock, texts)
        return
    chat_id = call.message.chat.id if call.message else 0
    card = await roadmaps.brief(callback_data.id, messenger=TELEGRAM, chat_id=chat_id, now=clock())
    item = card.kept.item
    text = texts.plain("notice.brief", item=item, deadline=effective(item), today=card.today)
    await call.answer(text[:TOAST_LIMIT], show_alert=True)


async def my_tasks(call: CallbackQuery, member: Member, tasks: Tasks, clock: Clock, texts: Texts) -> None:
    """«Мои задачи»: they come as a new message in private, the notice stays as it was."""
    if member.is_stranger:
        await call.answer(texts.plain("people.stranger-toast"), show_alert=True)
        return
    await send_beside(call, tasks_screen(texts, await tasks.mine(by=member, now=clock())), texts)


async def put_off(call: CallbackQuery, callback_data: PutOff, texts: Texts) -> None:
    """«Отложить»: for how long."""
    choices = tuple(
        (Button(texts.plain(f"notice.later-{one}"), press("until", callback_data.day, one)),) for one in Later
    )
    await send_private(call, Screen(texts.html("notice.ask-later"), (*choices, never_mind(texts))))
    await call.answer()


async def put_off_until(
    call: CallbackQuery, callback_data: PutOffUntil, member: Member, notices: Notices, clock: Clock, texts: Texts
) -> None:
    """«До завтра», «На три дня», «До понедельника»."""
    day = datetime.strptime(callback_data.day, "%Y%m%d").date()  # noqa: DTZ007  a date of the calendar has no zone
    until = await notices.snooze(day, Later(callback_data.later), by=member, now=clock())
    await show(call, Screen(texts.html("notice.put-off", until=until)))


async def carry_over(
    call: CallbackQuery, callback_data: CarryOver, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """«Перенести на … год»."""
    kept = await roadmaps.carry_over(callback_data.id, callback_data.year, by=member, now=clock())
    overview = await roadmaps.overview(by=member, now=clock())
    screen = list_screen(texts, overview, "all", "-", page=0)
    await show(call, Screen(texts.html("notice.carried-over", roadmap=kept.roadmap), screen.buttons))


def setup(router: Router) -> None:
    """Buttons pressed in private."""
    router.callback_query.register(more, MoreAboutItem.filter())
    router.callback_query.register(my_tasks, MyTasks.filter())
    router.callback_query.register(put_off, PutOff.filter())
    router.callback_query.register(put_off_until, PutOffUntil.filter(F.later.in_(set(Later))))
    router.callback_query.register(carry_over, CarryOver.filter())


def in_group() -> Router:
    """Buttons pressed in a group."""
    router = Router(name="notice-in-group")
    router.callback_query.register(more_in_group, MoreAboutItem.filter())
    router.callback_query.register(my_tasks, MyTasks.filter())
    return router
