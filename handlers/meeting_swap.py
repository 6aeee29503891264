"""«С кем поменяться» and its answers: two schools change their times at an interview."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.meeting_slot_look import OwnSlots
from actions.meeting_slots import MeetingSlots
from actions.meeting_swaps import MeetingSwaps
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting_slot import SeenSlot, SlotSheet, at_minute, minute_of
from domain.people import Member
from handlers.meeting_slots import times_screen
from handlers.paging import Row, on_page, paged
from handlers.picking import label
from handlers.presses.meeting_slot import AgreeSwap, AskSwap, KeepSlot, SlotsOfOthers, WithdrawSwap
from handlers.show import Screen, show
from texts import Texts

_ROOM = 26
"""Characters of a school's name beside its time."""


def swaps_screen(texts: Texts, found: OwnSlots, page: int) -> Screen:
    """The times of other schools; of a wish that is open, what was asked."""
    sheet, school = found.sheet, found.school.id
    one, wish = sheet.one.id, sheet.wish(school)
    others = [] if wish else sheet.others(school)
    rows: list[Row] = [
        (Button(_other(texts, sheet, seen), press("msask", one, school, minute_of(seen.starts_at))),) for seen in others
    ]
    if wish:
        rows = [(Button(texts.plain("meeting_slot.button-withdraw"), press("msback", one, school)),)]
    turned = paged(texts, rows, page, lambda other: press("msswap", one, school, other))
    back = (Button(texts.plain("meeting_slot.button-times"), press("msof", one, school, 0)),)
    listed = on_page(others, page)[0]
    text = texts.html("meeting_slot.swaps", found=found, sheet=sheet, wish=wish, listed=listed)
    return Screen(text, (*turned, back))


def _other(texts: Texts, sheet: SlotSheet, seen: SeenSlot) -> str:
    name = label(seen.school.name, _ROOM) if seen.school else ""
    return texts.plain("meeting_slot.button-other", seen=seen, name=name, zone=sheet.zone)


async def show_others(
    call: CallbackQuery,
    callback_data: SlotsOfOthers,
    member: Member,
    meeting_slots: MeetingSlots,
    clock: Clock,
    texts: Texts,
) -> None:
    """«С кем поменяться»."""
    found = await meeting_slots.look(callback_data.id, callback_data.school, by=member, now=clock())
    await show(call, swaps_screen(texts, found, callback_data.page))


async def ask(
    call: CallbackQuery,
    callback_data: AskSwap,
    member: Member,
    meeting_swaps: MeetingSwaps,
    clock: Clock,
    texts: Texts,
) -> None:
    """A time of another school pressed."""
    at, school = at_minute(callback_data.at), callback_data.school
    asked = await meeting_swaps.ask(callback_data.id, at, school, by=member, now=clock())
    name = "swapped" if asked.is_swapped else "asked"
    await show(call, times_screen(texts, asked.found), toast=texts.plain(f"meeting_slot.{name}-toast"))


async def withdraw(
    call: CallbackQuery,
    callback_data: WithdrawSwap,
    member: Member,
    meeting_swaps: MeetingSwaps,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Отозвать просьбу»."""
    found = await meeting_swaps.withdraw(callback_data.id, callback_data.school, by=member, now=clock())
    await show(call, times_screen(texts, found), toast=texts.plain("meeting_slot.withdrawn-toast"))


async def agree(
    call: CallbackQuery,
    callback_data: AgreeSwap,
    member: Member,
    meeting_swaps: MeetingSwaps,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Поменяться» of who was asked."""
    theirs, own = at_minute(callback_data.theirs), at_minute(callback_data.own)
    found = await meeting_swaps.agree(callback_data.id, theirs, own, by=member, now=clock())
    await show(call, times_screen(texts, found), toast=texts.plain("meeting_slot.swapped-toast"))


async def keep(
    call: CallbackQuery,
    callback_data: KeepSlot,
    member: Member,
    meeting_swaps: MeetingSwaps,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Не меняться»."""
    theirs, own = at_minute(callback_data.theirs), at_minute(callback_data.own)
    found = await meeting_swaps.keep(callback_data.id, theirs, own, by=member, now=clock())
    await show(call, times_screen(texts, found), toast=texts.plain("meeting_slot.kept-toast"))


def setup(router: Router) -> None:
    """Private screens of schools."""
    router.callback_query.register(show_others, SlotsOfOthers.filter())
    router.callback_query.register(ask, AskSwap.filter())
    router.callback_query.register(withdraw, WithdrawSwap.filter())
    router.callback_query.register(agree, AgreeSwap.filter())
    router.callback_query.register(keep, KeepSlot.filter())
