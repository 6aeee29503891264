"""Preparing a meeting and changing it: its item, what is typed of it, its length, its materials."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.completion import FileAnswer, FileOutcome
from actions.meeting_keeping import MeetingKeeping
from actions.meeting_look import MeetingCard
from actions.meeting_moves import MeetingMoves
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting import LENGTHS, MOST_FILES, Meeting, MeetingState, Paper, agenda_of, title_of, where_of
from domain.people import Member
from domain.refusal import Refusal
from domain.typed_moment import read_moment
from handlers.album import Albums
from handlers.awaiting import Awaiting
from handlers.batch import answered, as_data, next_file, read_batch
from handlers.evidence import has_file
from handlers.files import as_document, sent_file
from handlers.meeting_screen import back_to_meeting, meeting_screen, to_meetings
from handlers.paging import paged
from handlers.picking import label
from handlers.presses.meeting import (
    AskLength,
    AskMaterials,
    AskMeetingField,
    BindMeeting,
    ChangeMeeting,
    DropMaterials,
    MeetingField,
    MeetingItems,
    SetLength,
)
from handlers.show import Screen, show, show_again
from handlers.where import is_answer
from texts import Texts

Change = Callable[[Meeting], Meeting]
_ITEMS = 5


async def show_items(
    call: CallbackQuery,
    callback_data: MeetingItems,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Новая встреча», «Пункт»: of which item it is."""
    await state.clear()
    one, found = callback_data.id, await meeting_keeping.items(by=member, now=clock())
    rows = []
    for kept, roadmap in found:
        said = label(texts.plain("meeting_new.button-item", item=kept.item, year=roadmap.year))
        rows.append((Button(said, press("mtitem", one, kept.id)),))
    turned = paged(texts, rows, callback_data.page, lambda page: press("mtitems", one, page), _ITEMS)
    none = (Button(texts.plain("meeting_new.button-no-item"), press("mtitem", one, 0)),)
    back = back_to_meeting(texts, one) if one else to_meetings(texts)
    await show(call, Screen(texts.html("meeting_new.ask-item", found=found, is_new=not one), (*turned, none, back)))


async def bind(
    call: CallbackQuery,
    callback_data: BindMeeting,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """An item, or none: a new meeting begins with that, and what people must know is asked at once."""
    item, now = callback_data.item or None, clock()
    if callback_data.id:
        card = await meeting_keeping.bind(callback_data.id, item, by=member, now=now)
    else:
        made = await meeting_keeping.make(item, by=member, now=now)
        card = await meeting_keeping.card(made, by=member, now=now)
    await _go_on(call, card, texts, state)


async def _go_on(event: Message | CallbackQuery, card: MeetingCard, texts: Texts, state: FSMContext) -> None:
    """The next thing that people must know of a draft; its card when they can know all."""
    field = _missing(card.one)
    if field is None:
        await state.clear()
        await show(event, meeting_screen(texts, card))
    else:
        await _ask(event, card, field, texts, state)


def _missing(one: Meeting) -> MeetingField | None:
    if one.state is not MeetingState.DRAFT:
        return None
    if not one.title:
        return MeetingField.TITLE
    if one.starts_at is None and not one.is_by_slots:
        return MeetingField.TIME
    return None if one.place or one.link else MeetingField.WHERE


async def ask_field(
    call: CallbackQuery,
    callback_data: AskMeetingField,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Название», «Когда», «Где», «Повестка»."""
    card = await meeting_keeping.card(callback_data.id, by=member, now=clock())
    if card.one.state not in (MeetingState.DRAFT, MeetingState.CALLED):
        raise Refusal("meeting.over")
    if card.one.is_by_slots and callback_data.field is MeetingField.TIME:
        raise Refusal("meeting.move-slots")
    await _ask(call, card, callback_data.field, texts, state)


async def _ask(
    event: Message | CallbackQuery, card: MeetingCard, field: MeetingField, texts: Texts, state: FSMContext
) -> None:
    await state.set_state(Awaiting.meeting_field)
    await state.set_data({"meeting": card.one.id, "field": str(field)})
    text = texts.html(f"meeting_new.ask-{field}", card=card, one=card.one)
    await show(event, Screen(text, (back_to_meeting(texts, card.one.id),)))


async def typed(
    message: Message,
    member: Member,
    meeting_keeping: MeetingKeeping,
    meeting_moves: MeetingMoves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """What was asked for. Where people were called already, they hear of it."""
    data, now = await state.get_data(), clock()
    change = _typed(MeetingField(data["field"]), message.text or "", now, meeting_keeping.zone)
    await _go_on(message, await meeting_moves.amend(int(data["meeting"]), change, by=member, now=now), texts, state)


def _typed(field: MeetingField, text: str, now: datetime, zone: ZoneInfo) -> Change:
    match field:
        case MeetingField.TITLE:
            title = title_of(text)
            return lambda one: replace(one, title=title)
        case MeetingField.TIME:
            moment = read_moment(text, now=now, zone=zone)
            return lambda one: replace(one, starts_at=moment)
        case MeetingField.WHERE:
            place, link = where_of(text)
            return lambda one: replace(one, place=place, link=link)
    agenda = agenda_of(text)
    return lambda one: replace(one, agenda=agenda)


async def ask_length(
    call: CallbackQuery,
    callback_data: AskLength,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Сколько длится»."""
    card = await meeting_keeping.card(callback_data.id, by=member, now=clock())
    buttons = [
        Button(texts.plain("meeting_new.button-length", minutes=one), press("mtlong", card.one.id, one))
        for one in LENGTHS
    ]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    text = texts.html("meeting_new.ask-length", card=card, one=card.one)
    await show(call, Screen(text, (*rows, back_to_meeting(texts, card.one.id))))


async def set_length(
    call: CallbackQuery,
    callback_data: SetLength,
    member: Member,
    meeting_moves: MeetingMoves,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """So many minutes."""
    if callback_data.minutes not in LENGTHS:
        raise Refusal("meeting.no-words")
    minutes = callback_data.minutes
    card = await meeting_moves.amend(
        callback_data.id, lambda one: replace(one, minutes=minutes), by=member, now=clock()
    )
    await _go_on(call, card, texts, state)


async def show_changes(
    call: CallbackQuery,
    callback_data: ChangeMeeting,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Изменить» what people were called to."""
    card = await meeting_keeping.card(callback_data.id, by=member, now=clock())
    if not card.one.is_ahead:
        raise Refusal("meeting.over")
    title, time, where, agenda = (
        Button(texts.plain(f"meeting.button-{field}"), press("mtask", card.one.id, field)) for field in MeetingField
    )
    length = Button(texts.plain("meeting.button-length"), press("mtlen", card.one.id))
    slots = Button(texts.plain("meeting.button-slots"), press("mtplan", card.one.id))
    times = (slots,) if card.one.is_by_slots else (time, length, slots)
    rows = (times, (where, agenda), (title,), back_to_meeting(texts, card.one.id))
    await show(call, Screen(texts.html("meeting_new.changes", card=card, one=card.one), rows))


async def ask_files(
    call: CallbackQuery,
    callback_data: AskMaterials,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Материалы»."""
    card = await meeting_keeping.card(callback_data.id, by=member, now=clock())
    if card.one.state is not MeetingState.DRAFT:
        raise Refusal("meeting.called-already")
    await state.set_state(Awaiting.meeting_files)
    await state.set_data({"meeting": card.one.id})
    drop = (Button(texts.plain("broadcast_new.button-drop"), press("mtnofiles", card.one.id)),)
    rows = (*((drop,) if card.one.materials else ()), back_to_meeting(texts, card.one.id))
    await show(call, Screen(texts.html("meeting_new.ask-files", one=card.one, limit=MOST_FILES), rows))


async def drop_files(
    call: CallbackQuery,
    callback_data: DropMaterials,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Убрать файлы»."""
    card = await meeting_keeping.detach(callback_data.id, Paper.MATERIAL, by=member, now=clock())
    await state.clear()
    await show(call, meeting_screen(texts, card), toast=texts.plain("broadcast_new.dropped-toast"))


async def received(
    message: Message,
    bot: Bot,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
    albums: Albums,
) -> None:
    """A file; those that come together are answered with one message."""
    data, sent, now = await state.get_data(), sent_file(message, texts), clock()
    assert sent is not None  # noqa: S101  the filter has seen it
    albums.is_rest(message)
    meeting_id = int(data["meeting"])
    card = await meeting_keeping.card(meeting_id, by=member, now=now)
    batch, name = next_file(read_batch(data), message.media_group_id, now), sent.name or texts.plain("evidence.photo")
    try:
        file, source = await as_document(message, bot, sent)
        card = await meeting_keeping.attach(meeting_id, Paper.MATERIAL, file, source, by=member, now=now)
        batch = answered(texts, batch, name, FileAnswer(FileOutcome.KEPT), is_photo=False)
    except Refusal as why:
        batch = answered(texts, batch, name, FileAnswer(FileOutcome.REFUSED, why=why), is_photo=False)
    shown = await show_again(message, meeting_screen(texts, card, batch), batch.message)
    await state.set_data({"meeting": meeting_id, "batch": as_data(batch) | {"message": shown}})


def setup(router: Router) -> None:
    """Private screens of whoever holds meetings."""
    router.callback_query.register(show_items, MeetingItems.filter())
    router.callback_query.register(bind, BindMeeting.filter())
    router.callback_query.register(ask_field, AskMeetingField.filter())
    router.callback_query.register(ask_length, AskLength.filter())
    router.callback_query.register(set_length, SetLength.filter())
    router.callback_query.register(show_changes, ChangeMeeting.filter())
    router.callback_query.register(ask_files, AskMaterials.filter())
    router.callback_query.register(drop_files, DropMaterials.filter())
    router.message.register(typed, Awaiting.meeting_field, is_answer)
    router.message.register(received, Awaiting.meeting_files, has_file)
