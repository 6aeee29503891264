"""«Отпуск»: when a person is away and who is there for them; their own, and for the coordinator anybody's."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.leave import Away, Leaves, LeaveSheet
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.me import back_to_me
from handlers.person import back_to_card
from handlers.presses.leave import EndLeave, LeaveIsOver, LeaveOf
from handlers.presses.menu import Go
from handlers.show import Screen, show
from texts import Texts


async def show_own(
    call: CallbackQuery, member: Member, leaves: Leaves, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отпуск» of whoever presses."""
    await state.clear()
    await show(call, sheet_screen(texts, await leaves.look(None, by=member, now=clock())))


async def show_leaves(
    call: CallbackQuery,
    callback_data: LeaveOf,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The same of any person."""
    await state.clear()
    await show(call, sheet_screen(texts, await leaves.look(callback_data.id or None, by=member, now=clock())))


def sheet_screen(texts: Texts, sheet: LeaveSheet) -> Screen:
    """The leaves, for whom the person stands in, and what can be done about it."""
    go = (Button(texts.plain("leave.button-go", own=sheet.own), press("awayfrom", whose(sheet))),)
    rows = [
        () if sheet.is_full else go,
        *((_end_button(texts, sheet, one),) for one in sheet.leaves),
        back(texts, sheet),
    ]
    return Screen(texts.html("leave.sheet", sheet=sheet, shown=10), tuple(row for row in rows if row))


def _end_button(texts: Texts, sheet: LeaveSheet, one: Away) -> Button:
    if one.leave.covers(sheet.today):
        return Button(texts.plain("leave.button-end", own=sheet.own), press("awayend", one.leave.id))
    return Button(texts.plain("leave.button-cancel", since=one.leave.since), press("awayend", one.leave.id))


def back(texts: Texts, sheet: LeaveSheet) -> tuple[Button, ...]:
    """The last row: to «Обо мне», or to the card of somebody else."""
    return back_to_me(texts) if sheet.own else back_to_card(texts, sheet.person_id)


def whose(sheet: LeaveSheet) -> int:
    """As the callback data have it: 0 for one's own."""
    return 0 if sheet.own else sheet.person_id


async def ask_end(
    call: CallbackQuery,
    callback_data: EndLeave,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Вернуться раньше» and «Отменить отпуск»; a leave that is over shows how it stands."""
    await state.clear()
    sheet, leave = await leaves.leave(callback_data.id, by=member, now=clock())
    await show(call, sheet_screen(texts, sheet) if leave is None else _end_screen(texts, sheet, leave))


def _end_screen(texts: Texts, sheet: LeaveSheet, one: Away) -> Screen:
    begun = one.leave.covers(sheet.today)
    end = (Button(texts.plain("leave.button-over", own=sheet.own, begun=begun), press("awayover", one.leave.id)),)
    keep = (Button(texts.plain("leave.button-back"), press("away", whose(sheet))),)
    text = texts.html("leave.ask-end", sheet=sheet, one=one, today=sheet.today)
    return Screen(text, (end, keep))


async def end(
    call: CallbackQuery,
    callback_data: LeaveIsOver,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The same, confirmed."""
    await state.clear()
    sheet = await leaves.end(callback_data.id, by=member, now=clock())
    await show(call, sheet_screen(texts, sheet), toast=texts.plain("leave.over-toast"))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_own, Go.filter(F.section == "away"))
    router.callback_query.register(show_leaves, LeaveOf.filter())
    router.callback_query.register(ask_end, EndLeave.filter())
    router.callback_query.register(end, LeaveIsOver.filter())
