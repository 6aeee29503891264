"""Entering a survey: «Пройти опрос» under any message, the ones that wait, and those that are filled in elsewhere."""

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.form import Forms
from actions.survey_answer import Door, SurveyAnswers
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.completion import in_own_chat
from handlers.form import await_answer
from handlers.form_screen import page_screen
from handlers.picking import label
from handlers.presses.survey_answer import EnterSurvey, PassedSurvey, WaitingSurveys
from handlers.show import Screen, send_beside, show
from handlers.start import back_to_menu, never_mind, stranger_pressed
from handlers.where import from_stranger, is_answer
from texts import Texts

_SCHOOLS = 7


async def enter(
    call: CallbackQuery,
    callback_data: EnterSurvey,
    bot: Bot,
    member: Member,
    survey_answers: SurveyAnswers,
    forms: Forms,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The first question, or where it was left: a message of its own; what it was pressed under stays."""
    door = await survey_answers.enter(callback_data.id, callback_data.who, by=member, now=clock())
    state = in_own_chat(state, call, bot)
    if door.schools or door.looked.survey.is_external:
        screen = _choice(texts, door) if door.schools else external_screen(texts, door)
        if await send_beside(call, screen, texts):
            await state.clear()
        return
    page = await forms.open(door.ref, by=member, now=clock())
    if await send_beside(call, page_screen(texts, page), texts):
        await await_answer(state, door.ref)


def _choice(texts: Texts, door: Door) -> Screen:
    """For which of several schools."""
    one = door.looked.survey.id
    rows = tuple(
        (Button(label(school.name), press("survey-go", one, school.id)),) for school in door.schools[:_SCHOOLS]
    )
    return Screen(texts.html("survey.ask-school", looked=door.looked), (*rows, back_to_menu(texts)))


def external_screen(texts: Texts, door: Door) -> Screen:
    """The link, and the word that it was passed."""
    survey, text = door.looked.survey, texts.html("survey.external", looked=door.looked, answered=door.answered)
    there = (Button(texts.plain("survey.button-link"), url=survey.link),)
    did = (Button(texts.plain("survey.button-passed"), press("survey-did", survey.id, door.ref.who)),)
    return Screen(text, (there, *(() if door.answered else (did,)), back_to_menu(texts)))


async def passed(
    call: CallbackQuery,
    callback_data: PassedSurvey,
    member: Member,
    survey_answers: SurveyAnswers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Прошёл(ла)»: at once, or after the code of the last page."""
    one, who = callback_data.id, callback_data.who
    door = await survey_answers.enter(one, who, by=member, now=clock())
    if door.looked.survey.code and not door.answered:
        await state.set_state(Awaiting.survey_code)
        await state.set_data({"survey": one, "who": door.ref.who})
        await show(call, Screen(texts.html("survey.ask-code"), (never_mind(texts),)))
        return
    door = await survey_answers.passed(one, door.ref.who, "", by=member, now=clock())
    await show(call, external_screen(texts, door), toast=texts.plain("survey.sent-toast"))


async def typed_code(
    message: Message, member: Member, survey_answers: SurveyAnswers, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The code of the last page."""
    data = await state.get_data()
    door = await survey_answers.passed(
        int(data["survey"]), int(data["who"]), message.text or "", by=member, now=clock()
    )
    await state.clear()
    await show(message, external_screen(texts, door))


async def show_waiting(
    call: CallbackQuery, member: Member, survey_answers: SurveyAnswers, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Опросы»: those that wait for the person's answer."""
    await state.clear()
    found = await survey_answers.waiting(by=member, now=clock())
    rows = tuple(
        (
            Button(
                texts.plain("survey.button-enter", title=label(one.survey.title)), press("survey-go", one.survey.id, 0)
            ),
        )
        for one in found[:_SCHOOLS]
    )
    await show(call, Screen(texts.html("survey.waiting", found=found[:_SCHOOLS]), (*rows, back_to_menu(texts))))


def setup(router: Router) -> None:
    """Private screens of whoever is asked."""
    router.callback_query.register(enter, EnterSurvey.filter())
    router.callback_query.register(passed, PassedSurvey.filter())
    router.callback_query.register(show_waiting, WaitingSurveys.filter())
    router.message.register(typed_code, Awaiting.survey_code, is_answer)


def in_group() -> Router:
    """«Пройти опрос» under a notice in a group."""
    router = Router(name="survey-in-group")
    router.callback_query.register(stranger_pressed, EnterSurvey.filter(), from_stranger)
    router.callback_query.register(enter, EnterSurvey.filter())
    return router
