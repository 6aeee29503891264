"""Launching a survey, closing it, cancelling it; copying it and deleting a draft."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.survey_card import SurveyCard
from actions.survey_keeping import SurveyKeeping
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.refusal import Refusal
from domain.survey_change import stamp
from handlers.presses.survey import CancelSurvey, CloseSurvey, CopySurvey, DeleteSurvey, LaunchForSure, LaunchSurvey
from handlers.show import Screen, show
from handlers.survey import list_screen, show_survey
from handlers.survey_keeping import KEEP
from handlers.survey_screen import back_to_survey, facts
from texts import Texts


async def copy(
    call: CallbackQuery,
    callback_data: CopySurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Копия»: a draft."""
    card = await survey_keeping.copy(callback_data.id, by=member, now=clock())
    await show_survey(call, card, texts, state, toast=texts.plain("survey_keeping.copied-toast"))


async def ask_launch(
    call: CallbackQuery,
    callback_data: LaunchSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Запустить»: what will happen then."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock(), right=KEEP)
    if card.looked.window is None:
        raise Refusal("survey_keeping.no-window")
    if not card.count:
        raise Refusal("survey_keeping.nobody")
    one = card.survey.id
    sure = (Button(texts.plain("survey_keeping.button-launch-sure"), press("svgo", one, stamp(card.survey))),)
    text = texts.html("survey_keeping.launch", card=card, **facts(card))
    await show(call, Screen(text, (sure, back_to_survey(texts, one))))


async def launch(
    call: CallbackQuery,
    callback_data: LaunchForSure,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Launched; how many are written to."""
    card, told = await survey_keeping.launch(callback_data.id, seen=callback_data.seen, by=member, now=clock())
    toast = texts.plain("survey_keeping.launched-toast", told=told, looked=card.looked)
    await show_survey(call, card, texts, state, toast=toast)


async def close(
    call: CallbackQuery,
    callback_data: CloseSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Закрыть сейчас»."""
    one = callback_data.id
    if not callback_data.sure:
        card = await survey_keeping.card(one, by=member, now=clock(), right=KEEP)
        await show(call, _sure(texts, card, "close", press("svclose", one, 1)))
        return
    card = await survey_keeping.close(one, by=member, now=clock())
    await show_survey(call, card, texts, state, toast=texts.plain("survey_keeping.closed-toast"))


async def cancel(
    call: CallbackQuery,
    callback_data: CancelSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отменить опрос»."""
    one = callback_data.id
    if not callback_data.sure:
        card = await survey_keeping.card(one, by=member, now=clock(), right=KEEP)
        await show(call, _sure(texts, card, "cancel", press("svcancel", one, 1)))
        return
    card = await survey_keeping.cancel(one, by=member, now=clock())
    await show_survey(call, card, texts, state, toast=texts.plain("survey_keeping.cancelled-toast"))


async def delete(
    call: CallbackQuery,
    callback_data: DeleteSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Удалить черновик»."""
    one, now = callback_data.id, clock()
    if not callback_data.sure:
        card = await survey_keeping.card(one, by=member, now=now, right=KEEP)
        await show(call, _sure(texts, card, "delete", press("svdelete", one, 1)))
        return
    await survey_keeping.delete(one, by=member, now=now)
    await state.clear()
    found = await survey_keeping.all(by=member, now=now)
    await show(call, list_screen(texts, found, 0), toast=texts.plain("survey_keeping.deleted-toast"))


def _sure(texts: Texts, card: SurveyCard, what: str, data: str) -> Screen:
    """What follows of it, and the button that does it."""
    text = texts.html(f"survey_keeping.sure-{what}", card=card, **facts(card))
    return Screen(
        text,
        ((Button(texts.plain(f"survey_keeping.button-{what}-sure"), data),), back_to_survey(texts, card.survey.id)),
    )


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(copy, CopySurvey.filter())
    router.callback_query.register(ask_launch, LaunchSurvey.filter())
    router.callback_query.register(launch, LaunchForSure.filter())
    router.callback_query.register(close, CloseSurvey.filter())
    router.callback_query.register(cancel, CancelSurvey.filter())
    router.callback_query.register(delete, DeleteSurvey.filter())
