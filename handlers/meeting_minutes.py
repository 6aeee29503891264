"""«Итоги встречи»: what was decided is written, files are attached, everything goes to the invited."""

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.completion import FileAnswer, FileOutcome
from actions.meeting_keeping import MeetingKeeping
from actions.meeting_minutes import MeetingMinutes, MinutesView
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting import MOST_FILES, Paper
from domain.meeting_ending import MINUTES_LIMIT, Close, Ending
from domain.people import Member
from domain.refusal import Refusal
from handlers.album import Albums
from handlers.awaiting import Awaiting
from handlers.batch import Batch, answered, as_data, next_file, read_batch
from handlers.evidence import has_file
from handlers.files import as_document, sent_file
from handlers.meeting_door import file_button
from handlers.meeting_screen import back_to_meeting
from handlers.presses.meeting_door import (
    AskMinutesFiles,
    AskMinutesText,
    AskSending,
    DropMinutesFiles,
    OpenMinutes,
    SendMinutes,
)
from handlers.show import Screen, show, show_again
from handlers.where import is_answer
from texts import Texts


def minutes_screen(texts: Texts, view: MinutesView, batch: Batch | None = None) -> Screen:
    """What there is of the minutes, and what sending them will do."""
    one = view.card.one
    received = "" if batch is None else texts.html("evidence.received", batch=batch) + "\n\n"
    text = texts.html("meeting_minutes.screen", view=view, card=view.card, one=one, end=view.end)
    write = Button(texts.plain("meeting_minutes.button-text", has=bool(one.minutes_text)), press("mtetext", one.id))
    files = Button(texts.plain("meeting_minutes.button-files", count=len(one.papers)), press("mtefiles", one.id))
    send = Button(texts.plain("meeting_minutes.button-send", again=view.was_sent), press("mteask", one.id))
    go = ((send,),) if one.minutes_text or one.papers else ()
    rows = ((write, files), *go, (file_button(texts, one.id),), back_to_meeting(texts, one.id))
    return Screen(received + text, rows)


def _back(texts: Texts, meeting_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("meeting_minutes.button-back"), press("mtend", meeting_id)),)


async def open_screen(
    call: CallbackQuery,
    callback_data: OpenMinutes,
    member: Member,
    meeting_minutes: MeetingMinutes,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Итоги встречи»."""
    view = await meeting_minutes.look(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, minutes_screen(texts, view))


async def ask_text(
    call: CallbackQuery,
    callback_data: AskMinutesText,
    member: Member,
    meeting_minutes: MeetingMinutes,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Написать итоги»."""
    view = await meeting_minutes.look(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.minutes_text)
    await state.set_data({"meeting": callback_data.id})
    text = texts.html("meeting_minutes.ask-text", one=view.card.one, limit=MINUTES_LIMIT)
    await show(call, Screen(text, (_back(texts, callback_data.id),)))


async def typed(
    message: Message, member: Member, meeting_minutes: MeetingMinutes, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """What was decided."""
    meeting_id = int((await state.get_data())["meeting"])
    view = await meeting_minutes.write(meeting_id, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, minutes_screen(texts, view))


async def ask_files(
    call: CallbackQuery,
    callback_data: AskMinutesFiles,
    member: Member,
    meeting_minutes: MeetingMinutes,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Файлы»."""
    one = (await meeting_minutes.look(callback_data.id, by=member, now=clock())).card.one
    await state.set_state(Awaiting.minutes_files)
    await state.set_data({"meeting": one.id})
    drop = (Button(texts.plain("meeting_minutes.button-drop"), press("mtedrop", one.id)),)
    rows = (*((drop,) if one.papers else ()), _back(texts, one.id))
    await show(call, Screen(texts.html("meeting_minutes.ask-files", one=one, limit=MOST_FILES), rows))


async def drop_files(
    call: CallbackQuery,
    callback_data: DropMinutesFiles,
    member: Member,
    meeting_keeping: MeetingKeeping,
    meeting_minutes: MeetingMinutes,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Убрать файлы»."""
    await meeting_minutes.look(callback_data.id, by=member, now=clock())
    await meeting_keeping.detach(callback_data.id, Paper.MINUTES, by=member, now=clock())
    await state.clear()
    view = await meeting_minutes.look(callback_data.id, by=member, now=clock())
    await show(call, minutes_screen(texts, view), toast=texts.plain("meeting_minutes.dropped-toast"))


async def received(
    message: Message,
    bot: Bot,
    member: Member,
    meeting_keeping: MeetingKeeping,
    meeting_minutes: MeetingMinutes,
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
    await meeting_minutes.look(meeting_id, by=member, now=now)
    batch, name = next_file(read_batch(data), message.media_group_id, now), sent.name or texts.plain("evidence.photo")
    try:
        file, source = await as_document(message, bot, sent)
        await meeting_keeping.attach(meeting_id, Paper.MINUTES, file, source, by=member, now=now)
        batch = answered(texts, batch, name, FileAnswer(FileOutcome.KEPT), is_photo=False)
    except Refusal as why:
        batch = answered(texts, batch, name, FileAnswer(FileOutcome.REFUSED, why=why), is_photo=False)
    view = await meeting_minutes.look(meeting_id, by=member, now=now)
    shown = await show_again(message, minutes_screen(texts, view, batch), batch.message)
    await state.set_data({"meeting": meeting_id, "batch": as_data(batch) | {"message": shown}})


async def not_files(message: Message, texts: Texts, state: FSMContext) -> None:
    """Something that is no file."""
    meeting_id = int((await state.get_data())["meeting"])
    await show(message, Screen(texts.html("meeting_minutes.not-words"), (_back(texts, meeting_id),)))


async def ask_sending(
    call: CallbackQuery,
    callback_data: AskSending,
    member: Member,
    meeting_minutes: MeetingMinutes,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Разослать итоги»: to how many, and what becomes of the item."""
    view = await meeting_minutes.ready(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, sending_screen(texts, view))


def sending_screen(texts: Texts, view: MinutesView) -> Screen:
    """Asked before it goes; whether to close the item is theirs to decide."""
    one, number = view.card.one, view.card.kept.item.number if view.card.kept else 0
    choices = (("again", Close.OPEN),) if view.was_sent else _CHOICES[view.end.how]
    rows = tuple(
        (Button(texts.plain(f"meeting_minutes.button-sure-{name}", number=number), _sending(view, close)),)
        for name, close in choices
    )
    text = texts.html("meeting_minutes.ask-send", view=view, card=view.card, one=one, end=view.end)
    return Screen(text, (*rows, _back(texts, one.id)))


def _sending(view: MinutesView, close: Close) -> str:
    return press("mtesend", view.card.one.id, view.seen, close)


_CHOICES: dict[Ending, tuple[tuple[str, Close], ...]] = {
    Ending.NOTHING: (("plain", Close.OPEN),),
    Ending.NOT_YOURS: (("plain", Close.OPEN),),
    Ending.COUNTED: (("counted", Close.FITTING), ("uncounted", Close.OPEN)),
    Ending.CLOSES: (("closes", Close.FITTING), ("open", Close.OPEN)),
    Ending.LACKS: (("open", Close.OPEN), ("anyway", Close.ANYWAY)),
}
"""What is offered, by what sending does to the item; the first is the usual one."""


async def send(
    call: CallbackQuery,
    callback_data: SendMinutes,
    member: Member,
    meeting_minutes: MeetingMinutes,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Разослать»; twice is once."""
    await state.clear()
    one = callback_data
    view = await meeting_minutes.send(one.id, one.seen, one.close, by=member, now=clock())
    if view.told is None:
        toast = texts.plain("meeting_minutes.sent-before-toast")
    else:
        toast = texts.plain("meeting_minutes.sent-toast", count=view.told)
    await show(call, minutes_screen(texts, view), toast=toast)


def setup(router: Router) -> None:
    """Private screens of whoever leads."""
    router.callback_query.register(open_screen, OpenMinutes.filter())
    router.callback_query.register(ask_text, AskMinutesText.filter())
    router.callback_query.register(ask_files, AskMinutesFiles.filter())
    router.callback_query.register(drop_files, DropMinutesFiles.filter())
    router.callback_query.register(ask_sending, AskSending.filter())
    router.callback_query.register(send, SendMinutes.filter())
    router.message.register(typed, Awaiting.minutes_text, is_answer)
    router.message.register(received, Awaiting.minutes_files, has_file)
    router.message.register(not_files, Awaiting.minutes_files, is_answer)
