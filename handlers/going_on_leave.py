"""«Уйти в отпуск», question by question: since when, until when, who is there then; read back and confirmed."""

from datetime import date

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.leave import Candidate, Choice, FirstDay, LeavePlan, Leaves, LeaveSheet
from domain.button import Button, press
from domain.clock import Clock
from domain.leave import Period
from domain.people import Member
from domain.registry import called
from handlers.awaiting import Awaiting
from handlers.leave import back, sheet_screen, whose
from handlers.paging import Row, paged
from handlers.picking import label
from handlers.presses.leave import ArrangeLeave, GoOnLeave, LeaveDeputy, LeaveSince, LeaveUntil
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts


async def ask_since(
    call: CallbackQuery,
    callback_data: GoOnLeave,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Уйти в отпуск»: from which day, where somebody could stand in at all."""
    await state.clear()
    sheet = await leaves.look(callback_data.id or None, by=member, now=clock())
    if not sheet.replaceable or sheet.is_full:
        await show(call, _nobody_screen(texts, sheet) if not sheet.replaceable else sheet_screen(texts, sheet))
        return
    await state.set_state(Awaiting.leave_since)
    await state.set_data({"person": callback_data.id})
    offered = [(_since_button(texts, sheet, day),) for day in sheet.starts]
    await show(call, Screen(texts.html("leave.ask-since", sheet=sheet), (*offered, never_mind(texts))))


def _nobody_screen(texts: Texts, sheet: LeaveSheet) -> Screen:
    return Screen(texts.html("leave.nobody", sheet=sheet), (back(texts, sheet),))


def _since_button(texts: Texts, sheet: LeaveSheet, day: date) -> Button:
    caption = texts.plain("leave.button-since", day=day, ahead=(day - sheet.today).days)
    return Button(caption, press("awaysince", whose(sheet), _data(day)))


def _data(day: date) -> str:
    return f"{day:%Y%m%d}"


async def typed_since(
    message: Message, member: Member, leaves: Leaves, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The first day, typed."""
    person = int((await state.get_data())["person"])
    found = await leaves.first_day(person or None, message.text or "", by=member, now=clock())
    await _ask_until(message, found, texts, state)


async def ask_until(
    call: CallbackQuery,
    callback_data: LeaveSince,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The first day is chosen: up to which one."""
    since = date.fromisoformat(callback_data.since)
    found = await leaves.first_day(callback_data.id or None, since, by=member, now=clock())
    await _ask_until(call, found, texts, state)


async def _ask_until(event: Message | CallbackQuery, found: FirstDay, texts: Texts, state: FSMContext) -> None:
    await state.set_state(Awaiting.leave_until)
    await state.set_data({"person": whose(found.sheet), "since": _data(found.since)})
    offered = [(_until_button(texts, found, day),) for day in found.ends]
    text = texts.html("leave.ask-until", sheet=found.sheet, since=found.since)
    await show(event, Screen(text, (*offered, never_mind(texts))))


def _until_button(texts: Texts, found: FirstDay, day: date) -> Button:
    weeks = Period(found.since, day).days // 7
    caption = texts.plain("leave.button-until", weeks=weeks, day=day)
    return Button(caption, press("awayto", whose(found.sheet), _data(found.since), _data(day), 0))


async def typed_until(
    message: Message, member: Member, leaves: Leaves, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The last day, typed."""
    data = await state.get_data()
    since = date.fromisoformat(data["since"])
    found = await leaves.choose(int(data["person"]) or None, since, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, _choice_screen(texts, found, 0))


async def ask_deputy(
    call: CallbackQuery,
    callback_data: LeaveUntil,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Both days are chosen: who stands in."""
    since, until = date.fromisoformat(callback_data.since), date.fromisoformat(callback_data.until)
    found = await leaves.choose(callback_data.id or None, since, until, by=member, now=clock())
    await state.clear()
    await show(call, _choice_screen(texts, found, callback_data.page))


def _choice_screen(texts: Texts, found: Choice, page: int) -> Screen:
    if not found.candidates:
        return _nobody_screen(texts, found.sheet)
    person, since, until = whose(found.sheet), _data(found.days.since), _data(found.days.until)
    rows: list[Row] = [(_deputy_button(texts, found, one),) for one in found.candidates]
    shown = paged(texts, rows, page, lambda other: press("awayto", person, since, until, other))
    return Screen(texts.html("leave.ask-deputy", found=found), (*shown, never_mind(texts)))


def _deputy_button(texts: Texts, found: Choice, one: Candidate) -> Button:
    since, until = _data(found.days.since), _data(found.days.until)
    name = label(called(one.person.name, one.person.id))
    caption = texts.plain("leave.button-deputy", name=name, away=one.away is not None)
    return Button(caption, press("awayby", whose(found.sheet), since, until, one.person.id))


async def read_back(
    call: CallbackQuery,
    callback_data: LeaveDeputy,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The deputy is chosen: everything once more."""
    await state.clear()
    plan = await leaves.plan(*_asked(callback_data), by=member, now=clock())
    await show(call, _plan_screen(texts, plan))


def _asked(pressed: LeaveDeputy | ArrangeLeave) -> tuple[int | None, date, date, int]:
    since, until = date.fromisoformat(pressed.since), date.fromisoformat(pressed.until)
    return pressed.id or None, since, until, pressed.deputy


def _plan_screen(texts: Texts, plan: LeavePlan) -> Screen:
    person, since, until = whose(plan.sheet), _data(plan.days.since), _data(plan.days.until)
    confirm = press("awayok", person, since, until, plan.deputy.person.id)
    buttons = (
        (Button(texts.plain("leave.button-confirm"), confirm),),
        (Button(texts.plain("leave.button-other-deputy"), press("awayto", person, since, until, 0)),),
        never_mind(texts),
    )
    text = texts.html("leave.summary", plan=plan, today=plan.sheet.today, shown=8)
    return Screen(text, buttons)


async def arrange(
    call: CallbackQuery,
    callback_data: ArrangeLeave,
    member: Member,
    leaves: Leaves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Подтвердить»."""
    await state.clear()
    sheet = await leaves.arrange(*_asked(callback_data), by=member, now=clock())
    await show(call, sheet_screen(texts, sheet), toast=texts.plain("leave.arranged-toast"))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(ask_since, GoOnLeave.filter())
    router.callback_query.register(ask_until, LeaveSince.filter())
    router.callback_query.register(ask_deputy, LeaveUntil.filter())
    router.callback_query.register(read_back, LeaveDeputy.filter())
    router.callback_query.register(arrange, ArrangeLeave.filter())
    router.message.register(typed_since, Awaiting.leave_since, is_answer)
    router.message.register(typed_until, Awaiting.leave_until, is_answer)
