"""An item's card: everything about it, closing it and opening it again."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.roadmap import Card, Roadmaps
from domain.access import Right
from domain.agenda import status
from domain.button import Button, press
from domain.clock import Clock
from domain.deadline import DeadlineKind
from domain.indicator_count import counts_people, party_of
from domain.notice import effective
from domain.people import Member
from domain.roadmap import OwedBy
from handlers.awaiting import Awaiting
from handlers.happening_list import held_button
from handlers.presses.item import CloseItem, CloseWithoutNote, ItemHistory, OpenItem, ReopenItem
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts


def card_screen(texts: Texts, card: Card) -> Screen:
    """The whole card with what can be done about it."""
    item, roadmap = card.kept.item, card.roadmap
    executors = {executor.id: executor.name for executor in roadmap.executors}
    channels = {channel.id: channel.title for channel in roadmap.channels}
    text = texts.html(
        "item.card",
        card=card,
        item=item,
        deadline=effective(item),
        status=status(card.kept, card.today),
        executors=[executors.get(one, one) for one in item.executors],
        channels=[channels.get(one, one) for one in item.channels],
    )
    return Screen(text, _card_buttons(texts, card))


def _card_buttons(texts: Texts, card: Card) -> tuple[tuple[Button, ...], ...]:
    item_id, item = card.kept.id, card.kept.item
    correct = Button(texts.plain("item.button-edit"), press("edit", item_id))
    history = Button(texts.plain("item.button-history"), press("history", item_id))
    to_list = (Button(texts.plain("item.button-list"), press("list", "all", "-", (item.number - 1) // 9)),)
    later = ((Button(texts.plain("task.button-put-off"), press("putoff", item_id)),),) if _may_put_off(card) else ()
    offered = _offered(texts, card)
    confirm = _confirm(texts, card)
    if not card.keeps:
        return (*confirm, *later, *offered, to_list, back_to_menu(texts))
    if not card.kept.is_open:
        reopen = Button(texts.plain("item.button-reopen"), press("reopen", item_id))
        return ((reopen,), *offered, (correct, history), to_list, back_to_menu(texts))
    first = [Button(texts.plain("item.button-close"), press("close", item_id))]
    if item.deadline.kind is DeadlineKind.AFTER:
        label = "item.button-date" if item.held_on is None else "item.button-other-date"
        first.insert(0, Button(texts.plain(label), press("field", item_id, "held_on")))
    return (*confirm, tuple(first), *later, *offered, (correct, history), to_list, back_to_menu(texts))


def _confirm(texts: Texts, card: Card) -> tuple[tuple[Button, ...], ...]:
    """The main button of whoever owes the item; what they sent or was accepted is behind it as well. Where it counts
    what is held, that is told of instead; where it is done by a survey, that is answered."""
    if card.reports and card.kept.is_open:
        return ((held_button(texts, card.kept.id, card.kept.item),),)
    if card.survey is not None:
        go = Button(texts.plain("survey.button-go", number=None), press("survey-go", card.survey.survey_id, 0))
        return ((go,),) if card.part.survey_id is not None else ()
    if card.part.standing is None or not card.kept.is_open or card.exempt:
        return ()
    caption = "completion.button-confirm" if card.part.may_confirm else "completion.button-see"
    return ((Button(texts.plain(caption), press("confirm", card.kept.id)),),)


def _offered(texts: Texts, card: Card) -> tuple[tuple[Button, ...], ...]:
    """What the features offer about the item, three in a row."""
    item_id, item, found = card.kept.id, card.kept.item, []
    if card.reports:
        found.append(Button(texts.plain("happening.button-list"), press("heldlist", item_id, 0)))
    if card.survey is not None and card.sees_survey:
        found.append(Button(texts.plain("survey.button-survey"), press("survey", card.survey.survey_id)))
    if card.keeps and counts_people(item) and card.survey is None:
        found.append(Button(texts.plain("told_number.button-number"), press("number", item_id)))
    if card.keeps and party_of(item) is not OwedBy.EXECUTORS:
        found.append(Button(texts.plain("exemption.button-exempt"), press("exempt", item_id)))
    if card.tells_who:
        found.append(Button(texts.plain("indicator.button-who"), press("whodid", item_id)))
    return tuple(tuple(found[start : start + 3]) for start in range(0, len(found), 3))


def _may_put_off(card: Card) -> bool:
    return card.owes and card.kept.is_open and not (card.exempt and card.part.is_done)


async def open_item(
    call: CallbackQuery,
    callback_data: OpenItem,
    member: Member,
    roadmaps: Roadmaps,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«п. 16» in a list."""
    await state.clear()
    card = await roadmaps.card(callback_data.id, by=member, now=clock())
    await show(call, card_screen(texts, card))


async def show_history(
    call: CallbackQuery, callback_data: ItemHistory, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """«История»."""
    card, changes = await roadmaps.history(callback_data.id, by=member, now=clock())
    text = texts.html("item.history", card=card, item=card.kept.item, changes=changes)
    await show(call, Screen(text, ((Button(texts.plain("item.button-card"), press("item", card.kept.id)),),)))


async def ask_note(
    call: CallbackQuery,
    callback_data: CloseItem,
    member: Member,
    roadmaps: Roadmaps,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Закрыть пункт»: a note is welcome."""
    card = await roadmaps.card(callback_data.id, by=member, now=clock(), right=Right.CLOSE_ITEM)
    if not card.kept.is_open:
        await show(call, card_screen(texts, card), toast=texts.plain("item.closed-before-toast"))
        return
    await state.set_state(Awaiting.note)
    await state.set_data({"item": callback_data.id})
    buttons = (
        (Button(texts.plain("item.button-no-note"), press("closed", callback_data.id)),),
        never_mind(texts),
    )
    await show(call, Screen(texts.html("item.ask-note", item=card.kept.item), buttons))


async def close_with_note(
    message: Message, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The note, typed."""
    data = await state.get_data()
    card = await roadmaps.close(int(data["item"]), (message.text or "")[:1000], by=member, now=clock())
    await state.clear()
    await show(message, card_screen(texts, card))


async def close_now(
    call: CallbackQuery,
    callback_data: CloseWithoutNote,
    member: Member,
    roadmaps: Roadmaps,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Без примечания»."""
    before = await roadmaps.card(callback_data.id, by=member, now=clock(), right=Right.CLOSE_ITEM)
    card = await roadmaps.close(callback_data.id, "", by=member, now=clock())
    await state.clear()
    toast = "item.closed-toast" if before.kept.is_open else "item.closed-before-toast"
    await show(call, card_screen(texts, card), toast=texts.plain(toast))


async def reopen(
    call: CallbackQuery, callback_data: ReopenItem, member: Member, roadmaps: Roadmaps, clock: Clock, texts: Texts
) -> None:
    """«Открыть снова»."""
    card = await roadmaps.reopen(callback_data.id, by=member, now=clock())
    await show(call, card_screen(texts, card), toast=texts.plain("item.reopened-toast"))


def setup(router: Router) -> None:
    """Private screens of one item."""
    router.callback_query.register(open_item, OpenItem.filter())
    router.callback_query.register(show_history, ItemHistory.filter())
    router.callback_query.register(ask_note, CloseItem.filter())
    router.callback_query.register(close_now, CloseWithoutNote.filter())
    router.callback_query.register(reopen, ReopenItem.filter())
    router.message.register(close_with_note, Awaiting.note, is_answer)
