"""«Отчёт о доставке» by name, «Ознакомились», the list for phoning, and «Исправить» what has arrived."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.broadcast_launch import BroadcastLaunch
from actions.broadcast_report import PAGE, BroadcastReports, DeliveryPage
from domain.broadcast import TEXT_LIMIT, checked, words
from domain.broadcast_delivery import why
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.broadcast import show_card
from handlers.broadcast_screen import back_from, back_to_card, facts
from handlers.formatting import html_of
from handlers.paging import turning
from handlers.presses.broadcast import (
    BroadcastAckList,
    BroadcastPhones,
    BroadcastReport,
    CorrectBroadcast,
    CorrectForSure,
)
from handlers.show import Screen, send_file, show
from handlers.where import is_answer
from texts import Texts


def report_screen(texts: Texts, found: DeliveryPage) -> Screen:
    """A page of what became of it for each."""
    card, one = found.card, found.card.one.id
    lines = [(each, why(each)) for each in found.found]
    text = texts.html(
        "broadcast_report.report", lines=lines, tally=card.tally, page=found.page, pages=found.pages, **facts(card)
    )
    turns = turning(texts, found.total, found.page - 1, lambda other: press("bcreport", one, other), PAGE)
    below = [Button(texts.plain("broadcast_report.button-phones"), press("bcxlsx", one))]
    if card.one.asks_ack:
        below.append(Button(texts.plain("broadcast.button-acks"), press("bcacks", one, 0)))
    return Screen(text, (*((turns,) if turns else ()), tuple(below), back_from(texts, card.one)))


async def show_report(
    call: CallbackQuery,
    callback_data: BroadcastReport,
    member: Member,
    broadcast_reports: BroadcastReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Отчёт о доставке»."""
    found = await broadcast_reports.report(callback_data.id, callback_data.page, by=member, now=clock())
    await show(call, report_screen(texts, found))


def acks_screen(texts: Texts, found: DeliveryPage) -> Screen:
    """A page of who has not acknowledged it, then who has."""
    card, one = found.card, found.card.one.id
    text = texts.html(
        "broadcast_report.acks",
        readers=found.found,
        total=found.total,
        tally=card.tally,
        page=found.page,
        pages=found.pages,
        **facts(card),
    )
    turns = turning(texts, found.total, found.page - 1, lambda other: press("bcacks", one, other), PAGE)
    below = (
        Button(texts.plain("broadcast_report.button-phones"), press("bcxlsx", one)),
        Button(texts.plain("broadcast.button-report"), press("bcreport", one, 0)),
    )
    return Screen(text, (*((turns,) if turns else ()), below, back_to_card(texts, one)))


async def show_acks(
    call: CallbackQuery,
    callback_data: BroadcastAckList,
    member: Member,
    broadcast_reports: BroadcastReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Ознакомились»."""
    found = await broadcast_reports.acks(callback_data.id, callback_data.page, by=member, now=clock())
    await show(call, acks_screen(texts, found))


async def send_phones(
    call: CallbackQuery,
    callback_data: BroadcastPhones,
    member: Member,
    broadcast_reports: BroadcastReports,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Список для обзвона»."""
    file = await broadcast_reports.phone_list(callback_data.id, by=member, now=clock())
    day = clock().astimezone(file.card.zone).date()
    name = texts.plain("broadcast_report.file-name", one=file.card.one, today=day)
    await send_file(
        call, name, file.content, texts.html("broadcast_report.file-caption", file=file, **facts(file.card))
    )
    await call.answer(texts.plain("broadcast_report.file-toast"))


async def ask_correction(
    call: CallbackQuery,
    callback_data: CorrectBroadcast,
    member: Member,
    broadcast_launch: BroadcastLaunch,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Исправить»: the whole text anew."""
    card = await broadcast_launch.card(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.broadcast_correction)
    await state.set_data({"broadcast": card.one.id})
    text = texts.html("broadcast_report.ask-correction", tally=card.tally, limit=TEXT_LIMIT, **facts(card))
    await show(call, Screen(text, (back_to_card(texts, card.one.id),)))


async def typed_correction(
    message: Message, member: Member, broadcast_launch: BroadcastLaunch, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """What it will be, to be pressed once more."""
    one, text = int((await state.get_data())["broadcast"]), checked(html_of(message))
    card = await broadcast_launch.card(one, by=member, now=clock())
    await state.set_state(Awaiting.broadcast_corrected)
    await state.set_data({"broadcast": one, "text": text})
    count = card.tally.arrived + card.tally.on_the_way
    go = (Button(texts.plain("broadcast_report.button-correct", count=count), press("bcfixgo", one)),)
    said = texts.html("broadcast_report.correction", tally=card.tally, new=words(text), **facts(card))
    await show(message, Screen(said, (go, back_to_card(texts, one))))


async def correct(
    call: CallbackQuery,
    callback_data: CorrectForSure,
    member: Member,
    broadcast_launch: BroadcastLaunch,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """By what was typed last about this one."""
    data = await state.get_data()
    if data.get("broadcast") != callback_data.id or "text" not in data:
        await call.answer(texts.plain("menu.dead-button"), show_alert=True)
        return
    card, count = await broadcast_launch.correct(callback_data.id, str(data["text"]), by=member, now=clock())
    await show_card(call, card, texts, state, toast=texts.plain("broadcast_report.corrected-toast", count=count))


def setup(router: Router) -> None:
    """Private screens of whoever announces."""
    router.callback_query.register(show_report, BroadcastReport.filter())
    router.callback_query.register(show_acks, BroadcastAckList.filter())
    router.callback_query.register(send_phones, BroadcastPhones.filter())
    router.callback_query.register(ask_correction, CorrectBroadcast.filter())
    router.callback_query.register(correct, CorrectForSure.filter())
    router.message.register(typed_correction, Awaiting.broadcast_correction, is_answer)
    router.message.register(typed_correction, Awaiting.broadcast_corrected, is_answer)
