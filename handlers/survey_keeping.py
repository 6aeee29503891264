"""Changing a survey: what, and what it should be."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.survey_card import SurveyCard
from actions.survey_keeping import SurveyKeeping
from domain.access import Right
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.refusal import Refusal
from domain.survey import Course
from domain.survey_change import stamp
from domain.survey_field import CLEARED, SWITCHED, TYPED, SurveyField
from handlers.awaiting import Awaiting
from handlers.presses.survey import (
    AskSurveyField,
    ChangeSurvey,
    ClearSurveyField,
    OwnSurveyEnd,
    SwitchSurvey,
)
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.survey import show_survey
from handlers.survey_screen import back_to_survey, facts
from handlers.where import is_answer
from texts import Texts

KEEP = Right.KEEP_SURVEYS


async def choose_field(
    call: CallbackQuery,
    callback_data: ChangeSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Изменить»: what."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock(), right=KEEP)
    await state.clear()
    await show(call, fields_screen(texts, card))


def fields_screen(texts: Texts, card: SurveyCard) -> Screen:
    """Every field as it is, with its button."""
    one, survey = card.survey.id, card.survey

    def asks(field: SurveyField) -> Button:
        return Button(texts.plain(f"survey_keeping.field-{field}"), press("svask", one, field))

    def switches(field: SurveyField, *, on: bool) -> Button:
        name = f"survey_keeping.switch-{field}-{'off' if on else 'on'}"
        return Button(texts.plain(name), press("svswitch", one, field, int(not on)))

    before = survey.opened_at is None
    party = (switches(SurveyField.PARTY, on=survey.per_school),) if before else ()
    late = () if survey.anonymous else (switches(SurveyField.LATE, on=survey.takes_late),)
    rows: Keyboard = (
        (asks(SurveyField.TITLE), *((asks(SurveyField.OPENS),) if before else ()), asks(SurveyField.CLOSES)),
        _end(texts, card),
        (*party, switches(SurveyField.ANONYMOUS, on=survey.anonymous)),
        (*late, asks(SurveyField.TARGET), asks(SurveyField.REMINDERS)),
        (asks(SurveyField.LINK), *((asks(SurveyField.CODE),) if survey.is_external else ())),
        back_to_survey(texts, one),
    )
    return Screen(texts.html("survey_keeping.fields", card=card, **facts(card)), tuple(row for row in rows if row))


def _end(texts: Texts, card: SurveyCard) -> tuple[Button, ...]:
    """Whether the last day is the item's or the survey's own."""
    one, survey = card.survey.id, card.survey
    if survey.item_id is None:
        return ()
    if survey.closes is None:
        return (Button(texts.plain("survey_keeping.button-own-end"), press("svown", one)),)
    return (Button(texts.plain("survey_keeping.button-items-end"), press("svclear", one, "closes")),)


async def ask_field(
    call: CallbackQuery,
    callback_data: AskSurveyField,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """What a field should be."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock(), right=KEEP)
    await _ask(call, card, callback_data.field, texts, state)


async def _ask(
    event: Message | CallbackQuery, card: SurveyCard, field: SurveyField, texts: Texts, state: FSMContext
) -> None:
    one, survey = card.survey.id, card.survey
    await state.set_state(Awaiting.survey_field)
    await state.set_data({"survey": one, "part": field, "seen": stamp(survey, field)})
    text = texts.html(f"survey_keeping.ask-{field}", card=card, **facts(card))
    back = (*back_to_survey(texts, one), *never_mind(texts))
    await show(event, Screen(text, (*_clear(texts, card, field), back)))


def _clear(texts: Texts, card: SurveyCard, field: SurveyField) -> Keyboard:
    """The button that empties a field; none where it is empty, or must not be."""
    if field not in CLEARED or field is SurveyField.CLOSES or getattr(card.survey, field) in (None, ""):
        return ()
    if field is SurveyField.OPENS and card.looked.item is None:
        return ()
    label = texts.plain(f"survey_keeping.clear-{field}", **facts(card))
    return ((Button(label, press("svclear", card.survey.id, field)),),)


async def typed_field(
    message: Message, member: Member, survey_keeping: SurveyKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The new value; where another coordinator changed it meanwhile, that is said and asked anew."""
    data, now = await state.get_data(), clock()
    one, field, seen = int(data["survey"]), SurveyField(data["part"]), int(data["seen"])
    try:
        card = await survey_keeping.type(one, field, message.text or "", seen=seen, by=member, now=now)
    except Refusal as why:
        if why.reason == "survey_keeping.changed-meanwhile":
            latest = await survey_keeping.card(one, by=member, now=now, right=KEEP)
            await state.update_data(seen=stamp(latest.survey, field))
        raise
    await _show_changed(message, card, texts, state)


async def _show_changed(
    event: Message | CallbackQuery, card: SurveyCard, texts: Texts, state: FSMContext, toast: str | None = None
) -> None:
    """The fields again; of a poll that is not sent yet, and of a survey that is over, the card."""
    if (card.survey.is_poll and card.survey.is_draft) or card.looked.course in (Course.CLOSED, Course.CANCELLED):
        await show_survey(event, card, texts, state, toast=toast)
        return
    await state.clear()
    await show(event, fields_screen(texts, card), toast=toast)


async def clear_field(
    call: CallbackQuery,
    callback_data: ClearSurveyField,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Без кода», «Здесь, в боте», «Как в пункте»."""
    card = await survey_keeping.clear(callback_data.id, callback_data.field, by=member, now=clock())
    await _show_changed(call, card, texts, state)


async def own_end(
    call: CallbackQuery,
    callback_data: OwnSurveyEnd,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Свой срок»."""
    card = await survey_keeping.own_end(callback_data.id, by=member, now=clock())
    await _show_changed(call, card, texts, state, texts.plain("survey_keeping.own-end-toast"))


async def switch(
    call: CallbackQuery,
    callback_data: SwitchSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A choice of two, saved at once."""
    card = await survey_keeping.switch(
        callback_data.id, callback_data.field, on=callback_data.on, by=member, now=clock()
    )
    await _show_changed(call, card, texts, state)


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(choose_field, ChangeSurvey.filter())
    router.callback_query.register(ask_field, AskSurveyField.filter(F.field.in_(set(TYPED))))
    router.callback_query.register(clear_field, ClearSurveyField.filter(F.field.in_(set(CLEARED))))
    router.callback_query.register(switch, SwitchSurvey.filter(F.field.in_(set(SWITCHED))))
    router.callback_query.register(own_end, OwnSurveyEnd.filter())
    router.message.register(typed_field, Awaiting.survey_field, is_answer)
