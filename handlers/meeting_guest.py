"""«Мои встречи» of everybody: the list, one of them, and what they answer."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.meeting_answer import MeetingAnswers, OwnMeeting
from channels.telegram import TELEGRAM, TelegramChannel
from domain.clock import Clock
from domain.meeting import Coming
from domain.outbox import ChatAddress, Failure, Outgoing
from domain.people import Member
from domain.refusal import Refusal
from handlers.awaiting import Awaiting
from handlers.meeting_guest_screen import card_screen, list_screen, question_screen
from handlers.presses.meeting_guest import (
    OpenOwnMeeting,
    OwnMeetingCard,
    OwnMeetingFiles,
    OwnMeetingsPage,
    SayComing,
    SayWhy,
    SetComing,
)
from handlers.presses.menu import Go
from handlers.show import send_beside, send_private, show
from handlers.where import is_answer
from texts import Texts


def _toast(texts: Texts, own: OwnMeeting, coming: Coming, *, is_new: bool) -> str:
    return texts.plain(f"meeting_guest.said-{coming if is_new else 'before'}-toast", own=own, one=own.one)


# --- Looking ----------------------------------------------------------------------------------------------------------


async def show_list(
    call: CallbackQuery, member: Member, meeting_answers: MeetingAnswers, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Мои встречи»."""
    found = await meeting_answers.mine(by=member, now=clock())
    await state.clear()
    await show(call, list_screen(texts, found, 0))


async def turn_list(
    call: CallbackQuery,
    callback_data: OwnMeetingsPage,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page."""
    found = await meeting_answers.mine(by=member, now=clock())
    await show(call, list_screen(texts, found, callback_data.page))


async def open_below(
    call: CallbackQuery,
    callback_data: OpenOwnMeeting,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Подробнее»: what was pressed stays as it is."""
    own = await meeting_answers.card(callback_data.id, by=member, now=clock())
    await state.clear()
    await send_beside(call, card_screen(texts, own), texts)


async def open_one(
    call: CallbackQuery,
    callback_data: OwnMeetingCard,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One of the list."""
    own = await meeting_answers.card(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, card_screen(texts, own))


async def send_files(
    call: CallbackQuery,
    callback_data: OwnMeetingFiles,
    bot: Bot,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Материалы», «Файлы итогов»: once more, whatever became of the message they came with."""
    own = await meeting_answers.card(callback_data.id, by=member, now=clock())
    files = await meeting_answers.papers(callback_data.id, callback_data.paper, by=member, now=clock())
    words = texts.html(f"meeting_guest.files-{callback_data.paper}", one=own.one)
    sending = TelegramChannel(bot).send(Outgoing(ChatAddress(TELEGRAM, call.from_user.id), words, files=tuple(files)))
    async with asyncio.TaskGroup() as group:  # in a task of its own, as each sender is
        outcome = group.create_task(sending)
    if isinstance(outcome.result(), Failure):
        raise Refusal("meeting_guest.not-sent")
    await call.answer(texts.plain("meeting_guest.files-toast", count=len(files)))


# --- Answering --------------------------------------------------------------------------------------------------------


async def say(
    call: CallbackQuery,
    callback_data: SayComing,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Under an invitation: the card, or the question, comes below it."""
    coming = callback_data.coming
    if coming is not Coming.YES:
        own = await meeting_answers.asked(callback_data.id, by=member, now=clock())
        await _await_words(state, own, coming)
        await send_beside(call, question_screen(texts, own, coming), texts)
        return
    own, is_new = await meeting_answers.answer(callback_data.id, coming, by=member, now=clock())
    await state.clear()
    if is_new or own.lacks_time:
        await send_private(call, card_screen(texts, own))
    await call.answer(_toast(texts, own, coming, is_new=is_new))


async def say_on_card(
    call: CallbackQuery,
    callback_data: SetComing,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The same on the card, in its place."""
    coming = callback_data.coming
    if coming is not Coming.YES:
        own = await meeting_answers.asked(callback_data.id, by=member, now=clock())
        await _await_words(state, own, coming)
        await show(call, question_screen(texts, own, coming))
        return
    own, is_new = await meeting_answers.answer(callback_data.id, coming, by=member, now=clock())
    await state.clear()
    await show(call, card_screen(texts, own), toast=_toast(texts, own, coming, is_new=is_new))


async def _await_words(state: FSMContext, own: OwnMeeting, coming: Coming) -> None:
    await state.set_state(Awaiting.meeting_why if coming is Coming.NO else Awaiting.meeting_other)
    await state.set_data({"meeting": own.one.id})


async def say_why(
    call: CallbackQuery,
    callback_data: SayWhy,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A reason of those offered: the question is the card then."""
    why = texts.plain(f"meeting_guest.why-{callback_data.why}")
    own, is_new = await meeting_answers.answer(callback_data.id, Coming.NO, why, by=member, now=clock())
    await state.clear()
    await show(call, card_screen(texts, own), toast=_toast(texts, own, Coming.NO, is_new=is_new))


async def typed_why(
    message: Message, member: Member, meeting_answers: MeetingAnswers, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """Why not, typed."""
    await _typed(message, Coming.NO, member, meeting_answers, clock, texts, state)


async def typed_other(
    message: Message, member: Member, meeting_answers: MeetingAnswers, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """Who comes instead, typed."""
    await _typed(message, Coming.OTHER, member, meeting_answers, clock, texts, state)


async def _typed(
    message: Message,
    coming: Coming,
    member: Member,
    meeting_answers: MeetingAnswers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    meeting_id = int((await state.get_data())["meeting"])
    own, _ = await meeting_answers.answer(meeting_id, coming, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, card_screen(texts, own))


def setup(router: Router) -> None:
    """Private screens of everybody."""
    router.callback_query.register(show_list, Go.filter(F.section == "my-meetings"))
    router.callback_query.register(turn_list, OwnMeetingsPage.filter())
    router.callback_query.register(open_below, OpenOwnMeeting.filter())
    router.callback_query.register(open_one, OwnMeetingCard.filter())
    router.callback_query.register(send_files, OwnMeetingFiles.filter())
    router.callback_query.register(say, SayComing.filter())
    router.callback_query.register(say_on_card, SetComing.filter())
    router.callback_query.register(say_why, SayWhy.filter())
    router.message.register(typed_why, Awaiting.meeting_why, is_answer)
    router.message.register(typed_other, Awaiting.meeting_other, is_answer)
