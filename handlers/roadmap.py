"""«Дорожная карта»: the list of items with pages and filters, and what asks to be confirmed."""

import re
from collections.abc import Callable
from datetime import date

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.roadmap import Overview, Roadmaps
from domain.agenda import Status, in_month, status
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.roadmap import KeptItem
from handlers.presses.menu import Go
from handlers.presses.roadmap import ListFilter, ListPage
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

PAGE = 9
_IN_ROW = 3
_ROWS = 7
ALL = ("all", "-")
_MONTH = re.compile("2[0-9]{3}(0[1-9]|1[0-2])")


async def show_list(
    event: Message | CallbackQuery, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The whole roadmap from its first page."""
    await state.clear()
    overview = await roadmaps.overview(by=member, now=clock())
    await show(event, list_screen(texts, overview, *ALL, page=0))


async def show_unclear(
    event: Message | CallbackQuery, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The items that ask to be confirmed."""
    await state.clear()
    overview = await roadmaps.overview(by=member, now=clock())
    await show(event, list_screen(texts, overview, "unclear", "-", page=0))


async def turn_page(
    call: CallbackQuery, callback_data: ListPage, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """Another page, or another filter."""
    overview = await roadmaps.overview(by=member, now=clock())
    await show(call, list_screen(texts, overview, callback_data.by, callback_data.value, page=callback_data.page))


async def choose_filter(
    call: CallbackQuery, callback_data: ListFilter, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """What to narrow the list by."""
    overview = await roadmaps.overview(by=member, now=clock())
    values = _values(texts, overview, callback_data.by)
    buttons = [Button(label, press("list", callback_data.by, value, 0)) for value, label in values]
    in_row = 1 if callback_data.by == "executor" and len(buttons) <= _ROWS else _IN_ROW
    rows = [tuple(buttons[start : start + in_row]) for start in range(0, len(buttons), in_row)][:_ROWS]
    back = Button(texts.plain("roadmap.button-all"), press("list", *ALL, 0))
    await show(call, Screen(texts.html(f"roadmap.filter-{callback_data.by}"), (*rows, (back,))))


def _values(texts: Texts, overview: Overview, by: str) -> list[tuple[str, str]]:
    match by:
        case "month":
            year = overview.roadmaps[-1].roadmap.year if overview.roadmaps else overview.today.year
            months = [date(year - 1, 11, 1), date(year - 1, 12, 1), *(date(year, month, 1) for month in range(1, 13))]
            return [(f"{one:%Y%m}", texts.plain("roadmap.month-name", month=one)) for one in months]
        case "executor":
            executors = {one.id: one.name for kept in overview.roadmaps for one in kept.roadmap.executors}
            return [(one, texts.plain("roadmap.executor-name", name=name)) for one, name in executors.items()]
    return [(one.value, texts.plain(f"roadmap.status-{one.value}")) for one in Status]


def list_screen(texts: Texts, overview: Overview, by: str, value: str, *, page: int) -> Screen:
    """A page of the items for which the filter holds."""
    items = [kept for roadmap in overview.roadmaps for kept in roadmap.items]
    wanted = _filter(overview, by, value)
    found = [kept for kept in items if wanted(kept)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    text = texts.html(
        "roadmap.list",
        heading=_heading(texts, overview, by, value),
        rows=[(kept, status(kept, overview.today)) for kept in shown],
        total=len(found),
        page=page + 1,
        pages=pages,
        today=overview.today,
    )
    return Screen(text, _list_buttons(texts, shown, by, value, page=page, pages=pages))


def _list_buttons(texts: Texts, shown: list[KeptItem], by: str, value: str, *, page: int, pages: int) -> Keyboard:
    opening = [
        Button(texts.plain("roadmap.button-item", number=kept.item.number), press("item", kept.id)) for kept in shown
    ]
    rows = [tuple(opening[start : start + _IN_ROW]) for start in range(0, len(opening), _IN_ROW)]
    turns = []
    if page > 0:
        turns.append(Button(texts.plain("roadmap.button-page-before"), press("list", by, value, page - 1)))
    if page < pages - 1:
        turns.append(Button(texts.plain("roadmap.button-page-after"), press("list", by, value, page + 1)))
    filters = tuple(
        Button(texts.plain(f"roadmap.button-filter-{name}"), press("filter", name))
        for name in ("month", "executor", "status")
    )
    everything = () if (by, value) == ALL else ((Button(texts.plain("roadmap.button-all"), press("list", *ALL, 0)),),)
    return tuple(row for row in (*rows, tuple(turns), filters, *everything, back_to_menu(texts)) if row)


def _filter(overview: Overview, by: str, value: str) -> Callable[[KeptItem], bool]:
    match by:
        case "month" if _MONTH.fullmatch(value):
            ids = {kept.id for kept in in_month(overview.roadmaps, date(int(value[:4]), int(value[4:]), 1))}
            return lambda kept: kept.id in ids
        case "executor":
            return lambda kept: value in kept.item.executors
        case "status":
            return lambda kept: status(kept, overview.today) == value
        case "unclear":
            return lambda kept: bool(kept.item.flags)
    return lambda _kept: True


def _heading(texts: Texts, overview: Overview, by: str, value: str) -> str:
    chosen = dict(_values(texts, overview, by)).get(value) if by in ("month", "executor", "status") else None
    if chosen is not None:
        return chosen
    return texts.plain("roadmap.heading-unclear" if by == "unclear" else "roadmap.heading-all")


def setup(router: Router) -> None:
    """Private screens of the list."""
    router.message.register(show_list, Command("roadmap"))
    router.message.register(show_unclear, Command("unclear"))
    router.callback_query.register(show_list, Go.filter(F.section == "roadmap"))
    router.callback_query.register(show_unclear, Go.filter(F.section == "unclear"))
    router.callback_query.register(turn_page, ListPage.filter())
    router.callback_query.register(choose_filter, ListFilter.filter(F.by.in_({"month", "executor", "status"})))
