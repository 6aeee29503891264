"""A report of a visit as it is read: the whole of it, the school's part, its files, its paper, what was changed."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.visit_paper import VisitPapers
from actions.visit_report import ReportView, VisitReports
from domain.clock import Clock
from domain.form import FormFile
from domain.people import Member
from domain.refusal import Refusal
from handlers.presses.visit_report import (
    OpenVisitReport,
    VisitReportBefore,
    VisitReportEdits,
    VisitReportEditsPage,
    VisitReportFiles,
    VisitReportPage,
    VisitReportPaper,
)
from handlers.show import ALBUM, Screen, send_file, send_pictures, send_private, show
from handlers.visit_report_screen import edits_screen, report_screen
from texts import Texts


async def open_report(
    call: CallbackQuery,
    callback_data: OpenVisitReport,
    member: Member,
    visit_reports: VisitReports,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The report of a visit."""
    await state.clear()
    view = await visit_reports.read(callback_data.id, by=member, now=clock())
    await show(call, report_screen(texts, view))


async def turn_report(
    call: CallbackQuery,
    callback_data: VisitReportPage,
    member: Member,
    visit_reports: VisitReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of it."""
    view = await visit_reports.read(callback_data.id, by=member, now=clock())
    await show(call, report_screen(texts, view, callback_data.page))


async def open_last(
    call: CallbackQuery,
    callback_data: VisitReportBefore,
    member: Member,
    visit_reports: VisitReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """The report of the visit before."""
    view = await visit_reports.last(callback_data.id, by=member, now=clock())
    await show(call, report_screen(texts, view))


async def show_edits(
    call: CallbackQuery,
    callback_data: VisitReportEdits,
    member: Member,
    visit_reports: VisitReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Что меняли»."""
    await show(call, edits_screen(texts, await visit_reports.whole(callback_data.id, by=member, now=clock())))


async def turn_edits(
    call: CallbackQuery,
    callback_data: VisitReportEditsPage,
    member: Member,
    visit_reports: VisitReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of that."""
    view = await visit_reports.whole(callback_data.id, by=member, now=clock())
    await show(call, edits_screen(texts, view, callback_data.page))


async def send_files(
    call: CallbackQuery,
    callback_data: VisitReportFiles,
    member: Member,
    visit_reports: VisitReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Фото и файлы»: photos in albums, whatever else one by one; an album is held in memory at a time."""
    view = await visit_reports.whole(callback_data.id, by=member, now=clock())
    if not view.files:
        raise Refusal("visit_report.no-files")
    await call.answer(texts.plain("visit_report.files-toast"))
    photos = [one for one in view.files if one.is_photo]
    others = [one for one in view.files if not one.is_photo]
    sent = 0
    for start in range(0, len(photos), ALBUM):
        sent += await _send_album(call, view, photos[start : start + ALBUM], visit_reports, texts)
    for one in others:
        sent += await _send_one(call, view, one, visit_reports, texts)
    if sent < len(view.files):
        await send_private(call, Screen(texts.html("visit_report.files-lost", count=len(view.files) - sent)))


async def _send_album(
    call: CallbackQuery, view: ReportView, photos: list[FormFile], visit_reports: VisitReports, texts: Texts
) -> int:
    found = [(one, await visit_reports.copy_of(one)) for one in photos]
    pictures = [(f"{one.id}.jpg", content) for one, content in found if content is not None]
    await send_pictures(call, pictures, texts.html("visit_report.caption", view=view))
    return len(pictures)


async def _send_one(
    call: CallbackQuery, view: ReportView, one: FormFile, visit_reports: VisitReports, texts: Texts
) -> int:
    content = await visit_reports.copy_of(one)
    if content is None:
        return 0
    await send_file(call, one.name, content, texts.html("visit_report.caption", view=view))
    return 1


async def send_paper(
    call: CallbackQuery,
    callback_data: VisitReportPaper,
    member: Member,
    visit_papers: VisitPapers,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Отчёт в Word»."""
    name, content = await visit_papers.report(callback_data.id, by=member, now=clock())
    await send_file(call, name, content, texts.html("visit_report.paper-caption"))
    await call.answer(texts.plain("visit_report.paper-toast"))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(open_report, OpenVisitReport.filter())
    router.callback_query.register(turn_report, VisitReportPage.filter())
    router.callback_query.register(open_last, VisitReportBefore.filter())
    router.callback_query.register(show_edits, VisitReportEdits.filter())
    router.callback_query.register(turn_edits, VisitReportEditsPage.filter())
    router.callback_query.register(send_files, VisitReportFiles.filter())
    router.callback_query.register(send_paper, VisitReportPaper.filter())
