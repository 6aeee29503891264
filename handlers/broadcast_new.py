"""Composing an announcement: what is written and sent while its draft is open, when it goes, how it will arrive."""

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.broadcast_keeping import BroadcastKeeping
from actions.broadcast_look import BroadcastCard
from actions.completion import FileAnswer, FileOutcome
from domain.broadcast import MOST_FILES, TEXT_LIMIT, Timing
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.refusal import Refusal
from domain.typed_moment import read_moment
from handlers.album import Albums
from handlers.awaiting import Awaiting
from handlers.batch import Batch, answered, as_data, next_file, read_batch
from handlers.broadcast import await_words, show_card
from handlers.broadcast_screen import back_to_card, broadcast_screen, facts
from handlers.evidence import has_file
from handlers.files import as_document, sent_file
from handlers.formatting import html_of
from handlers.presses.broadcast import (
    AskBroadcastFiles,
    AskBroadcastText,
    AskBroadcastTime,
    DropBroadcastFiles,
    NewBroadcast,
    SetBroadcastTime,
    SwitchAck,
    SwitchQuiet,
)
from handlers.show import Screen, show, show_again
from handlers.where import is_answer
from texts import Texts


async def begin(
    call: CallbackQuery,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Новое объявление»: its text is asked for at once."""
    made = await broadcast_keeping.make(by=member, now=clock())
    card = await broadcast_keeping.draft(made, by=member, now=clock())
    await await_words(state, card)
    await show(call, _words_screen(texts, card))


def _words_screen(texts: Texts, card: BroadcastCard) -> Screen:
    return Screen(
        texts.html("broadcast_new.ask-text", limit=TEXT_LIMIT, **facts(card)), (back_to_card(texts, card.one.id),)
    )


async def ask_text(
    call: CallbackQuery,
    callback_data: AskBroadcastText,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Текст»."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await await_words(state, card)
    await show(call, _words_screen(texts, card))


async def ask_files(
    call: CallbackQuery,
    callback_data: AskBroadcastFiles,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Файлы»."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await await_words(state, card)
    drop = (Button(texts.plain("broadcast_new.button-drop"), press("bcnofiles", card.one.id)),)
    rows = (*((drop,) if card.one.files else ()), back_to_card(texts, card.one.id))
    await show(call, Screen(texts.html("broadcast_new.ask-files", limit=MOST_FILES, **facts(card)), rows))


async def drop_files(
    call: CallbackQuery,
    callback_data: DropBroadcastFiles,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Убрать файлы»."""
    card = await broadcast_keeping.detach(callback_data.id, by=member, now=clock())
    await show_card(call, card, texts, state, toast=texts.plain("broadcast_new.dropped-toast"))


async def typed(
    message: Message, member: Member, broadcast_keeping: BroadcastKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The words, in place of those before."""
    one = int((await state.get_data())["broadcast"])
    card = await broadcast_keeping.write(one, html_of(message), by=member, now=clock())
    await await_words(state, card)
    await show(message, broadcast_screen(texts, card))


async def received(
    message: Message,
    bot: Bot,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
    albums: Albums,
) -> None:
    """A file goes along; those that come together are answered with one message. What is written under it is the text
    of an announcement that has none yet."""
    data, sent, now = await state.get_data(), sent_file(message, texts), clock()
    assert sent is not None  # noqa: S101  the filter has seen it
    albums.is_rest(message)
    one = int(data["broadcast"])
    card = await broadcast_keeping.draft(one, by=member, now=now)
    batch, name = next_file(read_batch(data), message.media_group_id, now), sent.name or texts.plain("evidence.photo")
    try:
        card = await broadcast_keeping.attach(one, *await as_document(message, bot, sent), by=member, now=now)
        batch = answered(texts, batch, name, FileAnswer(FileOutcome.KEPT), is_photo=False)
        if message.caption and not card.one.text:
            card = await broadcast_keeping.write(one, html_of(message), by=member, now=now)
    except Refusal as why:
        batch = answered(texts, batch, name, FileAnswer(FileOutcome.REFUSED, why=why), is_photo=False)
    await _show_received(message, card, batch, texts, state)


async def _show_received(message: Message, card: BroadcastCard, batch: Batch, texts: Texts, state: FSMContext) -> None:
    shown = await show_again(message, broadcast_screen(texts, card, batch), batch.message)
    await state.set_data({"broadcast": card.one.id, "batch": as_data(batch) | {"message": shown}})


async def not_words(message: Message, texts: Texts, state: FSMContext) -> None:
    """Something that can be neither sent on nor read."""
    one = int((await state.get_data())["broadcast"])
    await show(message, Screen(texts.html("broadcast_new.not-words"), (back_to_card(texts, one),)))


async def switch_ack(
    call: CallbackQuery,
    callback_data: SwitchAck,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Ознакомлен(а): да/нет»."""
    card = await broadcast_keeping.switch(callback_data.id, ack=callback_data.on, by=member, now=clock())
    await show_card(call, card, texts, state)


async def switch_quiet(
    call: CallbackQuery,
    callback_data: SwitchQuiet,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Без звука»."""
    card = await broadcast_keeping.switch(callback_data.id, quiet=callback_data.on, by=member, now=clock())
    await show_card(call, card, texts, state)


async def ask_time(
    call: CallbackQuery,
    callback_data: AskBroadcastTime,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Когда»: a day and a time may be typed."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.broadcast_time)
    await state.set_data({"broadcast": card.one.id})
    buttons = tuple(
        Button(texts.plain(f"broadcast_new.button-{one}"), press("bctime", card.one.id, one))
        for one in (Timing.NOW, Timing.HOURS)
    )
    await show(
        call, Screen(texts.html("broadcast_new.ask-time", **facts(card)), (buttons, back_to_card(texts, card.one.id)))
    )


async def set_time(
    call: CallbackQuery,
    callback_data: SetBroadcastTime,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Сейчас», «В рабочее время»."""
    card = await broadcast_keeping.time(callback_data.id, callback_data.timing, by=member, now=clock())
    await show_card(call, card, texts, state)


async def typed_time(
    message: Message, member: Member, broadcast_keeping: BroadcastKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A day with a time."""
    one, now = int((await state.get_data())["broadcast"]), clock()
    zone = (await broadcast_keeping.draft(one, by=member, now=now)).zone
    at = read_moment(message.text or "", now=now, zone=zone)
    card = await broadcast_keeping.time(one, Timing.AT, at, by=member, now=now)
    await await_words(state, card)
    await show(message, broadcast_screen(texts, card))


async def _is_other(message: Message) -> bool:
    return not message.text


def setup(router: Router) -> None:
    """Private screens of whoever announces."""
    router.callback_query.register(begin, NewBroadcast.filter())
    router.callback_query.register(ask_text, AskBroadcastText.filter())
    router.callback_query.register(ask_files, AskBroadcastFiles.filter())
    router.callback_query.register(drop_files, DropBroadcastFiles.filter())
    router.callback_query.register(switch_ack, SwitchAck.filter())
    router.callback_query.register(switch_quiet, SwitchQuiet.filter())
    router.callback_query.register(ask_time, AskBroadcastTime.filter())
    router.callback_query.register(set_time, SetBroadcastTime.filter())
    router.message.register(typed, Awaiting.broadcast, is_answer)
    router.message.register(received, Awaiting.broadcast, has_file)
    router.message.register(not_words, Awaiting.broadcast, _is_other)
    router.message.register(typed_time, Awaiting.broadcast_time, is_answer)
