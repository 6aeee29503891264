"""Asking people by name: found by typing, taken out by a press."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.survey_card import SurveyCard
from actions.survey_keeping import SurveyKeeping
from domain.button import Button, press
from domain.clock import Clock
from domain.likeness import people_meant
from domain.people import Member
from domain.registry import NAME_LIMIT, called, tidy
from domain.survey_change import with_person
from handlers.awaiting import Awaiting
from handlers.paging import on_page, paged
from handlers.person import told
from handlers.picking import label
from handlers.presses.survey import AskPerson, AudiencePeople
from handlers.show import Screen, show
from handlers.start import back_to_menu
from handlers.survey_audience import asking_screen, kept_card, ticked, to_audience
from handlers.where import is_answer
from texts import Texts

_FOUND = 5


def people_screen(texts: Texts, card: SurveyCard, page: int) -> Screen:
    """Whoever is asked by name; a press takes them out."""
    one = card.survey.id
    rows = [
        (ticked(texts, label(called(person.name, person.id)), press("svperson", one, person.id, 0), True),)
        for person in card.named
    ]
    turned = paged(texts, rows, page, lambda other: press("svpeople", one, other))
    shown, number, pages = on_page(card.named, page)
    people = told(card.registry, shown)
    return asking_screen(
        texts, card, "people", (*turned, to_audience(texts, one)), people=people, page=number, pages=pages
    )


async def show_people(
    call: CallbackQuery,
    callback_data: AudiencePeople,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«По имени»: a name may be typed."""
    card = await kept_card(callback_data.id, member, survey_keeping, clock)
    await state.set_state(Awaiting.survey_person)
    await state.set_data({"survey": callback_data.id})
    await show(call, people_screen(texts, card, callback_data.page))


async def typed_person(
    message: Message, member: Member, survey_keeping: SurveyKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A name or a school: whom it may mean."""
    one, typed = int((await state.get_data())["survey"]), tidy(message.text or "")[:NAME_LIMIT]
    card = await kept_card(one, member, survey_keeping, clock)
    found = people_meant(typed, card.registry)
    rows = tuple(
        (
            ticked(
                texts,
                label(called(person.name, person.id)),
                press("svperson", one, person.id, int(person.id not in card.audience.people)),
                person.id in card.audience.people,
            ),
        )
        for person in found[:_FOUND]
    )
    people = told(card.registry, found[:_FOUND])
    listed = (Button(texts.plain("survey_audience.button-people"), press("svpeople", one, 0)),)
    last = (*to_audience(texts, one), *back_to_menu(texts))
    await show(
        message,
        asking_screen(texts, card, "found", (*rows, listed, last), people=people, total=len(found), typed=typed),
    )


async def ask_person(
    call: CallbackQuery,
    callback_data: AskPerson,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Somebody by name; another name may be typed then."""
    pressed = callback_data
    card = await survey_keeping.ask(
        pressed.id,
        lambda audience, registry: with_person(audience, registry, pressed.person, on=pressed.on),
        by=member,
        now=clock(),
    )
    await state.set_state(Awaiting.survey_person)
    await state.set_data({"survey": pressed.id})
    await show(call, people_screen(texts, card, 0))


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(show_people, AudiencePeople.filter())
    router.callback_query.register(ask_person, AskPerson.filter())
    router.message.register(typed_person, Awaiting.survey_person, is_answer)
