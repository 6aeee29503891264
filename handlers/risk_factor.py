"""The list of risks, kept by the coordinator, and the profile of a school."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.risk_factor import Profile, RiskFactors
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.risk_factor import RISK_LIMIT, RiskFactor
from handlers.awaiting import Awaiting
from handlers.paging import Row, paged
from handlers.picking import label
from handlers.presses.risk_factor import (
    AddRisk,
    EndRisk,
    EndRiskForSure,
    OpenRisk,
    RenameRisk,
    RisksPage,
    SchoolProfile,
    TickRisk,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts

_LISTED = 5


def list_screen(texts: Texts, factors: list[RiskFactor], page: int = 0) -> Screen:
    """The whole list, and a button for each risk."""
    rows = [(Button(label(one.name), press("risk", one.id)),) for one in factors]
    shown = paged(texts, rows, page, lambda other: press("risks", other), _LISTED)
    add = (Button(texts.plain("risk_factor.button-add"), press("risknew")),)
    back = (Button(texts.plain("document.button-overview"), press("go", "documents")), *back_to_menu(texts))
    return Screen(texts.html("risk_factor.list", factors=factors), (*shown, add, back))


def card_screen(texts: Texts, risk: RiskFactor) -> Screen:
    """One risk, and what can be done with it."""
    row = (
        Button(texts.plain("risk_factor.button-rename"), press("riskname", risk.id)),
        Button(texts.plain("risk_factor.button-end"), press("riskend", risk.id)),
    )
    return Screen(texts.html("risk_factor.card", name=risk.name), (row, _to_list(texts)))


def _to_list(texts: Texts) -> Row:
    return (Button(texts.plain("risk_factor.button-list"), press("risks", 0)),)


def profile_screen(texts: Texts, profile: Profile, page: int = 0) -> Screen:
    """The risks of a school; whoever may ticks them."""
    school = profile.school.id
    rows = [_tick(texts, profile, one, page) for one in profile.factors] if profile.ticks else []
    shown = paged(texts, rows, page, lambda other: press("profile", school, other))
    back = (Button(texts.plain("document.button-back"), press("docs", school)), *back_to_menu(texts))
    return Screen(texts.html("risk_factor.profile", profile=profile), (*shown, back))


def _tick(texts: Texts, profile: Profile, one: RiskFactor, page: int) -> Row:
    on = one.id in profile.own
    name = texts.plain("risk_factor.button-tick", name=label(one.name), on=on)
    return (Button(name, press("risktick", profile.school.id, one.id, int(not on), max(page, 0))),)


async def show_list(
    call: CallbackQuery,
    callback_data: RisksPage,
    member: Member,
    risk_factors: RiskFactors,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Факторы риска»."""
    await state.clear()
    await show(call, list_screen(texts, await risk_factors.every(by=member), callback_data.page))


async def open_risk(
    call: CallbackQuery,
    callback_data: OpenRisk,
    member: Member,
    risk_factors: RiskFactors,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A risk of the list."""
    await state.clear()
    await show(call, card_screen(texts, await risk_factors.one(callback_data.id, by=member)))


async def ask_new(
    call: CallbackQuery, member: Member, risk_factors: RiskFactors, texts: Texts, state: FSMContext
) -> None:
    """«Добавить»."""
    await risk_factors.every(by=member)
    await state.set_state(Awaiting.new_risk)
    text = texts.html("risk_factor.ask-new", limit=RISK_LIMIT)
    await show(call, Screen(text, ((*_to_list(texts), *never_mind(texts)),)))


async def typed_new(
    message: Message, member: Member, risk_factors: RiskFactors, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The name of a further risk."""
    await risk_factors.add(message.text or "", by=member, now=clock())
    await state.clear()
    screen = list_screen(texts, await risk_factors.every(by=member))
    await show(message, Screen(texts.html("risk_factor.added") + "\n\n" + screen.text, screen.buttons))


async def ask_name(
    call: CallbackQuery,
    callback_data: RenameRisk,
    member: Member,
    risk_factors: RiskFactors,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Переименовать»."""
    risk = await risk_factors.one(callback_data.id, by=member)
    await state.set_state(Awaiting.risk_name)
    await state.set_data({"risk": risk.id})
    text = texts.html("risk_factor.ask-name", name=risk.name, limit=RISK_LIMIT)
    await show(call, Screen(text, ((*_to_list(texts), *never_mind(texts)),)))


async def typed_name(
    message: Message, member: Member, risk_factors: RiskFactors, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The new name."""
    risk_id = int((await state.get_data())["risk"])
    await risk_factors.rename(risk_id, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, card_screen(texts, await risk_factors.one(risk_id, by=member)))


async def ask_end(
    call: CallbackQuery, callback_data: EndRisk, member: Member, risk_factors: RiskFactors, texts: Texts
) -> None:
    """«Убрать из списка»: what stays."""
    risk = await risk_factors.one(callback_data.id, by=member)
    sure = (Button(texts.plain("risk_factor.button-end-sure"), press("riskgone", risk.id)),)
    await show(call, Screen(texts.html("risk_factor.ask-end", name=risk.name), (sure, _to_list(texts))))


async def end(
    call: CallbackQuery,
    callback_data: EndRiskForSure,
    member: Member,
    risk_factors: RiskFactors,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Да, убрать»."""
    await risk_factors.end(callback_data.id, by=member, now=clock())
    screen = list_screen(texts, await risk_factors.every(by=member))
    await show(call, screen, toast=texts.plain("risk_factor.ended-toast"))


async def show_profile(
    call: CallbackQuery,
    callback_data: SchoolProfile,
    member: Member,
    risk_factors: RiskFactors,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Рисковый профиль»."""
    await state.clear()
    profile = await risk_factors.profile(callback_data.id, by=member)
    await show(call, profile_screen(texts, profile, callback_data.page))


async def tick(
    call: CallbackQuery, callback_data: TickRisk, member: Member, risk_factors: RiskFactors, clock: Clock, texts: Texts
) -> None:
    """A risk is ticked or not any more."""
    wanted = callback_data
    profile = await risk_factors.tick(wanted.school, wanted.risk, on=wanted.on, by=member, now=clock())
    await show(call, profile_screen(texts, profile, wanted.page))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_list, RisksPage.filter())
    router.callback_query.register(open_risk, OpenRisk.filter())
    router.callback_query.register(ask_new, AddRisk.filter())
    router.callback_query.register(ask_name, RenameRisk.filter())
    router.callback_query.register(ask_end, EndRisk.filter())
    router.callback_query.register(end, EndRiskForSure.filter())
    router.callback_query.register(show_profile, SchoolProfile.filter())
    router.callback_query.register(tick, TickRisk.filter())
    router.message.register(typed_new, Awaiting.new_risk, is_answer)
    router.message.register(typed_name, Awaiting.risk_name, is_answer)
