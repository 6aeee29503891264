"""«Что сейчас» and «Месяц»."""

from datetime import date

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.roadmap import Overview, Roadmaps
from domain.agenda import status
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.roadmap import KeptItem
from handlers.presses.menu import Go
from handlers.presses.roadmap import MonthPage
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

SHOWN = 10
_IN_ROW = 3


def item_buttons(texts: Texts, items: list[KeptItem]) -> list[tuple[Button, ...]]:
    """«п. 16» for each item, three in a row, nine at most."""
    buttons = [
        Button(texts.plain("roadmap.button-item", number=kept.item.number), press("item", kept.id))
        for kept in items[: _IN_ROW * 3]
    ]
    return [tuple(buttons[start : start + _IN_ROW]) for start in range(0, len(buttons), _IN_ROW)]


def now_screen(texts: Texts, overview: Overview) -> Screen:
    """What is due today and this week, and what is late."""
    found = overview.agenda()
    text = texts.html("agenda.now", agenda=found, today=overview.today, shown=SHOWN, keeps=overview.keeps)
    pressing = [*found.overdue, *found.today, *found.week, *found.waiting]
    buttons: Keyboard = (*item_buttons(texts, pressing), back_to_menu(texts))
    return Screen(text, buttons)


async def show_now(
    event: Message | CallbackQuery, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Что сейчас»."""
    await state.clear()
    await show(event, now_screen(texts, await roadmaps.overview(by=member, now=clock())))


async def show_this_month(
    event: Message | CallbackQuery, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The current month."""
    await state.clear()
    overview = await roadmaps.overview(by=member, now=clock())
    await _month(event, overview.today.replace(day=1), member, roadmaps, clock, texts)


async def show_month(
    call: CallbackQuery, callback_data: MonthPage, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """The month before or after."""
    month = min(max(callback_data.month, 1), 12)
    year = min(max(callback_data.year, 2000), 2100)
    await _month(call, date(year, month, 1), member, roadmaps, clock, texts)


async def _month(
    event: Message | CallbackQuery, first: date, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    overview = await roadmaps.overview(by=member, now=clock())
    items = overview.month(first)
    rows = [(kept, status(kept, overview.today)) for kept in items]
    text = texts.html("agenda.month", first=first, today=overview.today, rows=rows, shown=SHOWN * 2)
    before, after = _shifted(first, -1), _shifted(first, 1)
    turns = (
        Button(texts.plain("agenda.button-month-before", month=before), press("month", before.year, before.month)),
        Button(texts.plain("agenda.button-month-after", month=after), press("month", after.year, after.month)),
    )
    await show(event, Screen(text, (*item_buttons(texts, items), turns, back_to_menu(texts))))


def _shifted(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def setup(router: Router) -> None:
    """Private screens of the day and the month."""
    router.message.register(show_now, Command("now"))
    router.message.register(show_this_month, Command("month"))
    router.callback_query.register(show_now, Go.filter(F.section == "now"))
    router.callback_query.register(show_this_month, Go.filter(F.section == "month"))
    router.callback_query.register(show_month, MonthPage.filter())
