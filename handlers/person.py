"""A person's card: what the coordinator knows of them and does with them."""

from collections.abc import Iterable
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.person import PersonCard, Persons
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.registry import NAME_LIMIT, Registered, Registry, called
from handlers.awaiting import Awaiting
from handlers.presses.person import (
    ChangePosition,
    NoPosition,
    OpenPerson,
    RemoveForSure,
    RemovePerson,
    RenamePerson,
)
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts


def back_to_hub(texts: Texts) -> tuple[Button, ...]:
    """The last row of what the coordinator opens from «Люди и школы»."""
    return (Button(texts.plain("people.button-hub"), press("go", "people")),)


def back_to_card(texts: Texts, person_id: int) -> tuple[Button, ...]:
    """The last row of what is opened from a person's card."""
    return (Button(texts.plain("person.button-card"), press("person", person_id)),)


def told(registry: Registry, people: Iterable[Registered]) -> list[dict[str, Any]]:
    """People as ``people.line`` shows them."""
    return [
        {"name": called(one.name, one.id), "position": one.position, "duties": registry.placed(one)} for one in people
    ]


def card_screen(texts: Texts, card: PersonCard, viewer_id: int | None) -> Screen:
    """Everything about the person and what can be done; one does not remove oneself."""
    return Screen(texts.html("person.card", **_facts(card)), _card_buttons(texts, card, viewer_id))


def _facts(card: PersonCard) -> dict[str, Any]:
    person = card.person
    duties = [(duty, card.registry.place(duty)) for duty in card.duties.values()]
    return {"card": card, "name": called(person.name, person.id), "duties": duties}


def _card_buttons(texts: Texts, card: PersonCard, viewer_id: int | None) -> Keyboard:
    one = card.person.id
    replace = (Button(texts.plain("person.button-replace"), press("replace", one)),) if card.duties else ()
    remove = () if one == viewer_id else (Button(texts.plain("person.button-remove"), press("remove", one)),)
    rows = (
        (Button(texts.plain("person.button-code"), press("code", one)),),
        (
            Button(texts.plain("person.button-name"), press("name", one)),
            Button(texts.plain("person.button-position"), press("position", one)),
        ),
        (
            Button(texts.plain("person.button-duties"), press("duties", one, 0)),
            Button(texts.plain("person.button-leave"), press("away", one)),
        ),
        (*replace, *remove),
        back_to_hub(texts),
    )
    return tuple(row for row in rows if row)


async def show_card(
    event: Message | CallbackQuery,
    person_id: int,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
    *,
    before: str = "",
    toast: str | None = None,
) -> None:
    """The card, with a sentence (HTML) above it where there is something to say first; nothing is awaited any more."""
    screen = card_screen(texts, await persons.card(person_id, by=member, now=clock()), member.person_id)
    await state.clear()
    text = f"{before}\n\n{screen.text}" if before else screen.text
    await show(event, Screen(text, screen.buttons), toast=toast)


async def open_person(
    call: CallbackQuery,
    callback_data: OpenPerson,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A person's card in place of the list."""
    await show_card(call, callback_data.id, member, persons, clock, texts, state)


async def ask_name(
    call: CallbackQuery,
    callback_data: RenamePerson,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Имя»: how the person is called."""
    card = await persons.card(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.person_name)
    await state.set_data({"person": card.person.id})
    text = texts.html("person.ask-new-name", limit=NAME_LIMIT, **_facts(card))
    await show(call, Screen(text, ((*back_to_card(texts, card.person.id), *never_mind(texts)),)))


async def typed_name(
    message: Message, member: Member, persons: Persons, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The new name."""
    person_id = int((await state.get_data())["person"])
    await persons.rename(person_id, message.text or "", by=member, now=clock())
    await show_card(message, person_id, member, persons, clock, texts, state)


async def ask_position(
    call: CallbackQuery,
    callback_data: ChangePosition,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Должность»: as what the person works."""
    card = await persons.card(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.person_position)
    await state.set_data({"person": card.person.id})
    without = Button(texts.plain("person.button-no-position"), press("noposition", card.person.id))
    rows: Keyboard = ((without,), (*back_to_card(texts, card.person.id), *never_mind(texts)))
    await show(call, Screen(texts.html("person.ask-new-position", **_facts(card)), rows))


async def typed_position(
    message: Message, member: Member, persons: Persons, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The new position."""
    person_id = int((await state.get_data())["person"])
    await persons.set_position(person_id, message.text or "", by=member, now=clock())
    await show_card(message, person_id, member, persons, clock, texts, state)


async def no_position(
    call: CallbackQuery,
    callback_data: NoPosition,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Без должности»."""
    await persons.set_position(callback_data.id, "", by=member, now=clock())
    await show_card(call, callback_data.id, member, persons, clock, texts, state)


async def ask_removal(
    call: CallbackQuery, callback_data: RemovePerson, member: Member, persons: Persons, clock: Clock, texts: Texts
) -> None:
    """«Убрать из проекта»: what happens then."""
    card = await persons.card(callback_data.id, by=member, now=clock())
    one = card.person.id
    replace = (Button(texts.plain("person.button-replace"), press("replace", one)),) if card.duties else ()
    sure = (Button(texts.plain("person.button-remove-sure"), press("removed", one)),)
    rows = (sure, replace, back_to_card(texts, one))
    await show(call, Screen(texts.html("person.ask-removal", **_facts(card)), tuple(row for row in rows if row)))


async def remove(
    call: CallbackQuery, callback_data: RemoveForSure, member: Member, persons: Persons, clock: Clock, texts: Texts
) -> None:
    """«Да, убрать»."""
    gone = await persons.remove(callback_data.id, by=member, now=clock())
    text = texts.html("person.removed", name=called(gone.name, gone.id))
    await show(call, Screen(text, (back_to_hub(texts),)))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(open_person, OpenPerson.filter())
    router.callback_query.register(ask_name, RenamePerson.filter())
    router.callback_query.register(ask_position, ChangePosition.filter())
    router.callback_query.register(no_position, NoPosition.filter())
    router.callback_query.register(ask_removal, RemovePerson.filter())
    router.callback_query.register(remove, RemoveForSure.filter())
    router.message.register(typed_name, Awaiting.person_name, is_answer)
    router.message.register(typed_position, Awaiting.person_position, is_answer)
