"""«Визиты: регион»: how many by municipality and by curator, what is not told of, the risks, the workbook."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.visit_region import LateVisit, RegionVisits, VisitRegion
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.visit_count import VisitSplit
from domain.visit_matrix import RiskRow
from handlers.paging import Row, on_page, turning
from handlers.picking import label
from handlers.presses.menu import Go
from handlers.presses.visit_region import DownloadVisits, LateVisits, RegionCounts, SchoolsOfRisk, VisitRisks
from handlers.show import Screen, send_file, show
from handlers.start import back_to_menu
from texts import Texts

LISTED = 10
"""Lines of a page that has no button for each of them."""
OPENED = 5
"""Lines of a page that has one."""
_NAME = 26


def region_screen(texts: Texts, found: RegionVisits) -> Screen:
    """The totals, with the ways to what they are made of."""
    late = found.total.overdue
    rows: tuple[Row, ...] = (
        tuple(Button(texts.plain(f"visit_region.button-{one}"), press("vregion", one, 0)) for one in VisitSplit),
        (
            Button(texts.plain("visit_region.button-late", count=late), press("vlate", 0)),
            Button(texts.plain("visit_region.button-risks"), press("vrisks", 0)),
        ),
        (Button(texts.plain("visit_region.button-file"), press("vregxlsx")),),
        (Button(texts.plain("visit_card.button-visits"), press("go", "visits")), *back_to_menu(texts)),
    )
    return Screen(texts.html("visit_region.total", found=found, count=found.total), rows)


def _last(texts: Texts) -> Row:
    return (Button(texts.plain("visit_region.button-region"), press("go", "visit-region")), *back_to_menu(texts))


def counts_screen(texts: Texts, found: RegionVisits, split: VisitSplit, page: int) -> Screen:
    """A page of the municipalities, or of the curators."""
    every = found.municipalities if split is VisitSplit.MUNICIPALITIES else found.curators
    lines, number, pages = on_page(every, page, LISTED)
    values = {"found": found, "split": split, "lines": lines, "page": number, "pages": pages}
    turns = turning(texts, len(every), page, lambda other: press("vregion", split, other), LISTED)
    return Screen(texts.html("visit_region.counts", **values), tuple(row for row in (turns, _last(texts)) if row))


def late_screen(texts: Texts, late: Sequence[LateVisit], page: int) -> Screen:
    """A page of the visits without a report; each opens."""
    lines, number, pages = on_page(late, page, OPENED)
    text = texts.html("visit_region.late", lines=lines, total=len(late), page=number, pages=pages)
    opens = [
        (
            Button(
                texts.plain(
                    "visit_region.button-open", day=each.one.visit.when, name=label(each.one.school.name, _NAME)
                ),
                press("visit", each.one.id),
            ),
        )
        for each in lines
    ]
    turns = turning(texts, len(late), page, lambda other: press("vlate", other), OPENED)
    return Screen(text, tuple(row for row in (*opens, turns, _last(texts)) if row))


def risks_screen(texts: Texts, matrix: Sequence[RiskRow], page: int) -> Screen:
    """A page of the risks: in how many schools it got better, stayed, got worse; each opens its schools."""
    rows, number, pages = on_page(matrix, page, OPENED)
    text = texts.html("visit_region.risks", rows=rows, page=number, pages=pages)
    opens = [(Button(label(row.risk.name), press("vrisk", row.risk.id, 0)),) for row in rows]
    turns = turning(texts, len(matrix), page, lambda other: press("vrisks", other), OPENED)
    return Screen(text, tuple(row for row in (*opens, turns, _last(texts)) if row))


def risk_screen(texts: Texts, row: RiskRow, page: int) -> Screen:
    """A page of the schools of a risk: where it got worse first."""
    schools, number, pages = on_page(row.schools, page, LISTED)
    text = texts.html("visit_region.risk", row=row, schools=schools, page=number, pages=pages)
    turns = turning(texts, len(row.schools), page, lambda other: press("vrisk", row.risk.id, other), LISTED)
    back = (Button(texts.plain("visit_region.button-to-risks"), press("vrisks", 0)), *back_to_menu(texts))
    return Screen(text, tuple(each for each in (turns, back) if each))


async def show_region(
    call: CallbackQuery, member: Member, visit_region: VisitRegion, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«По региону»."""
    await state.clear()
    await show(call, region_screen(texts, await visit_region.look(by=member, now=clock())))


async def show_counts(
    call: CallbackQuery,
    callback_data: RegionCounts,
    member: Member,
    visit_region: VisitRegion,
    clock: Clock,
    texts: Texts,
) -> None:
    """«По муниципалитетам», «По кураторам»."""
    found = await visit_region.look(by=member, now=clock())
    await show(call, counts_screen(texts, found, callback_data.split, callback_data.page))


async def show_late(
    call: CallbackQuery,
    callback_data: LateVisits,
    member: Member,
    visit_region: VisitRegion,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Без отчёта»."""
    await show(call, late_screen(texts, await visit_region.overdue(by=member, now=clock()), callback_data.page))


async def show_risks(
    call: CallbackQuery,
    callback_data: VisitRisks,
    member: Member,
    visit_region: VisitRegion,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Риски»."""
    await show(call, risks_screen(texts, await visit_region.matrix(by=member, now=clock()), callback_data.page))


async def show_risk(
    call: CallbackQuery,
    callback_data: SchoolsOfRisk,
    member: Member,
    visit_region: VisitRegion,
    clock: Clock,
    texts: Texts,
) -> None:
    """The schools of a risk; all risks where no school has it any more."""
    matrix = await visit_region.matrix(by=member, now=clock())
    row = next((one for one in matrix if one.risk.id == callback_data.id), None)
    found = risks_screen(texts, matrix, 0) if row is None else risk_screen(texts, row, callback_data.page)
    await show(call, found)


async def send_workbook(
    call: CallbackQuery, member: Member, visit_region: VisitRegion, clock: Clock, texts: Texts
) -> None:
    """«Скачать в Excel»."""
    made = await visit_region.export(by=member, now=clock())
    caption = texts.html("visit_region.file-caption", day=made.day, count=made.visits)
    await send_file(call, texts.plain("visit_region.file-name", day=made.day), made.content, caption)
    await call.answer(texts.plain("visit_region.file-toast"))


def setup(router: Router) -> None:
    """Private screens of whoever sees the region."""
    router.callback_query.register(show_region, Go.filter(F.section == "visit-region"))
    router.callback_query.register(show_counts, RegionCounts.filter())
    router.callback_query.register(show_late, LateVisits.filter())
    router.callback_query.register(show_risks, VisitRisks.filter())
    router.callback_query.register(show_risk, SchoolsOfRisk.filter())
    router.callback_query.register(send_workbook, DownloadVisits.filter())
