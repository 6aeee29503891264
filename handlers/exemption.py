"""«Не применимо»: to whom of a party an item does not apply."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.exemption import Applying, Exemptions
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.paging import on_page, paged
from handlers.picking import label
from handlers.presses.exemption import Exempt, ExemptPage, ToggleExempt
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

_LISTED = 6


def list_screen(texts: Texts, found: Applying, page: int = 0) -> Screen:
    """Everybody of the party, a page at a time, each with a mark; below the reasons of those on the page."""
    item_id, page = found.kept.id, max(page, 0)
    rows = [
        (
            Button(
                texts.plain("exemption.button-one", name=label(one.name), exempt=bool(one.reason)),
                press("exemptone", item_id, one.debtor.id, page),
            ),
        )
        for one in found.rows
    ]
    shown, number, pages = on_page(found.rows, page, _LISTED)
    buttons = paged(texts, rows, page, lambda other: press("exempts", item_id, other), _LISTED)
    text = texts.html("exemption.list", found=found, item=found.kept.item, rows=shown, page=number, pages=pages)
    return Screen(text, (*buttons, (Button(texts.plain("item.button-card"), press("item", item_id)),)))


async def show_list(
    call: CallbackQuery, callback_data: Exempt, member: Member, exemptions: Exemptions, texts: Texts, state: FSMContext
) -> None:
    """«Не применимо»."""
    await state.clear()
    await show(call, list_screen(texts, await exemptions.of_item(callback_data.id, by=member)))


async def turn_page(
    call: CallbackQuery,
    callback_data: ExemptPage,
    member: Member,
    exemptions: Exemptions,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Another page."""
    await state.clear()
    found = await exemptions.of_item(callback_data.id, by=member)
    await show(call, list_screen(texts, found, callback_data.page))


async def toggle(
    call: CallbackQuery,
    callback_data: ToggleExempt,
    member: Member,
    exemptions: Exemptions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One of them: why not, or it applies again."""
    item_id, debtor, page = callback_data.id, callback_data.debtor, callback_data.page
    found = await exemptions.of_item(item_id, by=member)
    one = found.one(debtor)
    if one.reason:
        await state.clear()
        found = await exemptions.apply(item_id, debtor, by=member, now=clock())
        await show(call, list_screen(texts, found, page), toast=texts.plain("exemption.applies-toast"))
        return
    await state.set_state(Awaiting.exempt_reason)
    await state.set_data({"item": item_id, "debtor": debtor, "page": page})
    text = texts.html("exemption.ask-reason", item=found.kept.item, name=one.name)
    await show(call, Screen(text, (never_mind(texts),)))


async def typed_reason(
    message: Message, member: Member, exemptions: Exemptions, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """Why it does not apply."""
    data = await state.get_data()
    item_id, debtor = int(data["item"]), int(data["debtor"])
    found = await exemptions.exempt(item_id, debtor, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, list_screen(texts, found, int(data["page"])))


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(show_list, Exempt.filter())
    router.callback_query.register(turn_page, ExemptPage.filter())
    router.callback_query.register(toggle, ToggleExempt.filter())
    router.message.register(typed_reason, Awaiting.exempt_reason, is_answer)
