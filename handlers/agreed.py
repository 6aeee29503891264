"""What a school promised in visits: the list, a card, «Сделано», «Не сделано», «Снять»."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.agreed import AgreedActions, AgreedCard
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.paging import on_page, turning
from handlers.presses.agreed import (
    AgreedDone,
    AgreedNotDone,
    DropAgreed,
    DropAgreedForSure,
    OpenAgreed,
    SchoolAgreed,
    SchoolAgreedPage,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

_SHOWN = 6
"""On a page, three buttons in a row."""


def list_screen(texts: Texts, school_id: int, found: list[AgreedCard], page: int = 0) -> Screen:
    """A page of what a school promised, what is open first."""
    shown, number, pages = on_page(found, page, _SHOWN)
    numbered = list(enumerate(shown, (number - 1) * _SHOWN + 1))
    buttons = [Button(str(which), press("agreed", card.agreed.id)) for which, card in numbered]
    turns = turning(texts, len(found), page, lambda other: press("agreedspg", school_id, other), _SHOWN)
    open_now = sum(card.agreed.is_open for card in found)
    text = texts.html("agreed.list", found=found, numbered=numbered, open=open_now, page=number, pages=pages)
    visits = Button(texts.plain("agreed.button-visits"), press("vschool", school_id))
    rows = (tuple(buttons[:3]), tuple(buttons[3:]), turns, (visits, *back_to_menu(texts)))
    return Screen(text, tuple(row for row in rows if row))


def card_screen(texts: Texts, card: AgreedCard) -> Screen:
    """One of them, and what whoever looks may do."""
    agreed, does = card.agreed, []
    if card.hosts and agreed.is_open:
        does.append(Button(texts.plain("agreed.button-done"), press("agdone", agreed.id)))
    if card.plans and agreed.done_at is not None and agreed.dropped_at is None:
        does.append(Button(texts.plain("agreed.button-not-done"), press("agopen", agreed.id)))
    if card.plans and agreed.is_open:
        does.append(Button(texts.plain("agreed.button-drop"), press("agdrop", agreed.id)))
    report = Button(texts.plain("agreed.button-report"), press("vrep", agreed.visit_id))
    back = (Button(texts.plain("agreed.button-list"), press("agreeds", card.school.id)), *back_to_menu(texts))
    rows = (tuple(does), (report,), back)
    return Screen(texts.html("agreed.card", card=card), tuple(row for row in rows if row))


async def show_list(
    call: CallbackQuery,
    callback_data: SchoolAgreed,
    member: Member,
    agreed_actions: AgreedActions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Договорённости» of a school."""
    await state.clear()
    found = await agreed_actions.of_school(callback_data.id, by=member, now=clock())
    await show(call, list_screen(texts, callback_data.id, found))


async def turn_list(
    call: CallbackQuery,
    callback_data: SchoolAgreedPage,
    member: Member,
    agreed_actions: AgreedActions,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of them."""
    found = await agreed_actions.of_school(callback_data.id, by=member, now=clock())
    await show(call, list_screen(texts, callback_data.id, found, callback_data.page))


async def open_agreed(
    call: CallbackQuery,
    callback_data: OpenAgreed,
    member: Member,
    agreed_actions: AgreedActions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One of the list, or of a message about it."""
    await state.clear()
    await show(call, card_screen(texts, await agreed_actions.card(callback_data.id, by=member, now=clock())))


async def done(
    call: CallbackQuery,
    callback_data: AgreedDone,
    member: Member,
    agreed_actions: AgreedActions,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Сделано»."""
    card = await agreed_actions.done(callback_data.id, by=member, now=clock())
    await show(call, card_screen(texts, card), toast=texts.plain("agreed.done-toast", card=card))


async def not_done(
    call: CallbackQuery,
    callback_data: AgreedNotDone,
    member: Member,
    agreed_actions: AgreedActions,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Не сделано»."""
    card = await agreed_actions.open_again(callback_data.id, by=member, now=clock())
    await show(call, card_screen(texts, card), toast=texts.plain("agreed.opened-toast", card=card))


async def ask_drop(
    call: CallbackQuery,
    callback_data: DropAgreed,
    member: Member,
    agreed_actions: AgreedActions,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Снять»: for sure?"""
    card = await agreed_actions.to_drop(callback_data.id, by=member, now=clock())
    if not card.agreed.is_open:
        await show(call, card_screen(texts, card))
        return
    sure = Button(texts.plain("agreed.button-drop-sure"), press("agdropok", card.agreed.id))
    back = Button(texts.plain("agreed.button-back"), press("agreed", card.agreed.id))
    await show(call, Screen(texts.html("agreed.ask-drop", card=card), ((sure, back),)))


async def drop(
    call: CallbackQuery,
    callback_data: DropAgreedForSure,
    member: Member,
    agreed_actions: AgreedActions,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Да, снять»."""
    card = await agreed_actions.drop(callback_data.id, by=member, now=clock())
    await show(call, card_screen(texts, card), toast=texts.plain("agreed.dropped-toast", card=card))


def setup(router: Router) -> None:
    """Private screens of a school, its curators, and those above."""
    router.callback_query.register(show_list, SchoolAgreed.filter())
    router.callback_query.register(turn_list, SchoolAgreedPage.filter())
    router.callback_query.register(open_agreed, OpenAgreed.filter())
    router.callback_query.register(done, AgreedDone.filter())
    router.callback_query.register(not_done, AgreedNotDone.filter())
    router.callback_query.register(ask_drop, DropAgreed.filter())
    router.callback_query.register(drop, DropAgreedForSure.filter())
