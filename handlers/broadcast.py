"""«Объявления»: the list, one of them, what can be done with what was sent, and «Ознакомлен(а)»."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.broadcast_ack import BroadcastAcks
from actions.broadcast_keeping import BroadcastKeeping, ListedBroadcast
from actions.broadcast_launch import BroadcastLaunch
from actions.broadcast_look import BroadcastCard
from domain.broadcast import BroadcastState, words
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.broadcast_screen import asked, broadcast_screen
from handlers.paging import on_page, paged
from handlers.picking import label
from handlers.presses.broadcast import (
    Acknowledge,
    BroadcastsPage,
    CancelBroadcast,
    CopyBroadcast,
    DeleteBroadcast,
    NudgeBroadcast,
    OpenBeside,
    OpenBroadcast,
    RemoveBroadcast,
    ResendBroadcast,
)
from handlers.presses.menu import Go
from handlers.show import Screen, send_beside, show
from handlers.start import back_to_menu
from texts import Texts

_LISTED = 5


def list_screen(texts: Texts, found: list[ListedBroadcast], page: int, clock: Clock) -> Screen:
    """The newest first: drafts, what is to go, what has gone; by whom where it is somebody else's."""
    shown, number, pages = on_page(found, page, _LISTED)
    rows = [(Button(_title(texts, each), press("bc", each.one.id)),) for each in found]
    turned = paged(texts, rows, page, lambda other: press("bcs", other), _LISTED)
    new = (Button(texts.plain("broadcast.button-new"), press("bcnew")),)
    listed = [(each, words(each.one.text)) for each in shown]
    text = texts.html("broadcast.list", listed=listed, page=number, pages=pages, now=clock())
    return Screen(text, (new, *turned, back_to_menu(texts)))


def _title(texts: Texts, each: ListedBroadcast) -> str:
    said = " ".join(words(each.one.text).split())
    return label(texts.plain("broadcast.button-one", one=each.one, said=said))


async def show_list(
    call: CallbackQuery,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Объявления»."""
    found = await broadcast_keeping.all(by=member)
    await state.clear()
    await show(call, list_screen(texts, found, 0, clock))


async def turn_list(
    call: CallbackQuery,
    callback_data: BroadcastsPage,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page."""
    await show(call, list_screen(texts, await broadcast_keeping.all(by=member), callback_data.page, clock))


async def await_words(state: FSMContext, card: BroadcastCard) -> None:
    """While a draft is open, what is written is its text and what is sent goes along."""
    await state.clear()
    if card.one.state is BroadcastState.DRAFT and card.one.meeting_id is None:
        await state.set_state(Awaiting.broadcast)
        await state.set_data({"broadcast": card.one.id})


async def show_card(
    call: CallbackQuery, card: BroadcastCard, texts: Texts, state: FSMContext, *, toast: str | None = None
) -> None:
    """The card after something was done."""
    await await_words(state, card)
    await show(call, broadcast_screen(texts, card), toast=toast)


async def open_one(
    call: CallbackQuery,
    callback_data: OpenBroadcast,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One of them."""
    await show_card(call, await broadcast_keeping.card(callback_data.id, by=member, now=clock()), texts, state)


async def open_beside(
    call: CallbackQuery,
    callback_data: OpenBeside,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One that is on its way: the message that shows how far stays what it is."""
    card = await broadcast_keeping.card(callback_data.id, by=member, now=clock())
    await await_words(state, card)
    await send_beside(call, broadcast_screen(texts, card), texts)


async def copy(
    call: CallbackQuery,
    callback_data: CopyBroadcast,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Повторить как новое»."""
    made = await broadcast_keeping.copy(callback_data.id, by=member, now=clock())
    card = await broadcast_keeping.card(made, by=member, now=clock())
    await show_card(call, card, texts, state, toast=texts.plain("broadcast.copied-toast"))


async def delete(
    call: CallbackQuery,
    callback_data: DeleteBroadcast,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Удалить черновик»."""
    if not callback_data.sure:
        card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
        await show(call, asked(texts, "delete", card, press("bcdel", card.one.id, 1)))
        return
    await broadcast_keeping.delete(callback_data.id, by=member, now=clock())
    await state.clear()
    found = await broadcast_keeping.all(by=member)
    await show(call, list_screen(texts, found, 0, clock), toast=texts.plain("broadcast.deleted-toast"))


async def cancel(
    call: CallbackQuery,
    callback_data: CancelBroadcast,
    member: Member,
    broadcast_launch: BroadcastLaunch,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отменить остаток»."""
    if not callback_data.sure:
        card = await broadcast_launch.may_cancel(callback_data.id, by=member, now=clock())
        await show(call, asked(texts, "stop", card, press("bcstop", card.one.id, 1)))
        return
    card, count = await broadcast_launch.cancel(callback_data.id, by=member, now=clock())
    await show_card(call, card, texts, state, toast=texts.plain("broadcast.stopped-toast", count=count))


async def remove(
    call: CallbackQuery,
    callback_data: RemoveBroadcast,
    member: Member,
    broadcast_launch: BroadcastLaunch,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Удалить у получателей»."""
    if not callback_data.sure:
        card = await broadcast_launch.card(callback_data.id, by=member, now=clock())
        await show(call, asked(texts, "remove", card, press("bcrm", card.one.id, 1)))
        return
    card, count = await broadcast_launch.remove(callback_data.id, by=member, now=clock())
    await show_card(call, card, texts, state, toast=texts.plain("broadcast.removed-toast", count=count))


async def resend(
    call: CallbackQuery,
    callback_data: ResendBroadcast,
    member: Member,
    broadcast_launch: BroadcastLaunch,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отправить ещё раз не получившим»."""
    card, count = await broadcast_launch.resend(callback_data.id, by=member, now=clock())
    await show_card(call, card, texts, state, toast=texts.plain("broadcast.resent-toast", count=count))


async def nudge(
    call: CallbackQuery,
    callback_data: NudgeBroadcast,
    member: Member,
    broadcast_launch: BroadcastLaunch,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Напомнить не ознакомившимся»."""
    card, count = await broadcast_launch.nudge(callback_data.id, by=member, now=clock())
    await show_card(call, card, texts, state, toast=texts.plain("broadcast.nudged-toast", count=count))


async def acknowledge(
    call: CallbackQuery,
    callback_data: Acknowledge,
    member: Member,
    broadcast_acks: BroadcastAcks,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Ознакомлен(а)»: the message stays as it is."""
    said = await broadcast_acks.acknowledge(callback_data.id, by=member, now=clock())
    await call.answer(texts.plain("broadcast.acked-toast" if said else "broadcast.acked-before-toast"))


def setup(router: Router) -> None:
    """Private screens of whoever announces, and the button of everybody."""
    router.callback_query.register(show_list, Go.filter(F.section == "broadcasts"))
    router.callback_query.register(turn_list, BroadcastsPage.filter())
    router.callback_query.register(open_one, OpenBroadcast.filter())
    router.callback_query.register(open_beside, OpenBeside.filter())
    router.callback_query.register(copy, CopyBroadcast.filter())
    router.callback_query.register(delete, DeleteBroadcast.filter())
    router.callback_query.register(cancel, CancelBroadcast.filter())
    router.callback_query.register(remove, RemoveBroadcast.filter())
    router.callback_query.register(resend, ResendBroadcast.filter())
    router.callback_query.register(nudge, NudgeBroadcast.filter())
    router.callback_query.register(acknowledge, Acknowledge.filter())
