"""Correcting an item: title, short title, deadline, executors, indicator, who owes it, the day of an «после …» item."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.roadmap import Card, Roadmaps
from domain.access import Right
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.correction import corrected, counted_party
from domain.item_field import CORRECTABLE, ItemField, text_of
from domain.people import Member
from domain.roadmap import OwedBy
from handlers.awaiting import Awaiting
from handlers.item import card_screen
from handlers.presses.correction import ChooseParty, ConfirmField, EditField, EditItem, NoReason, ToggleExecutor
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

_DATED = (ItemField.DEADLINE, ItemField.HELD_ON)
_OFFERED = (
    ItemField.TITLE,
    ItemField.SHORT,
    ItemField.DEADLINE,
    ItemField.EXECUTORS,
    ItemField.INDICATOR,
    ItemField.OWED_BY,
)


async def choose_field(
    call: CallbackQuery, callback_data: EditItem, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """«Исправить»: which field; flagged ones can be confirmed as they stand."""
    card = await roadmaps.card(callback_data.id, by=member, now=clock(), right=Right.CORRECT_ITEM)
    await show(call, _fields_screen(texts, card))


def _fields_screen(texts: Texts, card: Card) -> Screen:
    item_id, flagged = card.kept.id, {flag.field for flag in card.kept.item.flags}
    rows = []
    for field in _OFFERED:
        row = [Button(texts.plain(f"item.field-{field}"), press("field", item_id, field))]
        if field in flagged:
            row.append(Button(texts.plain("correction.button-right"), press("right", item_id, field)))
        rows.append(tuple(row))
    for field in (field for field in ItemField if field in flagged and field not in CORRECTABLE):
        label = texts.plain("correction.button-right-field", name=texts.plain(f"item.field-{field}"))
        rows.append((Button(label, press("right", item_id, field)),))
    back = (Button(texts.plain("correction.button-card"), press("item", item_id)),)
    return Screen(texts.html("correction.choose", card=card, item=card.kept.item), (*rows, back))


async def ask_field(
    call: CallbackQuery,
    callback_data: EditField,
    member: Member,
    roadmaps: Roadmaps,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """What the field should say."""
    field = ItemField(callback_data.field)
    card = await roadmaps.card(callback_data.id, by=member, now=clock(), right=Right.CORRECT_ITEM)
    if field is ItemField.EXECUTORS:
        await show(call, _executors_screen(texts, card))
        return
    if field is ItemField.OWED_BY:
        await show(call, _parties_screen(texts, card))
        return
    await state.set_state(Awaiting.field)
    await state.set_data({"item": callback_data.id, "field": field})
    now = text_of(card.kept.item, field)
    text = texts.html(f"correction.ask-{field}", item=card.kept.item, now=now)
    await show(call, Screen(text, _cancel(texts)))


def _executors_screen(texts: Texts, card: Card) -> Screen:
    chosen = card.kept.item.executors
    rows: Keyboard = tuple(
        (
            Button(
                texts.plain("correction.executor", name=one.name, chosen=one.id in chosen),
                press("exec", card.kept.id, one.id),
            ),
        )
        for one in card.roadmap.executors
    )
    done = (Button(texts.plain("correction.button-done"), press("item", card.kept.id)),)
    return Screen(texts.html("correction.ask-executors", item=card.kept.item), (*rows[:7], done))


def _parties_screen(texts: Texts, card: Card) -> Screen:
    item, only = card.kept.item, counted_party(card.kept.item)
    rows = tuple(
        (
            Button(
                texts.plain("correction.party", party=one, chosen=one is item.owed_by), press("owes", card.kept.id, one)
            ),
        )
        for one in OwedBy
        if only in (None, one)
    )
    back = (Button(texts.plain("correction.button-card"), press("item", card.kept.id)),)
    return Screen(texts.html("correction.ask-owed_by", item=item, only=only), (*rows, back))


async def choose_party(
    call: CallbackQuery, callback_data: ChooseParty, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """«Каждая школа», «Каждый муниципалитет», «Каждый куратор», «Исполнители вместе»: saved at once."""
    party = callback_data.party
    card = await roadmaps.correct(callback_data.id, ItemField.OWED_BY, party, by=member, now=clock())
    await show(
        call, card_screen(texts, card), toast=texts.plain("correction.party-toast", party=card.kept.item.owed_by)
    )


def _cancel(texts: Texts) -> Keyboard:
    return (never_mind(texts),)


async def toggle_executor(
    call: CallbackQuery, callback_data: ToggleExecutor, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """One executor more or less, saved at once."""
    card = await roadmaps.card(callback_data.id, by=member, now=clock(), right=Right.CORRECT_ITEM)
    order = [one.id for one in card.roadmap.executors]
    chosen = set(card.kept.item.executors) ^ {callback_data.executor}
    text = ",".join(one for one in order if one in chosen)
    card = await roadmaps.correct(callback_data.id, ItemField.EXECUTORS, text, by=member, now=clock())
    await show(call, _executors_screen(texts, card))


async def typed_field(
    message: Message, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The new text. A date is read back, and its reason asked, before it is saved."""
    data = await state.get_data()
    field, text = ItemField(data["field"]), message.text or ""
    if field not in _DATED:
        card = await roadmaps.correct(int(data["item"]), field, text, by=member, now=clock())
        await state.clear()
        await show(message, card_screen(texts, card))
        return
    card = await roadmaps.card(int(data["item"]), by=member, now=clock(), right=Right.CORRECT_ITEM)
    understood = corrected(card.kept.item, field, text, card.roadmap)
    await state.set_state(Awaiting.reason)
    await state.set_data({**data, "text": text})
    buttons = ((Button(texts.plain("correction.button-no-reason"), NoReason().pack()),), *_cancel(texts))
    await show(message, Screen(texts.html("correction.ask-reason", item=understood), buttons))


async def typed_reason(
    message: Message, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """Why the date moved."""
    await _save_date(message, message.text or "", member, roadmaps, clock, texts, state)


async def no_reason(
    call: CallbackQuery, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Без основания»."""
    await _save_date(call, "", member, roadmaps, clock, texts, state)


async def _save_date(
    event: Message | CallbackQuery,
    why: str,
    member: Member,
    roadmaps: Roadmaps,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    data = await state.get_data()
    card = await roadmaps.correct(
        int(data["item"]), ItemField(data["field"]), data["text"], why=why.strip()[:500], by=member, now=clock()
    )
    await state.clear()
    await show(event, card_screen(texts, card))


async def confirm_field(
    call: CallbackQuery, callback_data: ConfirmField, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """«Верно»: the flag goes away."""
    card = await roadmaps.confirm(callback_data.id, ItemField(callback_data.field), by=member, now=clock())
    await show(call, _fields_screen(texts, card), toast=texts.plain("correction.confirmed-toast"))


def setup(router: Router) -> None:
    """Private screens of corrections."""
    router.callback_query.register(choose_field, EditItem.filter())
    router.callback_query.register(ask_field, EditField.filter(F.field.in_(set(CORRECTABLE))))
    router.callback_query.register(toggle_executor, ToggleExecutor.filter())
    router.callback_query.register(choose_party, ChooseParty.filter(F.party.in_(set(OwedBy))))
    router.callback_query.register(confirm_field, ConfirmField.filter(F.field.in_(set(ItemField))))
    router.callback_query.register(no_reason, NoReason.filter(), Awaiting.reason)
    router.message.register(typed_field, Awaiting.field, is_answer)
    router.message.register(typed_reason, Awaiting.reason, is_answer)
