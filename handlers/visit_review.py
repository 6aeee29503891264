"""«Отчёты на проверку»: the queue of reports that wait, a card of each; accepting, and returning with a comment."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.visit_report import ReportView
from actions.visit_review import VisitReviews
from actions.visit_sight import SeenVisit
from domain.access import Right, may_for
from domain.button import Button, press
from domain.clock import Clock
from domain.completion import COMMENT_LIMIT
from domain.people import Member
from domain.review import comment_of
from domain.visit import ReportState
from handlers.awaiting import Awaiting
from handlers.paging import Row, on_page, paged, turning
from handlers.picking import label
from handlers.presses.menu import Go
from handlers.presses.visit_report import (
    AcceptVisitReport,
    OpenVisitReview,
    ReturnVisitReport,
    VisitReviewPage,
    VisitReviewsPage,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.visit_report_screen import report_text, shared_rows
from handlers.where import is_answer
from texts import Texts

_SHOWN = 6


def queue_screen(texts: Texts, queue: list[SeenVisit], page: int = 0) -> Screen:
    """The reports that wait, the one that waits longest first."""
    shown, number, pages = on_page(queue, page, _SHOWN)
    rows = [(Button(label(texts.plain("visit_review.button-one", one=one)), press("vrev", one.id)),) for one in queue]
    turned = paged(texts, rows, page, lambda other: press("vrevs", other), _SHOWN)
    text = texts.html("visit_review.queue", shown=shown, total=len(queue), number=number, pages=pages)
    return Screen(text, (*turned, (_visits(texts), *back_to_menu(texts))))


def card_screen(texts: Texts, view: ReportView, queue: list[SeenVisit], member: Member, page: int = 0) -> Screen:
    """A report with what can be decided, and its neighbours in the queue."""
    one = view.one.id
    text, pages = report_text(texts, view, page)
    ids = [each.id for each in queue]
    if one in ids:
        place = texts.html("visit_review.place", number=ids.index(one) + 1, total=len(ids))
        text = f"{place}\n{text}"
    turns = turning(texts, pages, page, lambda other: press("vrevpg", one, other), 1)
    files, paper, before = shared_rows(texts, view)
    rows = (
        turns,
        _decisions(texts, view),
        files,
        paper,
        (*before, *_medk(texts, view, member)),
        _beside(texts, one, ids),
    )
    return Screen(text, (*(row for row in rows if row), (_to_queue(texts), *back_to_menu(texts))))


def _decisions(texts: Texts, view: ReportView) -> Row:
    if view.report.state is not ReportState.SENT:
        return ()
    accept = Button(texts.plain("visit_review.button-accept"), press("vacc", view.one.id, view.report.times))
    back = Button(texts.plain("visit_review.button-return"), press("vret", view.one.id, view.report.times))
    return accept, back


def _medk(texts: Texts, view: ReportView, member: Member) -> Row:
    """The remarks of a report are there when it is accepted."""
    if view.report.state is not ReportState.ACCEPTED or not may_for(member, Right.REMARK, view.one.school):
        return ()
    return (Button(texts.plain("medk.button-text"), press("medk", view.one.school.id, 0)),)


def _beside(texts: Texts, one: int, ids: list[int]) -> Row:
    """The reports before and after this one in the queue; of one that does not wait the first."""
    if one not in ids:
        return (Button(texts.plain("visit_review.button-next"), press("vrev", ids[0])),) if ids else ()
    place, row = ids.index(one), []
    if place:
        row.append(Button(texts.plain("visit_review.button-before"), press("vrev", ids[place - 1])))
    if place < len(ids) - 1:
        row.append(Button(texts.plain("visit_review.button-next"), press("vrev", ids[place + 1])))
    return tuple(row)


def _to_queue(texts: Texts) -> Button:
    return Button(texts.plain("visit_review.button-queue"), press("go", "visit-reviews"))


def _visits(texts: Texts) -> Button:
    return Button(texts.plain("visit.button-visits"), press("go", "visits"))


async def show_queue(
    call: CallbackQuery, member: Member, visit_reviews: VisitReviews, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отчёты на проверку»."""
    await state.clear()
    await show(call, queue_screen(texts, await visit_reviews.queue(by=member, now=clock())))


async def turn_queue(
    call: CallbackQuery,
    callback_data: VisitReviewsPage,
    member: Member,
    visit_reviews: VisitReviews,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of them."""
    queue = await visit_reviews.queue(by=member, now=clock())
    await show(call, queue_screen(texts, queue, callback_data.page))


async def open_review(
    call: CallbackQuery,
    callback_data: OpenVisitReview,
    member: Member,
    visit_reviews: VisitReviews,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One report."""
    await state.clear()
    view = await visit_reviews.look(callback_data.id, by=member, now=clock())
    queue = await visit_reviews.queue(by=member, now=clock())
    await show(call, card_screen(texts, view, queue, member))


async def turn_review(
    call: CallbackQuery,
    callback_data: VisitReviewPage,
    member: Member,
    visit_reviews: VisitReviews,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of it."""
    view = await visit_reviews.look(callback_data.id, by=member, now=clock())
    queue = await visit_reviews.queue(by=member, now=clock())
    await show(call, card_screen(texts, view, queue, member, callback_data.page))


async def accept(
    call: CallbackQuery,
    callback_data: AcceptVisitReport,
    member: Member,
    visit_reviews: VisitReviews,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Принять»: what of it reached the school, and the next one."""
    await state.clear()
    view = await visit_reviews.accept(callback_data.id, callback_data.seen, by=member, now=clock())
    queue = await visit_reviews.queue(by=member, now=clock())
    report = Button(texts.plain("visit_review.button-report"), press("vrev", view.one.id))
    rows = (_beside(texts, view.one.id, [one.id for one in queue]), (report, *_medk(texts, view, member)))
    text = texts.html("visit_review.accepted", view=view, waiting=len(queue))
    screen = Screen(text, (*(row for row in rows if row), (_to_queue(texts), *back_to_menu(texts))))
    await show(call, screen, toast=texts.plain("visit_review.accepted-toast"))


async def ask_comment(
    call: CallbackQuery,
    callback_data: ReturnVisitReport,
    member: Member,
    visit_reviews: VisitReviews,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Вернуть»: the curator must learn what to write."""
    view = await visit_reviews.may_give_back(callback_data.id, callback_data.seen, by=member, now=clock())
    await state.set_state(Awaiting.visit_report_return)
    await state.set_data({"visit": callback_data.id, "seen": callback_data.seen})
    back = Button(texts.plain("visit_review.button-report"), press("vrev", view.one.id))
    text = texts.html("visit_review.ask-comment", view=view, limit=COMMENT_LIMIT)
    await show(call, Screen(text, ((back, *never_mind(texts)),)))


async def typed_comment(
    message: Message, member: Member, visit_reviews: VisitReviews, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The comment, typed; the queue afterwards."""
    data, comment = await state.get_data(), comment_of(message.text or "")
    await state.clear()
    view = await visit_reviews.give_back(int(data["visit"]), int(data["seen"]), comment, by=member, now=clock())
    screen = queue_screen(texts, await visit_reviews.queue(by=member, now=clock()))
    ours = view.report.comment == comment and view.report.decided_by == member.person_id
    said = texts.html("visit_review.returned", view=view, ours=ours)
    await show(message, Screen(f"{said}\n\n{screen.text}", screen.buttons))


def setup(router: Router) -> None:
    """Private screens of reviewers."""
    router.callback_query.register(show_queue, Go.filter(F.section == "visit-reviews"))
    router.callback_query.register(turn_queue, VisitReviewsPage.filter())
    router.callback_query.register(open_review, OpenVisitReview.filter())
    router.callback_query.register(turn_review, VisitReviewPage.filter())
    router.callback_query.register(accept, AcceptVisitReport.filter())
    router.callback_query.register(ask_comment, ReturnVisitReport.filter())
    router.message.register(typed_comment, Awaiting.visit_report_return, is_answer)
