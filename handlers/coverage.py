"""«Кто не вошёл»: the totals, and lists for phoning."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.coverage import Coverage, CoverageView
from domain.button import Button, press
from domain.coverage import Gap, Missing
from domain.people import Member
from handlers.paging import Row, on_page, turning
from handlers.picking import label
from handlers.presses.coverage import CoveragePage
from handlers.presses.menu import Go
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts


def totals_screen(texts: Texts, view: CoverageView) -> Screen:
    """How many are in, and a button for each list that is not empty."""
    counts = [(gap, len(view.picture.of(gap))) for gap in Gap]
    rows = [
        (Button(texts.plain(f"coverage.button-{gap}", count=count), press("coverage", gap, 0)),)
        for gap, count in counts
        if count
    ]
    return Screen(texts.html("coverage.totals", view=view), (*rows, back_to_menu(texts)))


def list_screen(texts: Texts, view: CoverageView, gap: Gap, page: int) -> Screen:
    """A page of one list; a school, and for the coordinator a person, opens its card."""
    found = view.picture.of(gap)
    lines, number, pages = on_page(found, page)
    values = {"gap": gap, "count": len(found), "lines": lines, "page": number, "pages": pages}
    text = texts.html(f"coverage.{_kind(gap)}", opens=view.opens_people, **values)
    cards = [_card(gap, line) for line in lines if view.opens_people or not gap.is_of_people]
    turns = turning(texts, len(found), page, lambda other: press("coverage", gap, other))
    back = (Button(texts.plain("coverage.button-back"), press("go", "coverage")),)
    return Screen(text, tuple(row for row in (*cards, turns, back) if row))


def _kind(gap: Gap) -> str:
    return "people" if gap.is_of_people else "schools"


def _card(gap: Gap, line: Missing) -> Row:
    data = press("person", line.id) if gap.is_of_people else press("school", line.id)
    return (Button(label(line.name), data),)


async def show_totals(call: CallbackQuery, member: Member, coverage: Coverage, texts: Texts, state: FSMContext) -> None:
    """«Кто не вошёл»."""
    await state.clear()
    await show(call, totals_screen(texts, await coverage.look(by=member)))


async def show_list(
    call: CallbackQuery, callback_data: CoveragePage, member: Member, coverage: Coverage, texts: Texts
) -> None:
    """A page of a list; the totals where it is empty by now."""
    view, gap = await coverage.look(by=member), callback_data.gap
    found = view.picture.of(gap)
    await show(call, list_screen(texts, view, gap, callback_data.page) if found else totals_screen(texts, view))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_totals, Go.filter(F.section == "coverage"))
    router.callback_query.register(show_list, CoveragePage.filter())
