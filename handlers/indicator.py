"""«Показатели»: the dashboard in three screens, who has done an item, and a school's result beside the region's."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.indicator import Board, Indicators, ItemStanding
from domain.board import Measured, by_stand
from domain.button import Button, press
from domain.clock import Clock
from domain.indicator_count import Measure
from domain.people import Member
from domain.school_result import SchoolResult
from handlers.paging import Row, on_page, turning
from handlers.presses.indicator import BoardPage, BoardScreen, ResultOfSchool, ResultPage, WhoDid, WhoDidPage
from handlers.presses.menu import Go
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

LISTED = 10
"""Lines of a page that has no button for each of them."""
_IN_ROW = 3


def board_screen(texts: Texts, board: Board, wanted: BoardScreen, page: int = 0) -> Screen:
    """One of the three screens, with the ways to the others."""
    several = len({row.year for row in board.rows}) > 1
    common = {"board": board, "today": board.today, "several": several}
    items: tuple[Row, ...] = ()
    turns: Row = ()
    match wanted:
        case BoardScreen.STATES:
            text = texts.html("indicator.states", stands=by_stand(board.rows), **common)
        case BoardScreen.NUMBERS:
            rows = [row for row in board.rows if _is_told(row)]
            shown, number, pages = on_page(rows, page)
            text = texts.html("indicator.numbers", rows=shown, page=number, pages=pages, **common)
            items = _items(texts, shown)
            turns = turning(texts, len(rows), page, lambda other: press("board", wanted, other))
        case BoardScreen.LATE:
            late, number, pages = on_page(board.late, page, LISTED)
            text = texts.html("indicator.late", late=late, total=len(board.late), page=number, pages=pages, **common)
            turns = turning(texts, len(board.late), page, lambda other: press("board", wanted, other), LISTED)
    others = tuple(
        Button(texts.plain(f"indicator.button-{one}"), press("board", one, 0)) for one in BoardScreen if one != wanted
    )
    last = (Button(texts.plain("home.button-region"), press("go", "region")), *back_to_menu(texts))
    return Screen(text, tuple(row for row in (*items, turns, others, last) if row))


def _is_told(row: Measured) -> bool:
    """Whether there is a number to be said: not of what is confirmed once, nor where nobody owes it."""
    return row.indicator.count.measure is not Measure.EXECUTORS and row.indicator.count.of > 0


def _items(texts: Texts, rows: Sequence[Measured]) -> tuple[Row, ...]:
    buttons = [
        Button(texts.plain("roadmap.button-item", number=row.kept.item.number), press("whodid", row.kept.id))
        for row in rows
    ]
    return tuple(tuple(buttons[start : start + _IN_ROW]) for start in range(0, len(buttons), _IN_ROW))


def who_screen(texts: Texts, standing: ItemStanding, page: int = 0) -> Screen:
    """Who has not done an item, a page at a time and with whom to phone; who waits for a review; who has."""
    missing, number, pages = on_page(standing.missing, page, LISTED)
    kept = standing.row.kept
    text = texts.html(
        "indicator.who",
        standing=standing,
        item=kept.item,
        number=standing.row.indicator,
        today=standing.today,
        missing=missing,
        page=number,
        pages=pages,
    )
    turns = turning(texts, len(standing.missing), page, lambda other: press("whopage", kept.id, other), LISTED)
    last = (Button(texts.plain("indicator.button-item"), press("item", kept.id)), *back_to_menu(texts))
    return Screen(text, tuple(row for row in (turns, last) if row))


def result_screen(texts: Texts, school_id: int, result: SchoolResult, page: int = 0) -> Screen:
    """A school's items, a page at a time."""
    lines, number, pages = on_page(result.lines, page, LISTED)
    text = texts.html("indicator.result", result=result, lines=lines, page=number, pages=pages)
    turns = turning(texts, len(result.lines), page, lambda other: press("respage", school_id, other), LISTED)
    last = (Button(texts.plain("school.button-card"), press("school", school_id)), *back_to_menu(texts))
    return Screen(text, tuple(row for row in (turns, last) if row))


async def show_board(
    call: CallbackQuery, member: Member, indicators: Indicators, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Показатели»."""
    await state.clear()
    await show(call, board_screen(texts, await indicators.board(by=member, now=clock()), BoardScreen.STATES))


async def turn_board(
    call: CallbackQuery, callback_data: BoardPage, member: Member, indicators: Indicators, clock: Clock, texts: Texts
) -> None:
    """«По состоянию», «В числах», «Кто опаздывает»."""
    board = await indicators.board(by=member, now=clock())
    await show(call, board_screen(texts, board, callback_data.screen, callback_data.page))


async def show_who(
    call: CallbackQuery, callback_data: WhoDid, member: Member, indicators: Indicators, clock: Clock, texts: Texts
) -> None:
    """«Кто сделал»."""
    await show(call, who_screen(texts, await indicators.of_item(callback_data.id, by=member, now=clock())))


async def turn_who(
    call: CallbackQuery, callback_data: WhoDidPage, member: Member, indicators: Indicators, clock: Clock, texts: Texts
) -> None:
    """Another page of them."""
    standing = await indicators.of_item(callback_data.id, by=member, now=clock())
    await show(call, who_screen(texts, standing, callback_data.page))


async def show_result(
    call: CallbackQuery,
    callback_data: ResultOfSchool,
    member: Member,
    indicators: Indicators,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Наш результат», «Результат школы»."""
    result = await indicators.school(callback_data.id, by=member, now=clock())
    await show(call, result_screen(texts, callback_data.id, result))


async def turn_result(
    call: CallbackQuery, callback_data: ResultPage, member: Member, indicators: Indicators, clock: Clock, texts: Texts
) -> None:
    """Another page of it."""
    result = await indicators.school(callback_data.id, by=member, now=clock())
    await show(call, result_screen(texts, callback_data.id, result, callback_data.page))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_board, Go.filter(F.section == "board"))
    router.callback_query.register(turn_board, BoardPage.filter())
    router.callback_query.register(show_who, WhoDid.filter())
    router.callback_query.register(turn_who, WhoDidPage.filter())
    router.callback_query.register(show_result, ResultOfSchool.filter())
    router.callback_query.register(turn_result, ResultPage.filter())
