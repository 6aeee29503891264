"""«Попросить другой день» of a school: which, and why."""

from datetime import date

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.visit_hosting import VisitHosting
from actions.visit_schedule import Offers
from actions.visit_sight import SeenVisit
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.visit import WHY_LIMIT
from handlers.awaiting import Awaiting
from handlers.presses.visit import ChooseWishDay, WishDay, WishDays, WishReason, WishWhy
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.visit_plan import day_data, day_rows
from handlers.where import is_answer
from texts import Texts


async def ask_day(
    call: CallbackQuery,
    callback_data: WishDay,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Попросить другой день»."""
    await _ask_day(call, await visit_hosting.offers(callback_data.id, by=member, now=clock()), texts, state)


async def later(
    call: CallbackQuery,
    callback_data: WishDays,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Позже ›»."""
    start = date.fromisoformat(callback_data.start)
    await _ask_day(call, await visit_hosting.offers(callback_data.id, start, by=member, now=clock()), texts, state)


async def _ask_day(call: CallbackQuery, found: Offers, texts: Texts, state: FSMContext) -> None:
    assert found.visit is not None  # noqa: S101  a school wishes of a visit that is there
    visit = found.visit.id
    await state.set_state(Awaiting.visit_wish_day)
    await state.set_data({"visit": visit})
    rows = day_rows(texts, found.days, lambda day: press("vwday", visit, day_data(day)))
    more = (Button(texts.plain("visit_plan.button-later"), press("vwdays", visit, day_data(found.after))),)
    await show(call, Screen(texts.html("visit_plan.ask-wish", found=found), (*rows, more, never_mind(texts))))


async def choose(
    call: CallbackQuery,
    callback_data: ChooseWishDay,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A day pressed."""
    day = date.fromisoformat(callback_data.day)
    one, day = await visit_hosting.consider(callback_data.id, day, by=member, now=clock())
    await _ask_why(call, one, day, texts, state)


async def typed_day(
    message: Message, member: Member, visit_hosting: VisitHosting, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A day typed."""
    visit_id = int((await state.get_data())["visit"])
    one, day = await visit_hosting.consider(visit_id, message.text or "", by=member, now=clock())
    await _ask_why(message, one, day, texts, state)


async def _ask_why(event: Message | CallbackQuery, one: SeenVisit, day: date, texts: Texts, state: FSMContext) -> None:
    await state.set_state(Awaiting.visit_wish_why)
    await state.set_data({"visit": one.id, "day": day_data(day)})
    first, *others = [
        Button(texts.plain(f"visit_plan.button-wish-why-{why}"), press("vwwhy", one.id, day_data(day), why))
        for why in WishWhy
    ]
    other = (Button(texts.plain("visit_plan.button-other-day"), press("vwish", one.id)),)
    text = texts.html("visit_plan.ask-wish-why", one=one, day=day, limit=WHY_LIMIT)
    await show(event, Screen(text, ((first,), tuple(others), other, never_mind(texts))))


async def press_why(
    call: CallbackQuery,
    callback_data: WishReason,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A usual reason."""
    day, why = date.fromisoformat(callback_data.day), texts.plain(f"visit_plan.wish-why-{callback_data.why}")
    one = await visit_hosting.wish(callback_data.id, day, why, by=member, now=clock())
    await state.clear()
    await show(call, wished_screen(texts, one))


async def typed_why(
    message: Message, member: Member, visit_hosting: VisitHosting, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The reason, typed."""
    data = await state.get_data()
    day = date.fromisoformat(data["day"])
    one = await visit_hosting.wish(int(data["visit"]), day, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, wished_screen(texts, one))


def wished_screen(texts: Texts, one: SeenVisit) -> Screen:
    """What the curator was asked."""
    card = (Button(texts.plain("visit.button-open"), press("visit", one.id)),)
    back = (Button(texts.plain("visit_card.button-visits"), press("go", "visits")),)
    return Screen(texts.html("visit_plan.wished", one=one), (card, back))


def setup(router: Router) -> None:
    """Private screens of schools."""
    router.callback_query.register(ask_day, WishDay.filter())
    router.callback_query.register(later, WishDays.filter())
    router.callback_query.register(choose, ChooseWishDay.filter())
    router.callback_query.register(press_why, WishReason.filter())
    router.message.register(typed_day, Awaiting.visit_wish_day, is_answer)
    router.message.register(typed_why, Awaiting.visit_wish_why, is_answer)
