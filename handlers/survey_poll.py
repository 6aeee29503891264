"""«Быстрый опрос»: a question, its options, whom it asks and until when; then it is sent as it was seen."""

from datetime import timedelta

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from actions.survey_keeping import SurveyKeeping
from domain.access import Right
from domain.button import Button, press
from domain.clock import Clock
from domain.form import Question
from domain.people import Member
from domain.refusal import Refusal
from domain.survey_poll import (
    MOST_OPTIONS,
    OPTION_LIMIT,
    QUESTION_LIMIT,
    poll_form,
    poll_options,
    with_options,
    with_question,
)
from handlers.awaiting import Awaiting
from handlers.presses.survey import NewPoll, PollOptions, PollQuestion, PollUntil, PollYesNo
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.survey import show_survey
from handlers.survey_screen import back_to_survey
from handlers.where import is_answer
from texts import Texts

_NEW = 0
_USUALLY = timedelta(days=3)


async def ask_new(
    call: CallbackQuery, member: Member, survey_keeping: SurveyKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Быстрый опрос»: the question."""
    if not (await survey_keeping.all(by=member, now=clock())).keeps:
        raise Refusal("access.refused")
    await _await(state, Awaiting.poll_question, _NEW)
    text = texts.html("survey_poll.ask-question", question="", limit=QUESTION_LIMIT)
    await show(call, Screen(text, (never_mind(texts),)))


async def ask_question(
    call: CallbackQuery,
    callback_data: PollQuestion,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Вопрос»: another one."""
    one = callback_data.id
    card = await survey_keeping.card(one, by=member, now=clock(), right=Right.KEEP_SURVEYS)
    await _await(state, Awaiting.poll_question, one)
    question = card.survey.form.questions[0].text
    text = texts.html("survey_poll.ask-question", question=question, limit=QUESTION_LIMIT)
    await show(call, Screen(text, ((*back_to_survey(texts, one), *never_mind(texts)),)))


async def _await(state: FSMContext, what: State, survey_id: int) -> None:
    await state.set_state(what)
    await state.set_data({"survey": survey_id})


async def typed_question(
    message: Message, member: Member, survey_keeping: SurveyKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The question: of a new poll the options are asked then, and it is kept from now on."""
    one, text, now = int((await state.get_data())["survey"]), message.text or "", clock()
    if one != _NEW:
        card = await survey_keeping.poll(one, lambda survey: with_question(survey, text), by=member, now=now)
        await show_survey(message, card, texts, state)
        return
    made = await survey_keeping.make(poll_form(text), is_poll=True, by=member, now=now)
    card = await survey_keeping.closes(made.survey.id, made.looked.today + _USUALLY, by=member, now=now)
    await _await(state, Awaiting.poll_options, card.survey.id)
    await show(message, _options_screen(texts, card.survey.id, card.survey.form.questions[0]))


async def ask_options(
    call: CallbackQuery,
    callback_data: PollOptions,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Варианты»: others."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock(), right=Right.KEEP_SURVEYS)
    await _await(state, Awaiting.poll_options, callback_data.id)
    await show(call, _options_screen(texts, callback_data.id, card.survey.form.questions[0]))


def _options_screen(texts: Texts, survey_id: int, question: Question) -> Screen:
    yes_no = (Button(texts.plain("survey_poll.button-yes-no"), press("svpollyn", survey_id)),)
    text = texts.html("survey_poll.ask-options", question=question, most=MOST_OPTIONS, limit=OPTION_LIMIT)
    return Screen(text, (yes_no, (*back_to_survey(texts, survey_id), *never_mind(texts))))


async def typed_options(
    message: Message, member: Member, survey_keeping: SurveyKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """One a line."""
    one, options = int((await state.get_data())["survey"]), poll_options(message.text or "")
    card = await survey_keeping.poll(one, lambda survey: with_options(survey, options), by=member, now=clock())
    await show_survey(message, card, texts, state)


async def yes_no(
    call: CallbackQuery,
    callback_data: PollYesNo,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Да/Нет»."""
    card = await survey_keeping.poll(callback_data.id, lambda survey: with_options(survey, ()), by=member, now=clock())
    await show_survey(call, card, texts, state)


async def until(
    call: CallbackQuery,
    callback_data: PollUntil,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«До сегодня», «До завтра», «3 дня»."""
    now = clock()
    card = await survey_keeping.card(callback_data.id, by=member, now=now, right=Right.KEEP_SURVEYS)
    day = card.looked.today + timedelta(days=callback_data.days)
    card = await survey_keeping.closes(callback_data.id, day, by=member, now=now)
    await show_survey(call, card, texts, state)


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(ask_new, NewPoll.filter())
    router.callback_query.register(ask_question, PollQuestion.filter())
    router.callback_query.register(ask_options, PollOptions.filter())
    router.callback_query.register(yes_no, PollYesNo.filter())
    router.callback_query.register(until, PollUntil.filter())
    router.message.register(typed_question, Awaiting.poll_question, is_answer)
    router.message.register(typed_options, Awaiting.poll_options, is_answer)
