"""«Мои напоминания»: the hour, the weekdays, a pause."""

from datetime import date, timedelta

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.own_reminders import OwnReminders, ReminderSheet
from domain.button import Button, press
from domain.clock import Clock
from domain.own_reminders import DAYS, PAUSES
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.me import back_to_me
from handlers.presses.menu import Go
from handlers.presses.own_reminders import AskOwnHour, AskPause, EndPause, PauseUntil, SetOwnDay, SetOwnHour
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

_IN_ROW = 3


async def show_reminders(
    call: CallbackQuery, member: Member, own_reminders: OwnReminders, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Мои напоминания»."""
    await state.clear()
    await show(call, _sheet_screen(texts, await own_reminders.look(by=member, now=clock())))


def _sheet_screen(texts: Texts, sheet: ReminderSheet) -> Screen:
    hour = Button(texts.plain("own_reminders.button-hour"), press("myhours"))
    pause = Button(texts.plain("own_reminders.button-pause"), press("mypause"))
    wake = Button(texts.plain("own_reminders.button-wake"), press("mywake"))
    days = _in_rows([_day_button(texts, day, sheet.own.chosen) for day in DAYS])
    text = texts.html("own_reminders.sheet", sheet=sheet, days=_spoken(texts, sheet.own.chosen))
    return Screen(text, (*days, (hour, wake if sheet.resumes else pause), back_to_me(texts)))


def _day_button(texts: Texts, day: int, chosen: frozenset[int]) -> Button:
    heard = day in chosen
    caption = texts.plain("own_reminders.button-chosen", name=_weekday(texts, day), chosen=heard)
    return Button(caption, press("myday", day, int(not heard)))


def _weekday(texts: Texts, day: int) -> str:
    return texts.plain(f"own_reminders.weekday-{day}")


def _spoken(texts: Texts, chosen: frozenset[int]) -> list[tuple[str, str]]:
    """Runs of weekdays as their first and last: («пн», «пт»); a single day is both."""
    firsts = [day for day in sorted(chosen) if day - 1 not in chosen]
    lasts = [day for day in sorted(chosen) if day + 1 not in chosen]
    return [(_weekday(texts, first), _weekday(texts, last)) for first, last in zip(firsts, lasts, strict=True)]


def _in_rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + _IN_ROW]) for start in range(0, len(buttons), _IN_ROW)]


async def set_day(
    call: CallbackQuery,
    callback_data: SetOwnDay,
    member: Member,
    own_reminders: OwnReminders,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A weekday ticked or not."""
    await state.clear()
    day, heard = callback_data.day, callback_data.heard
    await show(call, _sheet_screen(texts, await own_reminders.set_day(day, heard=heard, by=member, now=clock())))


async def ask_hour(
    call: CallbackQuery, member: Member, own_reminders: OwnReminders, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Другой час»."""
    await state.clear()
    sheet = await own_reminders.look(by=member, now=clock())
    hours = _in_rows([_hour_button(texts, hour, sheet) for hour in sheet.offered])
    caption = texts.plain("own_reminders.button-common", common=sheet.common, chosen=sheet.own.hour is None)
    back = Button(texts.plain("own_reminders.button-back"), press("go", "reminders"))
    text = texts.html("own_reminders.ask-hour", sheet=sheet)
    await show(call, Screen(text, (*hours, (Button(caption, press("myhour", 0)),), (back,))))


def _hour_button(texts: Texts, hour: int, sheet: ReminderSheet) -> Button:
    caption = texts.plain("own_reminders.button-chosen", name=f"{hour:02}:00", chosen=hour == sheet.own.hour)
    return Button(caption, press("myhour", hour))


async def set_hour(
    call: CallbackQuery,
    callback_data: SetOwnHour,
    member: Member,
    own_reminders: OwnReminders,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """An hour, or the common one."""
    await state.clear()
    sheet = await own_reminders.set_hour(callback_data.hour or None, by=member, now=clock())
    await show(call, _sheet_screen(texts, sheet))


async def ask_pause(
    call: CallbackQuery, member: Member, own_reminders: OwnReminders, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Сделать паузу»: until when."""
    sheet = await own_reminders.look(by=member, now=clock())
    await state.set_state(Awaiting.pause_until)
    offered = tuple((_pause_button(texts, sheet, days),) for days in PAUSES)
    text = texts.html("own_reminders.ask-pause", coordinator=sheet.digest is not None)
    await show(call, Screen(text, (*offered, never_mind(texts))))


def _pause_button(texts: Texts, sheet: ReminderSheet, days: int) -> Button:
    until = sheet.today + timedelta(days=days)
    caption = texts.plain("own_reminders.button-pause-until", pause=days, until=until)
    return Button(caption, press("mypaused", f"{until:%Y%m%d}"))


async def pause_until(
    call: CallbackQuery,
    callback_data: PauseUntil,
    member: Member,
    own_reminders: OwnReminders,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A day of those offered."""
    sheet = await own_reminders.pause(date.fromisoformat(callback_data.until), by=member, now=clock())
    await state.clear()
    await show(call, _sheet_screen(texts, sheet))


async def typed_pause(
    message: Message, member: Member, own_reminders: OwnReminders, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A day, typed."""
    sheet = await own_reminders.pause(message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, _sheet_screen(texts, sheet))


async def wake(
    call: CallbackQuery, member: Member, own_reminders: OwnReminders, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Снять паузу»."""
    await state.clear()
    await show(call, _sheet_screen(texts, await own_reminders.wake(by=member, now=clock())))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_reminders, Go.filter(F.section == "reminders"))
    router.callback_query.register(set_day, SetOwnDay.filter())
    router.callback_query.register(ask_hour, AskOwnHour.filter())
    router.callback_query.register(set_hour, SetOwnHour.filter())
    router.callback_query.register(ask_pause, AskPause.filter())
    router.callback_query.register(pause_until, PauseUntil.filter())
    router.callback_query.register(wake, EndPause.filter())
    router.message.register(typed_pause, Awaiting.pause_until, is_answer)
