"""«Опросы» of whoever keeps or watches them: the list, one survey, and how it looks to whoever is asked."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.survey_card import SurveyCard, SurveyList
from actions.survey_keeping import SurveyKeeping
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.paging import on_page, paged, turning
from handlers.picking import label
from handlers.presses.menu import Go
from handlers.presses.survey import OpenSurvey, SurveysPage, TrySurvey, TrySurveyPage
from handlers.show import Screen, show
from handlers.start import back_to_menu
from handlers.survey_screen import back_to_survey, facts, survey_screen
from texts import Texts

_LISTED = 5
_TRIED = 4
"""Questions of a page: with their options and hints they stay within a message."""


async def show_surveys(
    call: CallbackQuery, member: Member, survey_keeping: SurveyKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Опросы»."""
    await state.clear()
    await show(call, list_screen(texts, await survey_keeping.all(by=member, now=clock()), 0))


async def turn_surveys(
    call: CallbackQuery,
    callback_data: SurveysPage,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page."""
    await show(call, list_screen(texts, await survey_keeping.all(by=member, now=clock()), callback_data.page))


def list_screen(texts: Texts, found: SurveyList, page: int) -> Screen:
    """The newest first, with where each is and the share of answers."""
    shown, number, pages = on_page(found.lines, page, _LISTED)
    rows = [(Button(label(one.looked.survey.title), press("survey", one.looked.survey.id)),) for one in found.lines]
    turned = paged(texts, rows, page, lambda other: press("surveys", other), _LISTED)
    new = (
        Button(texts.plain("survey_keeping.button-new"), press("svnew", 0)),
        Button(texts.plain("survey_keeping.button-poll"), press("svpoll")),
    )
    text = texts.html("survey_keeping.list", found=found, shown=shown, page=number, pages=pages)
    return Screen(text, (*((new,) if found.keeps else ()), *turned, back_to_menu(texts)))


async def open_survey(
    call: CallbackQuery,
    callback_data: OpenSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One survey."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, survey_screen(texts, card))


async def show_survey(
    event: Message | CallbackQuery, card: SurveyCard, texts: Texts, state: FSMContext, *, toast: str | None = None
) -> None:
    """The card after something was changed; nothing is awaited any more."""
    await state.clear()
    await show(event, survey_screen(texts, card), toast=toast)


async def try_survey(
    call: CallbackQuery,
    callback_data: TrySurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Посмотреть как участник»."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock())
    await show(call, tried_screen(texts, card, 0))


async def turn_tried(
    call: CallbackQuery,
    callback_data: TrySurveyPage,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of the questions."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock())
    await show(call, tried_screen(texts, card, callback_data.page))


def tried_screen(texts: Texts, card: SurveyCard, page: int) -> Screen:
    """The questions with their options as text; nothing can be answered."""
    one, form = card.survey.id, card.survey.form
    shown, number, pages = on_page(form.questions, page, _TRIED)
    numbers = {question.id: place for place, question in enumerate(form.questions, 1)}
    conditions = {question.id: question.when and form.question(question.when.question) for question in shown}
    text = texts.html(
        "survey_keeping.tried",
        shown=shown,
        numbers=numbers,
        conditions=conditions,
        page=number,
        pages=pages,
        **facts(card),
    )
    turns = turning(texts, len(form.questions), page, lambda other: press("svtryp", one, other), _TRIED)
    return Screen(text, (*((turns,) if turns else ()), back_to_survey(texts, one)))


def setup(router: Router) -> None:
    """Private screens of whoever sees surveys."""
    router.callback_query.register(show_surveys, Go.filter(F.section == "surveys"))
    router.callback_query.register(turn_surveys, SurveysPage.filter())
    router.callback_query.register(open_survey, OpenSurvey.filter())
    router.callback_query.register(try_survey, TrySurvey.filter())
    router.callback_query.register(turn_tried, TrySurveyPage.filter())
