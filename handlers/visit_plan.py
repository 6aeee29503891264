"""The curator chooses a day: by a button or typed, of a new visit or another day of one; why; and what the school asks
for."""

from collections.abc import Callable
from datetime import date

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.visit_hosting import VisitHosting
from actions.visit_plan import VisitPlans
from actions.visit_schedule import Considered, Offer, Offers
from actions.visit_sight import SeenVisit
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.visit import WHY_LIMIT, Clash
from handlers.awaiting import Awaiting
from handlers.presses.visit import (
    AgreeToWish,
    ChooseVisitDay,
    DeclineWish,
    MoveVisit,
    MoveWhy,
    PlanVisit,
    VisitDays,
    Why,
)
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.visit_card import show_visit
from handlers.where import is_answer
from texts import Texts


def day_data(day: date) -> str:
    """A day as buttons carry it."""
    return f"{day:%Y%m%d}"


async def plan(
    call: CallbackQuery,
    callback_data: PlanVisit,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Предложить день»."""
    found = await visit_plans.offers(callback_data.id, by=member, now=clock())
    await ask_day(call, found, texts, state)


async def move(
    call: CallbackQuery,
    callback_data: MoveVisit,
    member: Member,
    visit_plans: VisitPlans,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Другой день» of a visit."""
    card = await visit_hosting.card(callback_data.id, by=member, now=clock())
    found = await visit_plans.offers(card.one.school.id, callback_data.id, by=member, now=clock())
    await ask_day(call, found, texts, state)


async def later(
    call: CallbackQuery,
    callback_data: VisitDays,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Позже ›»."""
    start = date.fromisoformat(callback_data.start)
    found = await visit_plans.offers(callback_data.school, callback_data.visit, start, by=member, now=clock())
    await ask_day(call, found, texts, state)


async def ask_day(
    event: Message | CallbackQuery,
    found: Offers,
    texts: Texts,
    state: FSMContext,
    *,
    toast: str | None = None,
) -> None:
    """Days by buttons, or typed."""
    school, visit = found.school.id, found.visit.id if found.visit else 0
    await state.set_state(Awaiting.visit_day)
    await state.set_data({"school": school, "visit": visit})
    everywhere, days = _common(found.days)
    rows = day_rows(texts, days, lambda day: press("vday", school, visit, day_data(day)))
    more = (Button(texts.plain("visit_plan.button-later"), press("vdays", school, visit, day_data(found.after))),)
    text = texts.html("visit_plan.ask-day", found=found, days=days, everywhere=everywhere)
    await show(event, Screen(text, (*rows, more, never_mind(texts))), toast=toast)


def _common(days: tuple[Offer, ...]) -> tuple[list[Clash], tuple[Offer, ...]]:
    """What speaks against all of the days is said once; then the days with what speaks against each alone."""
    everywhere = [one for one in days[0].clashes if all(one in day.clashes for day in days)]
    alone = (Offer(day.day, tuple(one for one in day.clashes if one not in everywhere)) for day in days)
    return everywhere, tuple(alone)


def day_rows(texts: Texts, days: tuple[Offer, ...], data: Callable[[date], str]) -> Keyboard:
    """Two days in a row, marked where something speaks against one."""
    buttons = [
        Button(texts.plain("visit_plan.button-day", day=one.day, clashes=one.clashes), data(one.day)) for one in days
    ]
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))


async def choose(
    call: CallbackQuery,
    callback_data: ChooseVisitDay,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A day pressed."""
    day = date.fromisoformat(callback_data.day)
    found = await visit_plans.consider(callback_data.school, callback_data.visit, day, by=member, now=clock())
    await _take(call, found, member, visit_plans, clock, texts, state)


async def typed_day(
    message: Message, member: Member, visit_plans: VisitPlans, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A day typed; a day off too, if somebody wants it."""
    data, now = await state.get_data(), clock()
    day = visit_plans.read(message.text or "", now)
    found = await visit_plans.consider(int(data["school"]), int(data["visit"]), day, by=member, now=now)
    await _take(message, found, member, visit_plans, clock, texts, state)


async def _take(
    event: Message | CallbackQuery,
    found: Considered,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Of an approved visit the reason is asked for; everything else is done at once."""
    if found.visit is not None and found.asks_why:
        await _ask_why(event, found, found.visit, texts, state)
        return
    if found.visit is None:
        one = await visit_plans.propose(found.school.id, found.day, by=member, now=clock())
    else:
        one = await visit_plans.change(found.visit.id, found.day, by=member, now=clock())
    await state.clear()
    await show(event, chosen_screen(texts, one))


async def _ask_why(
    event: Message | CallbackQuery, found: Considered, one: SeenVisit, texts: Texts, state: FSMContext
) -> None:
    day = day_data(found.day)
    await state.set_state(Awaiting.visit_why)
    await state.set_data({"visit": one.id, "day": day})
    text = texts.html("visit_plan.ask-why", one=one, day=found.day, clashes=found.clashes, limit=WHY_LIMIT)
    other = (Button(texts.plain("visit_plan.button-other-day"), press("vmove", one.id)),)
    rows = why_rows(texts, lambda why: press("vwhy", one.id, day, why))
    await show(event, Screen(text, (*rows, other, never_mind(texts))))


def why_rows(texts: Texts, data: Callable[[Why], str]) -> Keyboard:
    """The usual reasons."""
    first, *others = [Button(texts.plain(f"visit_plan.button-why-{one}"), data(one)) for one in Why]
    return ((first,), tuple(others))


def chosen_screen(texts: Texts, one: SeenVisit) -> Screen:
    """What was asked for, and what speaks against it."""
    asked = one.visit.proposal
    name = "asked" if one.visit.waits else "chosen"
    text = texts.html(f"visit_plan.{name}", one=one, day=asked.day if asked else one.visit.when)
    other = (Button(texts.plain("visit_plan.button-other-day"), press("vmove", one.id)),)
    school = (Button(texts.plain("visit_card.button-school"), press("vschool", one.school.id)),)
    rows = (school,) if one.visit.waits else (other, school)
    return Screen(text, (*rows, (Button(texts.plain("visit_plan.button-mine"), press("go", "visits")),)))


async def press_why(
    call: CallbackQuery,
    callback_data: MoveWhy,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A usual reason of another day."""
    day, why = date.fromisoformat(callback_data.day), texts.plain(f"visit_plan.why-{callback_data.why}")
    one = await visit_plans.change(callback_data.id, day, why, by=member, now=clock())
    await state.clear()
    await show(call, chosen_screen(texts, one))


async def typed_why(
    message: Message, member: Member, visit_plans: VisitPlans, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The reason, typed."""
    data = await state.get_data()
    day = date.fromisoformat(data["day"])
    one = await visit_plans.change(int(data["visit"]), day, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, chosen_screen(texts, one))


async def agree(
    call: CallbackQuery,
    callback_data: AgreeToWish,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Перенести»: the day that the school asks for."""
    await state.clear()
    await show(call, chosen_screen(texts, await visit_plans.agree(callback_data.id, by=member, now=clock())))


async def decline(
    call: CallbackQuery,
    callback_data: DeclineWish,
    member: Member,
    visit_plans: VisitPlans,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Оставить как есть»."""
    await state.clear()
    await visit_plans.decline(callback_data.id, by=member, now=clock())
    toast = texts.plain("visit_plan.declined-toast")
    await show_visit(call, callback_data.id, member, visit_hosting, clock, texts, toast=toast)


def setup(router: Router) -> None:
    """Private screens of curators."""
    router.callback_query.register(plan, PlanVisit.filter())
    router.callback_query.register(move, MoveVisit.filter())
    router.callback_query.register(later, VisitDays.filter())
    router.callback_query.register(choose, ChooseVisitDay.filter())
    router.callback_query.register(press_why, MoveWhy.filter())
    router.callback_query.register(agree, AgreeToWish.filter())
    router.callback_query.register(decline, DeclineWish.filter())
    router.message.register(typed_day, Awaiting.visit_day, is_answer)
    router.message.register(typed_why, Awaiting.visit_why, is_answer)
