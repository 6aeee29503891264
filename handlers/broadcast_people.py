"""«По именам», «Кто не сделал п. …» and «Кто не ответил на опрос …»: whom an announcement goes to, one by one."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.broadcast_choice import BroadcastChoices
from actions.broadcast_keeping import BroadcastKeeping
from actions.broadcast_look import BroadcastCard
from domain.broadcast_circle import Named, by_audience, named, who_has_not_answered, who_has_not_done, with_people
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.registry import called
from domain.survey_change import with_person
from handlers.awaiting import Awaiting
from handlers.broadcast_audience import asking_screen, audience_screen, to_audience
from handlers.paging import Row, on_page, paged
from handlers.person import told
from handlers.picking import label
from handlers.presses.broadcast import (
    TellPeople,
    TellPerson,
    TellUnanswered,
    TellUndone,
    UnansweredSurveys,
    UndoneItems,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu
from handlers.survey_audience import ticked
from handlers.where import is_answer
from texts import Texts

_ALIKE = 5
"""People of whom one may be meant."""


def people_screen(texts: Texts, card: BroadcastCard, page: int) -> Screen:
    """Whoever is told by name; a press takes them out."""
    one = card.one.id
    rows = [
        (ticked(texts, label(called(person.name, person.id)), press("bcperson", one, person.id, 0), True),)
        for person in card.named
    ]
    turned = paged(texts, rows, page, lambda other: press("bcpeople", one, other))
    shown, number, pages = on_page(card.named, page)
    people = told(card.registry, shown)
    return asking_screen(
        texts, card, "people", (*turned, to_audience(texts, one)), people=people, page=number, pages=pages
    )


async def _await_names(state: FSMContext, broadcast_id: int) -> None:
    await state.set_state(Awaiting.broadcast_people)
    await state.set_data({"broadcast": broadcast_id})


async def show_people(
    call: CallbackQuery,
    callback_data: TellPeople,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«По именам»: names may be typed, each on its line."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await _await_names(state, card.one.id)
    await show(call, people_screen(texts, card, callback_data.page))


async def typed_people(
    message: Message, member: Member, broadcast_keeping: BroadcastKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A list of names: who is meant for sure is told; of others it is said, or asked, whom they mean."""
    one, now = int((await state.get_data())["broadcast"]), clock()
    card = await broadcast_keeping.draft(one, by=member, now=now)
    found = named(message.text or "", card.registry)
    if found.found:
        card = await broadcast_keeping.ask(one, lambda circle, _: with_people(circle, found.found), by=member, now=now)
    await show(message, _named_screen(texts, card, found))


def _named_screen(texts: Texts, card: BroadcastCard, found: Named) -> Screen:
    one, known = card.one.id, card.one.circle.audience.people
    alike = list(dict.fromkeys(person for _, people in found.several for person in people))[:_ALIKE]
    rows = tuple(
        (
            ticked(
                texts,
                label(called(person.name, person.id)),
                press("bcperson", one, person.id, int(person.id not in known)),
                person.id in known,
            ),
        )
        for person in alike
    )
    listed = (Button(texts.plain("broadcast_audience.button-people"), press("bcpeople", one, 0)),)
    last = (*to_audience(texts, one), *back_to_menu(texts))
    people = told(card.registry, alike)
    return asking_screen(texts, card, "named", (*rows, listed, last), found=found, people=people)


async def tell_person(
    call: CallbackQuery,
    callback_data: TellPerson,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Somebody by name; others may be typed then."""
    person, on = callback_data.person, callback_data.on
    card = await broadcast_keeping.ask(
        callback_data.id,
        lambda circle, card: by_audience(circle, with_person(circle.audience, card.registry, person, on=on)),
        by=member,
        now=clock(),
    )
    await _await_names(state, card.one.id)
    await show(call, people_screen(texts, card, 0))


# --- By what they have not done


def _undone_screen(
    texts: Texts, card: BroadcastCard, which: str, rows: Sequence[Row], turned: Sequence[Row], page: int
) -> Screen:
    """What it can be asked of who has not done it, a page of it."""
    _, number, pages = on_page(rows, page)
    shown = (*turned, to_audience(texts, card.one.id))
    return asking_screen(texts, card, which, shown, total=len(rows), page=number, pages=pages)


async def show_items(
    call: CallbackQuery,
    callback_data: UndoneItems,
    member: Member,
    broadcast_choices: BroadcastChoices,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Кто не сделал п. …»: the open items, each with how many are left."""
    card, found = await broadcast_choices.items(callback_data.id, by=member, now=clock())
    one = card.one.id
    rows = [
        (
            ticked(
                texts,
                texts.plain("broadcast_audience.button-item", item=each.kept.item, count=each.count),
                press("bcitem", one, each.kept.id),
                each.kept.id == card.one.circle.item_id,
            ),
        )
        for each in found
    ]
    turned = paged(texts, rows, callback_data.page, lambda other: press("bcitems", one, other))
    await show(call, _undone_screen(texts, card, "ask-item", rows, turned, callback_data.page))


async def tell_undone(
    call: CallbackQuery,
    callback_data: TellUndone,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """Whoever has not done an item."""
    item = callback_data.item
    card = await broadcast_keeping.ask(
        callback_data.id, lambda circle, _: who_has_not_done(circle, item), by=member, now=clock()
    )
    await show(call, audience_screen(texts, card))


async def show_surveys(
    call: CallbackQuery,
    callback_data: UnansweredSurveys,
    member: Member,
    broadcast_choices: BroadcastChoices,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Кто не ответил на опрос …»: the open surveys, each with how many are left."""
    card, found = await broadcast_choices.surveys(callback_data.id, by=member, now=clock())
    one = card.one.id
    rows = [
        (
            ticked(
                texts,
                texts.plain("broadcast_audience.button-survey", title=each.survey.title, count=each.count),
                press("bcsurvey", one, each.survey.id),
                each.survey.id == card.one.circle.survey_id,
            ),
        )
        for each in found
    ]
    turned = paged(texts, rows, callback_data.page, lambda other: press("bcsurveys", one, other))
    await show(call, _undone_screen(texts, card, "ask-survey", rows, turned, callback_data.page))


async def tell_unanswered(
    call: CallbackQuery,
    callback_data: TellUnanswered,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """Whoever has not answered a survey."""
    survey = callback_data.survey
    card = await broadcast_keeping.ask(
        callback_data.id, lambda circle, _: who_has_not_answered(circle, survey), by=member, now=clock()
    )
    await show(call, audience_screen(texts, card))


def setup(router: Router) -> None:
    """Private screens of whoever announces."""
    router.callback_query.register(show_people, TellPeople.filter())
    router.callback_query.register(tell_person, TellPerson.filter())
    router.callback_query.register(show_items, UndoneItems.filter())
    router.callback_query.register(tell_undone, TellUndone.filter())
    router.callback_query.register(show_surveys, UnansweredSurveys.filter())
    router.callback_query.register(tell_unanswered, TellUnanswered.filter())
    router.message.register(typed_people, Awaiting.broadcast_people, is_answer)
