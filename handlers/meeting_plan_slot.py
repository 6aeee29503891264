"""One time of an interview for whoever leads it: giving it to a school, moving the school, freeing and removing it."""

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.meeting_giving import MeetingGiving
from actions.meeting_planning import MeetingPlanning
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting_slot import SeenSlot, SlotSheet, at_minute, minute_of
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School
from handlers.awaiting import Awaiting
from handlers.meeting_days import day_turns, page_with, parts_of, shown, time_rows
from handlers.meeting_plan import OPEN, plan_screen
from handlers.paging import Row, on_page, paged
from handlers.picking import label
from handlers.presses.meeting_slot import (
    DropPlanned,
    GivePage,
    GiveSlot,
    MovePage,
    OpenPlanned,
    VacatePlanned,
    WithoutSlot,
)
from handlers.show import Screen, show
from handlers.where import is_answer
from texts import Texts


def _back(texts: Texts, sheet: SlotSheet, at: datetime | None = None) -> Row:
    page = page_with(parts_of(sheet.slots, sheet.zone), at, sheet.zone)
    return (Button(texts.plain("meeting_slot.button-plan"), press("mpday", sheet.one.id, page)),)


def planned_screen(texts: Texts, sheet: SlotSheet, seen: SeenSlot) -> Screen:
    """What may become of one time."""
    one, at = sheet.one.id, minute_of(seen.starts_at)
    give = Button(texts.plain("meeting_slot.button-give"), press("mpwho", one, at, 0))
    drop = Button(texts.plain("meeting_slot.button-drop", seen=seen), press("mpdrop", one, at, 0))
    rows: tuple[Row, ...] = ((drop,),)
    if seen.school is not None:
        move = Button(texts.plain("meeting_slot.button-move"), press("mpmove", one, seen.school.id, 0))
        vacate = Button(texts.plain("meeting_slot.button-vacate"), press("mpvac", one, at))
        rows = ((move, vacate), (drop,))
    elif sheet.one.is_ahead and not seen.has_begun(sheet.now):
        rows = ((give,), (drop,))
    text = texts.html("meeting_slot.planned", sheet=sheet, seen=seen)
    return Screen(text, (*rows, _back(texts, sheet, seen.starts_at)))


async def open_planned(
    call: CallbackQuery,
    callback_data: OpenPlanned,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One time; where it is not there any more, the times as they are."""
    sheet = await meeting_planning.look(callback_data.id, by=member, now=clock())
    await state.clear()
    seen = sheet.at(at_minute(callback_data.at))
    is_there = seen is not None and sheet.one.state in OPEN
    await show(call, planned_screen(texts, sheet, seen) if seen and is_there else plan_screen(texts, sheet))


async def drop(
    call: CallbackQuery,
    callback_data: DropPlanned,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Удалить это время»; asked first where a school has it."""
    one, at, now = callback_data.id, at_minute(callback_data.at), clock()
    sheet = await meeting_planning.look(one, by=member, now=now)
    seen = sheet.at(at)
    if seen is not None and seen.school is not None and not callback_data.sure:
        await show(call, _drop_screen(texts, sheet, seen))
        return
    sheet = await meeting_planning.drop(one, at, sure=callback_data.sure, by=member, now=now)
    await show(call, plan_screen(texts, sheet, at=at), toast=texts.plain("meeting_slot.dropped-toast"))


def _drop_screen(texts: Texts, sheet: SlotSheet, seen: SeenSlot) -> Screen:
    data = press("mpdrop", sheet.one.id, minute_of(seen.starts_at), 1)
    sure = (Button(texts.plain("meeting_slot.button-drop-sure"), data),)
    text = texts.html("meeting_slot.ask-drop", sheet=sheet, seen=seen)
    return Screen(text, (sure, _back(texts, sheet, seen.starts_at)))


async def vacate(
    call: CallbackQuery,
    callback_data: VacatePlanned,
    member: Member,
    meeting_giving: MeetingGiving,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Освободить»."""
    at = at_minute(callback_data.at)
    sheet = await meeting_giving.vacate(callback_data.id, at, by=member, now=clock())
    await show(call, plan_screen(texts, sheet, at=at), toast=texts.plain("meeting_slot.vacated-toast"))


# --- Which school -----------------------------------------------------------------------------------------------------


async def ask_school(
    call: CallbackQuery,
    callback_data: GivePage,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Отдать школе»: those that have no time."""
    one, at = callback_data.id, at_minute(callback_data.at)
    sheet = await meeting_planning.look(one, by=member, now=clock())
    seen = sheet.at(at)
    if seen is None:
        raise Refusal("meeting_slot.gone")
    rows = [(Button(label(each.name), press("mpgive", one, callback_data.at, each.id)),) for each in sheet.without]
    turned = paged(texts, rows, callback_data.page, lambda other: press("mpwho", one, callback_data.at, other))
    text = texts.html("meeting_slot.ask-give", sheet=sheet, seen=seen, listed=sheet.without)
    await show(call, Screen(text, (*turned, _back(texts, sheet, at))))


async def show_without(
    call: CallbackQuery,
    callback_data: WithoutSlot,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Без времени»."""
    one, page = callback_data.id, callback_data.page
    sheet = await meeting_planning.look(one, by=member, now=clock())
    rows = [(Button(label(each.name), press("mpmove", one, each.id, 0)),) for each in sheet.without]
    turned = paged(texts, rows, page, lambda other: press("mpnot", one, other))
    listed, number, pages = on_page(sheet.without, page)
    text = texts.html("meeting_slot.without", listed=listed, page=number, pages=pages, total=len(rows))
    await show(call, Screen(text, (*turned, _back(texts, sheet))))


async def ask_time(
    call: CallbackQuery,
    callback_data: MovePage,
    member: Member,
    meeting_planning: MeetingPlanning,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Перенести», or a school that has no time: the free ones; where it has one, another may be typed."""
    sheet = await meeting_planning.look(callback_data.id, by=member, now=clock())
    school = sheet.school(callback_data.school)
    if school is None:
        raise Refusal("meeting_slot.no-school")
    own = sheet.of(school.id)
    await state.clear()
    if own is not None:
        await state.set_state(Awaiting.slot_time)
        await state.set_data({"meeting": sheet.one.id, "school": school.id})
    await show(call, _time_screen(texts, sheet, school, own, callback_data.page))


def _time_screen(texts: Texts, sheet: SlotSheet, school: School, own: SeenSlot | None, page: int) -> Screen:
    one, zone, parts = sheet.one.id, sheet.zone, parts_of(sheet.free, sheet.zone)
    part, number = shown(parts, page)
    times = (
        time_rows(texts, part, zone, lambda seen: press("mpgive", one, minute_of(seen.starts_at), school.id))
        if part
        else ()
    )
    turns = day_turns(texts, parts, number, lambda other: press("mpmove", one, school.id, other))
    text = texts.html("meeting_slot.ask-move", sheet=sheet, school=school, own=own, part=part)
    back = _back(texts, sheet, own.starts_at if own else None)
    return Screen(text, tuple(row for row in (*times, turns, back) if row))


async def give(
    call: CallbackQuery,
    callback_data: GiveSlot,
    member: Member,
    meeting_giving: MeetingGiving,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """That time to that school."""
    at = at_minute(callback_data.at)
    sheet = await meeting_giving.give(callback_data.id, at, callback_data.school, by=member, now=clock())
    await state.clear()
    await show(call, plan_screen(texts, sheet, at=at), toast=texts.plain("meeting_slot.given-toast"))


async def typed_time(
    message: Message, member: Member, meeting_giving: MeetingGiving, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """Another time for the school, typed."""
    data = await state.get_data()
    one, school = int(data["meeting"]), int(data["school"])
    sheet = await meeting_giving.move(one, school, message.text or "", by=member, now=clock())
    await state.clear()
    own = sheet.of(school)
    done, screen = texts.html("meeting_slot.given-toast"), plan_screen(texts, sheet, at=own.starts_at if own else None)
    await show(message, Screen(f"{done}\n\n{screen.text}", screen.buttons))


def setup(router: Router) -> None:
    """Private screens of whoever holds meetings."""
    router.callback_query.register(open_planned, OpenPlanned.filter())
    router.callback_query.register(drop, DropPlanned.filter())
    router.callback_query.register(vacate, VacatePlanned.filter())
    router.callback_query.register(ask_school, GivePage.filter())
    router.callback_query.register(show_without, WithoutSlot.filter())
    router.callback_query.register(ask_time, MovePage.filter())
    router.callback_query.register(give, GiveSlot.filter())
    router.message.register(typed_time, Awaiting.slot_time, is_answer)
