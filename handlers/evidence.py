"""What is attached to a confirmation while it is open: files at once, links, texts and orders as they are typed."""

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.completion import Completions, FileAnswer
from actions.draft import DraftView
from channels.telegram import TelegramFiles
from domain.button import Button, press
from domain.clock import Clock
from domain.evidence import EvidenceKind
from domain.people import Member
from handlers.album import Albums, is_rest_of_album, said_already
from handlers.awaiting import Awaiting
from handlers.batch import answered, as_data, next_file, read_batch
from handlers.completion import await_evidence, draft_screen
from handlers.files import sent_file
from handlers.paging import on_page, paged
from handlers.presses.evidence import AskEvidence, EvidenceList, TakeAway
from handlers.show import Screen, show, show_again
from handlers.start import back_to_menu
from handlers.where import is_answer
from texts import Texts

TYPED = {
    EvidenceKind.LINK: Awaiting.evidence_link,
    EvidenceKind.TEXT: Awaiting.evidence_text,
    EvidenceKind.ORDER: Awaiting.evidence_order,
}
"""What can be typed, and the state in which it is asked for."""
_IN_ROW, _ROWS = 3, 5
"""Numbers to be taken away, on a page."""


async def has_file(message: Message) -> bool:
    """A message with something to be kept."""
    return any((message.document, message.photo, message.video, message.audio, message.voice, message.video_note))


def _back_to_draft(texts: Texts, completion_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("evidence.button-back"), press("draft", completion_id)),)


async def ask(
    call: CallbackQuery,
    callback_data: AskEvidence,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Ссылка», «Текст», «Приказ №»."""
    view = await completions.look(callback_data.id, by=member, now=clock())
    if not view.is_open:
        await state.clear()
        await show(call, draft_screen(texts, view))
        return
    await state.set_state(TYPED[EvidenceKind(callback_data.kind)])
    await state.set_data({"completion": callback_data.id})
    text = texts.html(f"evidence.ask-{callback_data.kind}")
    await show(call, Screen(text, (_back_to_draft(texts, callback_data.id),)))


async def typed(
    message: Message, member: Member, completions: Completions, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """What was asked for; unasked, a link is a link, an order an order, and anything else a text."""
    one, text = int((await state.get_data())["completion"]), message.text or ""
    add = {
        Awaiting.evidence_link.state: completions.add_link,
        Awaiting.evidence_text.state: completions.add_text,
        Awaiting.evidence_order.state: completions.add_order,
    }.get(await state.get_state(), completions.add_typed)
    view = await add(one, text, by=member, now=clock())
    await await_evidence(state, view)
    await show(message, draft_screen(texts, view))


async def received(
    message: Message,
    bot: Bot,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
    albums: Albums,
) -> None:
    """A file is attached at once; those that come together are answered with one message."""
    data, sent = await state.get_data(), sent_file(message, texts)
    assert sent is not None  # noqa: S101  the filter has seen it
    albums.is_rest(message)  # what is said of an album when its draft is gone is said once
    one, now = int(data["completion"]), clock()
    answer = await completions.add_file(one, sent, TelegramFiles(bot), by=member, now=now)
    if answer.view is None:
        await state.clear()
        await _cannot_add(message, answer, texts)
        return
    batch = next_file(read_batch(data), message.media_group_id, now)
    batch = answered(texts, batch, sent.name or texts.plain("evidence.photo"), answer, is_photo=sent.is_photo)
    shown = await show_again(message, draft_screen(texts, answer.view, batch), batch.message)
    await state.set_state(Awaiting.evidence)
    await state.set_data({"completion": one, "batch": as_data(batch) | {"message": shown}})


async def _cannot_add(message: Message, answer: FileAnswer, texts: Texts) -> None:
    """The draft cannot be changed any more; the files that follow are not asked for."""
    assert answer.why is not None  # noqa: S101  there is a reason where there is no draft
    text = texts.html(answer.why.reason, **answer.why.details)
    await show(message, Screen(text, (back_to_menu(texts),)))


async def not_evidence(message: Message, texts: Texts, state: FSMContext) -> None:
    """Something that can be neither kept nor read."""
    one = int((await state.get_data())["completion"])
    await show(message, Screen(texts.html("evidence.not-evidence"), (_back_to_draft(texts, one),)))


async def unasked(message: Message, texts: Texts) -> None:
    """A file that nobody asked for: what it belongs to is chosen first."""
    confirm = (Button(texts.plain("completion.button-confirm"), press("toconfirm", 0)),)
    await show(message, Screen(texts.html("evidence.unasked"), (confirm, back_to_menu(texts))))


async def show_list(
    call: CallbackQuery,
    callback_data: EvidenceList,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Убрать …»: which by its number."""
    view = await completions.look(callback_data.id, by=member, now=clock())
    await show(call, _list_screen(texts, view, callback_data.page))


def _list_screen(texts: Texts, view: DraftView, page: int) -> Screen:
    one, pieces = view.completion.id, list(enumerate(view.completion.evidence, 1))
    if not pieces or not view.is_open:
        return draft_screen(texts, view)
    buttons = [
        Button(texts.plain("evidence.button-number", number=number), press("unproof", one, piece.id))
        for number, piece in pieces
    ]
    rows = [tuple(buttons[start : start + _IN_ROW]) for start in range(0, len(buttons), _IN_ROW)]
    shown = paged(texts, rows, page, lambda other: press("proofs", one, other), _ROWS)
    on_this, number, pages = on_page(pieces, page, _ROWS * _IN_ROW)
    text = texts.html("evidence.list", pieces=on_this, page=number, pages=pages)
    return Screen(text, (*shown, _back_to_draft(texts, one)))


async def take_away(
    call: CallbackQuery,
    callback_data: TakeAway,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One piece of it."""
    view = await completions.take_away(callback_data.id, callback_data.evidence, by=member, now=clock())
    await await_evidence(state, view)
    await show(call, draft_screen(texts, view), toast=texts.plain("evidence.taken-away-toast"))


async def _is_other(message: Message) -> bool:
    return not message.text


def setup(router: Router) -> None:
    """Private screens; a file that nobody asked for is answered too."""
    router.callback_query.register(ask, AskEvidence.filter(F.kind.in_(set(TYPED))))
    router.callback_query.register(show_list, EvidenceList.filter())
    router.callback_query.register(take_away, TakeAway.filter())
    asked = StateFilter(Awaiting.evidence, *TYPED.values())
    router.message.register(typed, asked, is_answer)
    router.message.register(received, asked, has_file)
    router.message.register(not_evidence, asked, _is_other)
    router.message.register(said_already, StateFilter(None), has_file, is_rest_of_album)
    router.message.register(unasked, StateFilter(None), has_file)
