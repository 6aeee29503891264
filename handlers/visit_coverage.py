"""«Визиты» of the region: how many, what waits, who has none; the schedule as a file."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.visit_coverage import VisitCoverages, VisitCoverageView
from actions.visit_files import VisitFiles
from domain.access import Right, may
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.visit import Standing
from domain.visit_coverage import VisitGap
from handlers.paging import Row, on_page, turning
from handlers.picking import label
from handlers.presses.menu import Go
from handlers.presses.visit import DownloadSchedule, VisitCalendar, VisitGapPage
from handlers.show import Screen, send_file, show
from handlers.start import back_to_menu
from texts import Texts

_NAME = 28
_LISTED = 5


def region_screen(texts: Texts, member: Member, view: VisitCoverageView) -> Screen:
    """The visits of the year by standing, and what waits for whoever looks."""
    counts = [(one, view.picture.counts[one]) for one in Standing if view.picture.counts.get(one)]
    rows: list[Row] = [*_queues(texts, view)]
    coverage = Button(texts.plain("visit_approval.button-coverage"), press("go", "visit-coverage"))
    rows.append((coverage, Button(texts.plain("visit_region.button-region"), press("go", "visit-region"))))
    if any(one is not Standing.PROPOSED for one, _ in counts):
        rows.append(tuple(_file(texts, which) for which in ("docx", "xlsx")))
    schools = Button(texts.plain("visit_approval.button-schools"), press("go", "my-schools"))
    own = Button(texts.plain("visit_approval.button-own"), press("go", "visit-mine"))
    rows.append((schools, own) if may(member, Right.VISIT) else (schools,))
    return Screen(texts.html("visit_approval.region", view=view, counts=counts), (*rows, back_to_menu(texts)))


def _queues(texts: Texts, view: VisitCoverageView) -> Keyboard:
    queue = Button(texts.plain("visit_approval.button-queue", count=view.waiting), press("go", "visit-approvals"))
    reviews = Button(texts.plain("visit_approval.button-reviews", count=view.reports), press("go", "visit-reviews"))
    return (*(((queue,),) if view.approves else ()), *(((reviews,),) if view.reviews else ()))


def _file(texts: Texts, which: str) -> Button:
    return Button(texts.plain(f"visit_approval.button-{which}"), press("vfile", which))


async def show_region(
    call: CallbackQuery, member: Member, visit_coverages: VisitCoverages, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Все визиты» of somebody whose own schedule comes first."""
    await state.clear()
    await show(call, region_screen(texts, member, await visit_coverages.look(by=member, now=clock())))


def coverage_screen(texts: Texts, view: VisitCoverageView) -> Screen:
    """The months, and a button for each list that is not empty."""
    rows = [
        (Button(texts.plain(f"visit_approval.button-gap-{gap}", count=count), press("vgap", gap, 0)),)
        for gap in VisitGap
        if (count := len(view.picture.of(gap)))
    ]
    return Screen(texts.html("visit_approval.coverage", view=view), (*rows, _last(texts)))


def _last(texts: Texts) -> Row:
    return (Button(texts.plain("visit_card.button-visits"), press("go", "visits")), *back_to_menu(texts))


def gap_screen(texts: Texts, view: VisitCoverageView, gap: VisitGap, page: int) -> Screen:
    """A page of a list; a school opens its visits."""
    found = view.picture.of(gap)
    lines, number, pages = on_page(found, page, _LISTED)
    values = {"gap": gap, "count": len(found), "lines": lines, "page": number, "pages": pages}
    opens = [(Button(label(one.name, _NAME), press("vschool", one.id)),) for one in lines]
    turns = turning(texts, len(found), page, lambda other: press("vgap", gap, other), _LISTED)
    back = (Button(texts.plain("visit_approval.button-to-coverage"), press("go", "visit-coverage")),)
    rows = (*([] if gap is VisitGap.NO_SCHEDULE else opens), turns, back)
    return Screen(texts.html("visit_approval.gap", **values), tuple(row for row in rows if row))


async def show_coverage(
    call: CallbackQuery, member: Member, visit_coverages: VisitCoverages, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Кто без визитов»."""
    await state.clear()
    await show(call, coverage_screen(texts, await visit_coverages.look(by=member, now=clock())))


async def show_gap(
    call: CallbackQuery,
    callback_data: VisitGapPage,
    member: Member,
    visit_coverages: VisitCoverages,
    clock: Clock,
    texts: Texts,
) -> None:
    """A page of a list; the whole picture where it is empty by now."""
    view, gap = await visit_coverages.look(by=member, now=clock()), callback_data.gap
    is_there = bool(view.picture.of(gap))
    await show(call, gap_screen(texts, view, gap, callback_data.page) if is_there else coverage_screen(texts, view))


async def send_schedule(
    call: CallbackQuery,
    callback_data: DownloadSchedule,
    member: Member,
    visit_files: VisitFiles,
    clock: Clock,
    texts: Texts,
) -> None:
    """«График в Word», «График в Excel»."""
    made = await visit_files.schedule(callback_data.which, by=member, now=clock())
    caption = texts.html("visit_approval.file-caption", day=made.day, count=made.visits)
    name = texts.plain(f"visit_approval.{callback_data.which}-name", day=made.day)
    await send_file(call, name, made.content, caption)
    await call.answer(texts.plain("visit_approval.file-toast"))


async def send_calendar(
    call: CallbackQuery, member: Member, visit_files: VisitFiles, clock: Clock, texts: Texts
) -> None:
    """«В календарь»."""
    made = await visit_files.calendar(by=member, now=clock())
    caption = texts.html("visit_plan.calendar-caption", count=made.visits)
    await send_file(call, texts.plain("visit_plan.calendar-name", day=made.day), made.content, caption)
    await call.answer(texts.plain("visit_plan.sent-file-toast"))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_region, Go.filter(F.section == "visit-all"))
    router.callback_query.register(show_coverage, Go.filter(F.section == "visit-coverage"))
    router.callback_query.register(show_gap, VisitGapPage.filter())
    router.callback_query.register(send_schedule, DownloadSchedule.filter())
    router.callback_query.register(send_calendar, VisitCalendar.filter())
