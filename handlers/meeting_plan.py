"""«Время для школ» of whoever leads an interview: its hours, the times by day, which school has which."""

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.meeting_giving import MeetingGiving
from actions.meeting_planning import MeetingPlanning
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting import MeetingState
from domain.meeting_slot import SLOT_BREAKS, SLOT_LENGTHS, SlotSheet, minute_of
from domain.people import Member
from domain.refusal import Refusal
from handlers.awaiting import Awaiting
from handlers.meeting_days import day_turns, page_with, parts_of, shown, time_rows
from handlers.meeting_screen import back_to_meeting
from handlers.paging import Row
from handlers.presses.meeting_slot import (
    MoreHours,
    NoSlots,
    PlannedPage,
    PlanSlots,
    RemindToChoose,
    SlotBreak,
    SlotLength,
)
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

OPEN = (MeetingState.DRAFT, MeetingState.CALLED)
"""While times may be changed."""


def plan_screen(texts: Texts, sheet: SlotSheet, page: int = 0, at: datetime | None = None) -> Screen:
    """A day of the times, that of ``at`` where it is named; of an ordinary meeting, how long a school is to take."""
    one, zone = sheet.one.id, sheet.zone
    if not sheet.one.is_by_slots:
        return _length_screen(texts, sheet)
    parts = parts_of(sheet.slots, zone)
    part, number = shown(parts, page if at is None else page_with(parts, at, zone))
    text = texts.html("meeting_slot.plan", sheet=sheet, part=part, page=number, pages=len(parts))
    is_open = sheet.one.state in OPEN
    times = (
        time_rows(texts, part, zone, lambda seen: press("mpat", one, minute_of(seen.starts_at)))
        if part and is_open
        else ()
    )
    turns = day_turns(texts, parts, number, lambda other: press("mpday", one, other))
    rows = (*times, turns, *(_changing(texts, sheet) if is_open else ()), back_to_meeting(texts, one))
    return Screen(text, tuple(row for row in rows if row))


def _changing(texts: Texts, sheet: SlotSheet) -> tuple[Row, Row]:
    """Further hours; whoever has no time, or an ordinary meeting again."""
    one = sheet.one.id
    more = Button(texts.plain("meeting_slot.button-more"), press("mpmore", one))
    if sheet.one.state is MeetingState.DRAFT:
        return (more,), (Button(texts.plain("meeting_slot.button-plain"), press("mpnone", one)),)
    if not sheet.without:
        return (more,), ()
    count = texts.plain("meeting_slot.button-without", count=len(sheet.without))
    remind = Button(texts.plain("meeting_slot.button-remind"), press("mpask", one))
    return (more, Button(count, press("mpnot", one, 0))), (remind,)


def _length_screen(texts: Texts, sheet: SlotSheet) -> Screen:
    one = sheet.one.id
    if sheet.one.state not in OPEN:
        raise Refusal("meeting.over")
    buttons = [
        Button(texts.plain("meeting_slot.button-minutes", minutes=minutes), press("mplen", one, minutes))
        for minutes in SLOT_LENGTHS
    ]
    text = texts.html("meeting_slot.ask-length", sheet=sheet)
    return Screen(text, (tuple(buttons[:3]), tuple(buttons[3:]), back_to_meeting(texts, one)))


async def show_plan(
    call: CallbackQuery,
    callback_data: PlanSlots,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Время для школ»."""
    sheet = await meeting_planning.look(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, plan_screen(texts, sheet))


async def turn(
    call: CallbackQuery,
    callback_data: PlannedPage,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Another day."""
    sheet = await meeting_planning.look(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, plan_screen(texts, sheet, callback_data.page))


async def ask_break(
    call: CallbackQuery,
    callback_data: SlotLength,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
) -> None:
    """So many minutes for a school: what between two."""
    one, minutes = callback_data.id, callback_data.minutes
    sheet = await meeting_planning.look(one, by=member, now=clock())
    if sheet.one.is_by_slots or minutes not in SLOT_LENGTHS:
        await show(call, plan_screen(texts, sheet))
        return
    row = tuple(
        Button(texts.plain("meeting_slot.button-break", pause=pause), press("mpgap", one, minutes, pause))
        for pause in SLOT_BREAKS
    )
    text = texts.html("meeting_slot.ask-break", minutes=minutes)
    await show(call, Screen(text, (row, back_to_meeting(texts, one))))


async def ask_hours(
    call: CallbackQuery,
    callback_data: SlotBreak,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """So many minutes between two: in which hours."""
    sheet = await meeting_planning.look(callback_data.id, by=member, now=clock())
    await _ask_hours(call, sheet, callback_data.minutes, callback_data.pause, texts, state)


async def ask_more(
    call: CallbackQuery,
    callback_data: MoreHours,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Ещё часы»: cut as those before."""
    sheet = await meeting_planning.look(callback_data.id, by=member, now=clock())
    if sheet.one.slot_minutes is None:
        await show(call, plan_screen(texts, sheet))
        return
    await _ask_hours(call, sheet, sheet.one.slot_minutes, sheet.one.slot_break, texts, state)


async def _ask_hours(
    call: CallbackQuery, sheet: SlotSheet, minutes: int, pause: int, texts: Texts, state: FSMContext
) -> None:
    if sheet.one.state not in OPEN:
        raise Refusal("meeting.over")
    await state.set_state(Awaiting.slot_hours)
    await state.set_data({"meeting": sheet.one.id, "minutes": minutes, "pause": pause})
    text = texts.html("meeting_slot.ask-hours", sheet=sheet, minutes=minutes, pause=pause)
    await show(call, Screen(text, (never_mind(texts),)))


async def typed_hours(
    message: Message,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The days and hours: the times are there."""
    data = await state.get_data()
    sheet = await meeting_planning.plan(
        int(data["meeting"]), message.text or "", int(data["minutes"]), int(data["pause"]), by=member, now=clock()
    )
    await state.clear()
    await show(message, plan_screen(texts, sheet))


async def make_plain(
    call: CallbackQuery,
    callback_data: NoSlots,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Убрать время для школ»."""
    sheet = await meeting_planning.unplan(callback_data.id, by=member, now=clock())
    await show(call, plan_screen(texts, sheet), toast=texts.plain("meeting_slot.plain-toast"))


async def remind(
    call: CallbackQuery,
    callback_data: RemindToChoose,
    member: Member,
    meeting_giving: MeetingGiving,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Напомнить тем, кто не выбрал»."""
    sheet, count = await meeting_giving.remind(callback_data.id, by=member, now=clock())
    await show(call, plan_screen(texts, sheet), toast=texts.plain("meeting_slot.reminded-toast", count=count))


def setup(router: Router) -> None:
    """Private screens of whoever holds meetings."""
    router.callback_query.register(show_plan, PlanSlots.filter())
    router.callback_query.register(turn, PlannedPage.filter())
    router.callback_query.register(ask_break, SlotLength.filter())
    router.callback_query.register(ask_hours, SlotBreak.filter())
    router.callback_query.register(ask_more, MoreHours.filter())
    router.callback_query.register(make_plain, NoSlots.filter())
    router.callback_query.register(remind, RemindToChoose.filter())
    router.message.register(typed_hours, Awaiting.slot_hours, is_answer)
