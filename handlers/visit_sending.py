"""The curator sends the schedule and takes it back; a proposal is dropped; a visit did not take place."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.visit_plan import VisitPlans
from actions.visit_schedule import Schedule
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.refusal import Refusal
from domain.visit import WHY_LIMIT, Standing
from handlers.awaiting import Awaiting
from handlers.presses.visit import DropVisit, MissVisit, MissWhy, SendVisits, WithdrawVisits
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.visit import SHOWN, show_schedule
from handlers.visit_plan import ask_day, why_rows
from handlers.where import is_answer
from texts import Texts


async def ask_sending(
    call: CallbackQuery, member: Member, visit_plans: VisitPlans, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отправить график»: what goes, and what speaks against it."""
    await state.clear()
    found = await visit_plans.schedule(by=member, now=clock())
    if not found.to_send:
        raise Refusal("visit.nothing-to-send")
    await show(call, sending_screen(texts, found))


def sending_screen(texts: Texts, found: Schedule) -> Screen:
    """Read back before it is sent."""
    clashing = sum(bool(one.clashes) for one in found.to_send)
    sure = (Button(texts.plain("visit_plan.button-send-sure"), press("vsend", 1)),)
    back = (Button(texts.plain("visit_plan.button-mine"), press("go", "visits")),)
    return Screen(texts.html("visit_plan.ask-sending", found=found, clashing=clashing, shown=SHOWN), (sure, back))


async def send(
    call: CallbackQuery, member: Member, visit_plans: VisitPlans, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отправить»."""
    await state.clear()
    count = await visit_plans.send(by=member, now=clock())
    toast = texts.plain("visit_plan.sent-toast", count=count)
    await show_schedule(call, member, visit_plans, clock, texts, toast=toast)


async def withdraw(
    call: CallbackQuery, member: Member, visit_plans: VisitPlans, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отозвать»."""
    await state.clear()
    count = await visit_plans.withdraw(by=member, now=clock())
    toast = texts.plain("visit_plan.withdrawn-toast", count=count)
    await show_schedule(call, member, visit_plans, clock, texts, toast=toast)


async def drop(
    call: CallbackQuery,
    callback_data: DropVisit,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Убрать», «Не переносить»."""
    await state.clear()
    await visit_plans.drop(callback_data.id, by=member, now=clock())
    await show_schedule(call, member, visit_plans, clock, texts, toast=texts.plain("visit_plan.dropped-toast"))


async def ask_missed(
    call: CallbackQuery,
    callback_data: MissVisit,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Не состоялся»: why; of one of which that was said, the day."""
    one = await visit_plans.may_miss(callback_data.id, by=member, now=clock())
    if one.standing is Standing.MISSED:
        found = await visit_plans.offers(one.school.id, one.id, by=member, now=clock())
        await ask_day(call, found, texts, state)
        return
    await state.set_state(Awaiting.visit_missed)
    await state.set_data({"visit": one.id})
    rows = why_rows(texts, lambda why: press("vmisswhy", one.id, why))
    text = texts.html("visit_plan.ask-missed", one=one, limit=WHY_LIMIT)
    await show(call, Screen(text, (*rows, never_mind(texts))))


async def press_missed(
    call: CallbackQuery,
    callback_data: MissWhy,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A usual reason."""
    why = texts.plain(f"visit_plan.why-{callback_data.why}")
    await _missed(call, callback_data.id, why, member, visit_plans, clock, texts, state)


async def typed_missed(
    message: Message, member: Member, visit_plans: VisitPlans, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The reason, typed."""
    visit_id = int((await state.get_data())["visit"])
    await _missed(message, visit_id, message.text or "", member, visit_plans, clock, texts, state)


async def _missed(
    event: Message | CallbackQuery,
    visit_id: int,
    why: str,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """It is written down; at once another day is asked for."""
    one = await visit_plans.miss(visit_id, why, by=member, now=clock())
    found = await visit_plans.offers(one.school.id, one.id, by=member, now=clock())
    await ask_day(event, found, texts, state, toast=texts.plain("visit_plan.missed-toast"))


def setup(router: Router) -> None:
    """Private screens of curators."""
    router.callback_query.register(send, SendVisits.filter(F.sure))
    router.callback_query.register(ask_sending, SendVisits.filter())
    router.callback_query.register(withdraw, WithdrawVisits.filter())
    router.callback_query.register(drop, DropVisit.filter())
    router.callback_query.register(ask_missed, MissVisit.filter())
    router.callback_query.register(press_missed, MissWhy.filter())
    router.message.register(typed_missed, Awaiting.visit_missed, is_answer)
