"""The coordinator decides on curators' schedules, and cancels visits."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.visit_approval import Submitted, VisitApprovals
from domain.button import Button, press
from domain.clock import Clock
from domain.completion import COMMENT_LIMIT
from domain.people import Member
from domain.refusal import Refusal
from domain.visit import WHY_LIMIT
from handlers.awaiting import Awaiting
from handlers.paging import Row, on_page, turning
from handlers.picking import label
from handlers.presses.menu import Go
from handlers.presses.visit import (
    ApproveSchedule,
    CancelVisit,
    OpenSchedule,
    ReturnSchedule,
    SchedulePage,
    SchedulesPage,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts

_NAME = 22
_LISTED = 6
_VISITS = 8
"""Visits of a message: each is as long as what speaks against it."""


async def show_queue(
    call: CallbackQuery, member: Member, visit_approvals: VisitApprovals, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Графики на утверждение»."""
    await state.clear()
    await show(call, queue_screen(texts, await visit_approvals.queue(by=member, now=clock())))


async def turn_queue(
    call: CallbackQuery,
    callback_data: SchedulesPage,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page."""
    found = await visit_approvals.queue(by=member, now=clock())
    await show(call, queue_screen(texts, found, callback_data.page))


def queue_screen(texts: Texts, found: list[Submitted], page: int = 0) -> Screen:
    """The curators whose schedules wait."""
    shown, number, pages = on_page(found, page, _LISTED)
    rows: list[Row] = [(_curator(texts, one),) for one in shown]
    turns = turning(texts, len(found), page, lambda other: press("vqueue", other), _LISTED)
    last = (Button(texts.plain("visit_card.button-visits"), press("go", "visits")), *back_to_menu(texts))
    text = texts.html("visit_approval.queue", shown=shown, total=len(found), page=number, pages=pages)
    return Screen(text, tuple(row for row in (*rows, turns, last) if row))


def _curator(texts: Texts, one: Submitted) -> Button:
    caption = texts.plain("visit_approval.button-curator", name=label(one.name, _NAME), count=len(one.visits))
    return Button(caption, press("vappr", one.curator_id))


async def open_schedule(
    call: CallbackQuery,
    callback_data: OpenSchedule,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A curator's schedule."""
    await state.clear()
    await show(call, schedule_screen(texts, await visit_approvals.look(callback_data.id, by=member, now=clock())))


async def turn_schedule(
    call: CallbackQuery,
    callback_data: SchedulePage,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of it."""
    found = await visit_approvals.look(callback_data.id, by=member, now=clock())
    await show(call, schedule_screen(texts, found, callback_data.page))


def schedule_screen(texts: Texts, found: Submitted, page: int = 0) -> Screen:
    """The days that are asked for, and what speaks against them."""
    shown, number, pages = on_page(found.visits, page, _VISITS)
    curator = found.curator_id
    turns = turning(texts, len(found.visits), page, lambda other: press("vapprs", curator, other), _VISITS)
    decisions: Row = (
        Button(texts.plain("visit_approval.button-approve"), press("vapprove", curator, found.seen)),
        Button(texts.plain("visit_approval.button-return"), press("vback", curator, found.seen)),
    )
    back = (Button(texts.plain("visit_approval.button-to-queue"), press("go", "visit-approvals")),)
    text = texts.html("visit_approval.schedule", found=found, shown=shown, page=number, pages=pages)
    return Screen(text, tuple(row for row in (decisions if found.visits else (), turns, back) if row))


async def approve(
    call: CallbackQuery,
    callback_data: ApproveSchedule,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Утвердить»; whoever waits still afterwards."""
    await state.clear()
    count = await visit_approvals.approve(callback_data.id, callback_data.seen, by=member, now=clock())
    screen = queue_screen(texts, await visit_approvals.queue(by=member, now=clock()))
    await show(call, screen, toast=texts.plain("visit_approval.approved-toast", count=count))


async def ask_comment(
    call: CallbackQuery,
    callback_data: ReturnSchedule,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Вернуть»: the curator must learn what to change."""
    found = await visit_approvals.look(callback_data.id, by=member, now=clock())
    if not found.visits or found.seen > callback_data.seen:
        raise Refusal("visit.sent-since" if found.visits else "visit.nothing-waits")
    await state.set_state(Awaiting.visit_return)
    await state.set_data({"curator": callback_data.id, "seen": callback_data.seen})
    text = texts.html("visit_approval.ask-comment", found=found, limit=COMMENT_LIMIT)
    await show(call, Screen(text, (never_mind(texts),)))


async def typed_comment(
    message: Message,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The comment; whoever waits still afterwards."""
    data, now = await state.get_data(), clock()
    count = await visit_approvals.give_back(
        int(data["curator"]), int(data["seen"]), message.text or "", by=member, now=now
    )
    await state.clear()
    screen = queue_screen(texts, await visit_approvals.queue(by=member, now=now))
    said = texts.html("visit_approval.returned", count=count)
    await show(message, Screen(f"{said}\n\n{screen.text}", screen.buttons))


async def ask_cancelling(
    call: CallbackQuery,
    callback_data: CancelVisit,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отменить визит»: why."""
    one = await visit_approvals.may_cancel(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.visit_cancel)
    await state.set_data({"visit": one.id})
    text = texts.html("visit_approval.ask-cancelling", one=one, limit=WHY_LIMIT)
    await show(call, Screen(text, (never_mind(texts),)))


async def typed_cancelling(
    message: Message,
    member: Member,
    visit_approvals: VisitApprovals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The reason; the visits of the school afterwards."""
    visit_id, now = int((await state.get_data())["visit"]), clock()
    one = await visit_approvals.may_cancel(visit_id, by=member, now=now)
    await visit_approvals.cancel(visit_id, message.text or "", by=member, now=now)
    await state.clear()
    last = (Button(texts.plain("visit_card.button-school"), press("vschool", one.school.id)), *back_to_menu(texts))
    await show(message, Screen(texts.html("visit_approval.cancelled", school=one.school.name), (last,)))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(show_queue, Go.filter(F.section == "visit-approvals"))
    router.callback_query.register(turn_queue, SchedulesPage.filter())
    router.callback_query.register(open_schedule, OpenSchedule.filter())
    router.callback_query.register(turn_schedule, SchedulePage.filter())
    router.callback_query.register(approve, ApproveSchedule.filter())
    router.callback_query.register(ask_comment, ReturnSchedule.filter())
    router.callback_query.register(ask_cancelling, CancelVisit.filter())
    router.message.register(typed_comment, Awaiting.visit_return, is_answer)
    router.message.register(typed_cancelling, Awaiting.visit_cancel, is_answer)
