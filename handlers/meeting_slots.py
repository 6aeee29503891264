"""«Выбрать время» of a school's team: the free times by day, taking one, giving it up."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.meeting_slot_look import OwnSlots
from actions.meeting_slot_telling import swap_buttons
from actions.meeting_slots import MeetingSlots
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting_slot import at_minute, minute_of
from domain.people import Member
from handlers.meeting_days import day_turns, page_with, parts_of, shown, time_rows
from handlers.paging import Row
from handlers.picking import label
from handlers.presses.meeting_slot import FreeSlot, OpenSlots, SlotsOfSchool, TakeSlot
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

_MOST = 7
"""Schools of whose teams somebody is: more than anybody has."""


def times_screen(texts: Texts, found: OwnSlots, page: int | None = None) -> Screen:
    """The school's own time, who asks to change, and a day of what is free: that of its own time unless told."""
    sheet, school = found.sheet, found.school.id
    one, zone, own = sheet.one.id, sheet.zone, found.own
    parts = parts_of(sheet.free if found.may_change else (), zone)
    part, number = shown(parts, page_with(parts, own.starts_at if own else None, zone) if page is None else page)
    wish, wishes = sheet.wish(school), sheet.wishes_of(school)
    text = texts.html(
        "meeting_slot.times",
        found=found,
        sheet=sheet,
        wish=wish,
        wishes=wishes,
        part=part,
        page=number,
        pages=len(parts),
    )
    times = (
        time_rows(texts, part, zone, lambda seen: press("mstake", one, school, minute_of(seen.starts_at)))
        if part
        else ()
    )
    turns = day_turns(texts, parts, number, lambda other: press("msof", one, school, other))
    rows = (*times, turns, _answering(texts, found), _own(texts, found), (*_back(texts, one), *back_to_menu(texts)))
    return Screen(text, tuple(row for row in rows if row))


def _answering(texts: Texts, found: OwnSlots) -> Row:
    """To the first of the schools that ask to change."""
    own, wishes = found.own, found.sheet.wishes_of(found.school.id)
    return swap_buttons(texts, found.sheet.one.id, wishes[0], own) if own and wishes else ()


def _own(texts: Texts, found: OwnSlots) -> Row:
    """What may become of the school's own time."""
    if found.own is None or not found.may_change:
        return ()
    one, school = found.sheet.one.id, found.school.id
    free = Button(texts.plain("meeting_slot.button-free"), press("msfree", one, school))
    if found.sheet.wish(school):
        return (Button(texts.plain("meeting_slot.button-withdraw"), press("msback", one, school)), free)
    swap = Button(texts.plain("meeting_slot.button-swap"), press("msswap", one, school, 0))
    return (swap, free) if found.sheet.others(school) else (free,)


def _back(texts: Texts, meeting_id: int) -> Row:
    return (Button(texts.plain("meeting.button-back"), press("mtone", meeting_id)),)


async def open_slots(
    call: CallbackQuery,
    callback_data: OpenSlots,
    member: Member,
    meeting_slots: MeetingSlots,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Выбрать время»: whoever is of two teams is asked for which."""
    now = clock()
    one, mine = await meeting_slots.schools(callback_data.id, by=member, now=now)
    if len(mine) == 1:
        await show(call, times_screen(texts, await meeting_slots.look(one.id, mine[0].id, by=member, now=now)))
        return
    rows = tuple((Button(label(school.name), press("msof", one.id, school.id, 0)),) for school in mine[:_MOST])
    await show(call, Screen(texts.html("meeting_slot.ask-school", one=one), (*rows, _back(texts, one.id))))


async def turn(
    call: CallbackQuery,
    callback_data: SlotsOfSchool,
    member: Member,
    meeting_slots: MeetingSlots,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another day, or the times for the school that was chosen."""
    found = await meeting_slots.look(callback_data.id, callback_data.school, by=member, now=clock())
    await show(call, times_screen(texts, found, callback_data.page))


async def take(
    call: CallbackQuery,
    callback_data: TakeSlot,
    member: Member,
    meeting_slots: MeetingSlots,
    clock: Clock,
    texts: Texts,
) -> None:
    """A time pressed: the school's now, or somebody was quicker and the list is a fresh one."""
    at, school = at_minute(callback_data.at), callback_data.school
    taken = await meeting_slots.take(callback_data.id, at, school, by=member, now=clock())
    sheet = taken.found.sheet
    parts = parts_of(sheet.free, sheet.zone)
    name = "taken" if taken.is_own else "lost"
    toast = texts.plain(f"meeting_slot.{name}-toast", taken=taken)
    await show(call, times_screen(texts, taken.found, page_with(parts, at, sheet.zone)), toast=toast)


async def free(
    call: CallbackQuery,
    callback_data: FreeSlot,
    member: Member,
    meeting_slots: MeetingSlots,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Освободить»."""
    found = await meeting_slots.free(callback_data.id, callback_data.school, by=member, now=clock())
    await show(call, times_screen(texts, found), toast=texts.plain("meeting_slot.freed-toast"))


def setup(router: Router) -> None:
    """Private screens of schools."""
    router.callback_query.register(open_slots, OpenSlots.filter())
    router.callback_query.register(turn, SlotsOfSchool.filter())
    router.callback_query.register(take, TakeSlot.filter())
    router.callback_query.register(free, FreeSlot.filter())
