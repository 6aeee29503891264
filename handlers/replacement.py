"""«Заменить»: what passes on, who takes it over, and everything read back before it happens."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.person import PersonCard, Persons, typed_position
from actions.replacement import NewPerson, Replacements
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.likeness import people_meant
from domain.people import Member
from domain.registry import NAME_LIMIT, called
from domain.registry import typed_name as as_name
from domain.replacement import likely_heirs, passing
from handlers.awaiting import Awaiting
from handlers.duty import duty_label
from handlers.paging import on_page, paged
from handlers.person import back_to_card, show_card, told
from handlers.picking import person_rows
from handlers.presses.replacement import (
    ChooseHeir,
    HeirPosition,
    NewHeir,
    Replace,
    ReplaceByNew,
    ReplacePerson,
    TakeHeir,
)
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

_MANY = 5
"""Duties offered one by one; the others are under «Обязанности»."""
_PEOPLE = 5
"""People on a page: below them a new one, and the way back."""


async def begin(
    call: CallbackQuery,
    callback_data: ReplacePerson,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Заменить»: in everything, or in one duty where there are several."""
    card = await persons.card(callback_data.id, by=member, now=clock())
    if len(card.duties) > 1:
        await state.clear()
        await show(call, _what_screen(texts, card))
    else:
        await _ask_heir(call, card, 0, "", 0, texts, state)


def _what_screen(texts: Texts, card: PersonCard) -> Screen:
    one = card.person.id
    everything = (Button(texts.plain("replacement.button-everything"), press("heirs", one, 0, 0)),)
    single = tuple(
        (Button(duty_label(texts, card, duty), press("heirs", one, row, 0)),)
        for row, duty in list(card.duties.items())[:_MANY]
    )
    text = texts.html("replacement.ask-what", name=called(card.person.name, one), total=len(card.duties), shown=_MANY)
    return Screen(text, (everything, *single, (*back_to_card(texts, one), *never_mind(texts))))


async def choose_heir(
    call: CallbackQuery,
    callback_data: ChooseHeir,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """What passes on is chosen, or another page of those who may take it over."""
    card = await persons.card(callback_data.id, by=member, now=clock())
    data = await state.get_data()
    about_this = (data.get("former"), data.get("duty")) == (callback_data.id, callback_data.duty)
    typed = str(data.get("heir", "")) if about_this else ""
    await _ask_heir(call, card, callback_data.duty, typed, callback_data.page, texts, state)


async def typed_heir(
    message: Message, member: Member, persons: Persons, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A name: whom it may mean, or somebody new."""
    data = await state.get_data()
    typed = as_name(message.text or "")
    card = await persons.card(int(data["former"]), by=member, now=clock())
    await _ask_heir(message, card, int(data["duty"]), typed, 0, texts, state)


async def _ask_heir(
    event: Message | CallbackQuery,
    card: PersonCard,
    duty_id: int,
    typed: str,
    page: int,
    texts: Texts,
    state: FSMContext,
) -> None:
    screen = _heirs_screen(texts, card, duty_id, typed, page)
    await state.set_state(Awaiting.heir_named if typed else Awaiting.heir)
    await state.set_data({"former": card.person.id, "duty": duty_id, "heir": typed})
    await show(event, screen)


def _heirs_screen(texts: Texts, card: PersonCard, duty_id: int, typed: str, page: int) -> Screen:
    one, moved = card.person.id, passing(card.duties, duty_id or None).values()
    found = people_meant(typed, card.registry) if typed else likely_heirs(card.registry, one, moved)
    found = [heir for heir in found if heir.id != one]
    rows = person_rows(found, lambda heir: press("heir", one, duty_id, heir))
    shown = paged(texts, rows, page, lambda other: press("heirs", one, duty_id, other), _PEOPLE)
    new = ((Button(texts.plain("replacement.button-new"), press("newheir")),),) if typed else ()
    text = texts.html(
        "replacement.ask-heir",
        name=called(card.person.name, one),
        duties=[(duty, card.registry.place(duty)) for duty in moved],
        typed=typed,
        people=told(card.registry, on_page(found, page, _PEOPLE)[0]),
    )
    return Screen(text, (*shown, *new, (*back_to_card(texts, one), *never_mind(texts))))


async def take(
    call: CallbackQuery, callback_data: TakeHeir, member: Member, persons: Persons, clock: Clock, texts: Texts
) -> None:
    """Somebody registered takes over: everything is read back."""
    former = await persons.card(callback_data.id, by=member, now=clock())
    heir = await persons.card(callback_data.heir, by=member, now=clock())
    swap = press("swap", former.person.id, callback_data.duty, heir.person.id)
    name = called(heir.person.name, heir.person.id)
    await show(call, _summary(texts, former, callback_data.duty, name, swap, heir))


def _summary(
    texts: Texts, former: PersonCard, duty_id: int, heir_name: str, swap: str, heir: PersonCard | None = None
) -> Screen:
    one, moved = former.person.id, passing(former.duties, duty_id or None).values()
    text = texts.html(
        "replacement.summary",
        name=called(former.person.name, one),
        heir=heir_name,
        card=heir,
        duties=[(duty, former.registry.place(duty)) for duty in moved],
        leaves=len(moved) == len(former.duties),
    )
    rows: Keyboard = ((Button(texts.plain("replacement.button-replace"), swap),),)
    return Screen(text, (*rows, (*back_to_card(texts, one), *never_mind(texts))))


async def new_heir(
    call: CallbackQuery, member: Member, persons: Persons, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Это новый человек»: as what they work."""
    data = await state.get_data()
    former = await persons.card(int(data["former"]), by=member, now=clock())
    await state.set_state(Awaiting.heir_position)
    position = former.person.position
    same = ((Button(texts.plain("replacement.button-same-position"), press("heirjob", 1)),),) if position else ()
    skip = (Button(texts.plain("person.button-skip"), press("heirjob", 0)),)
    text = texts.html("replacement.ask-position", name=data["heir"], position=position, limit=NAME_LIMIT)
    await show(call, Screen(text, (*same, skip, never_mind(texts))))


async def chosen_position(
    call: CallbackQuery,
    callback_data: HeirPosition,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The former's position, or none."""
    former = await persons.card(int((await state.get_data())["former"]), by=member, now=clock())
    position = former.person.position if callback_data.same else ""
    await _read_back(call, former, position, texts, state)


async def typed_heir_position(
    message: Message, member: Member, persons: Persons, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """Another position."""
    position = typed_position(message.text or "")
    former = await persons.card(int((await state.get_data())["former"]), by=member, now=clock())
    await _read_back(message, former, position, texts, state)


async def _read_back(
    event: Message | CallbackQuery, former: PersonCard, position: str, texts: Texts, state: FSMContext
) -> None:
    data = await state.update_data(position=position)
    await state.set_state(Awaiting.heir_ready)
    await show(event, _summary(texts, former, int(data["duty"]), data["heir"], press("swapnew")))


async def replace(
    call: CallbackQuery,
    callback_data: Replace,
    member: Member,
    replacements: Replacements,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Заменить» under what was read back."""
    one, duty_id, heir = callback_data.id, callback_data.duty or None, callback_data.heir
    now_theirs = await replacements.replace(one, heir, duty_id, by=member, now=clock())
    await show_card(call, now_theirs, member, persons, clock, texts, state, before=texts.html("replacement.done"))


async def replace_by_new(
    call: CallbackQuery,
    member: Member,
    replacements: Replacements,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The same by a new person."""
    data = await state.get_data()
    heir = NewPerson(data["heir"], data["position"])
    now_theirs = await replacements.replace(
        int(data["former"]), heir, int(data["duty"]) or None, by=member, now=clock()
    )
    await show_card(call, now_theirs, member, persons, clock, texts, state, before=texts.html("replacement.done"))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(begin, ReplacePerson.filter())
    router.callback_query.register(choose_heir, ChooseHeir.filter())
    router.callback_query.register(take, TakeHeir.filter())
    router.callback_query.register(new_heir, NewHeir.filter(), StateFilter(Awaiting.heir_named))
    router.callback_query.register(chosen_position, HeirPosition.filter(), StateFilter(Awaiting.heir_position))
    router.callback_query.register(replace, Replace.filter())
    router.callback_query.register(replace_by_new, ReplaceByNew.filter(), StateFilter(Awaiting.heir_ready))
    router.message.register(typed_heir, StateFilter(Awaiting.heir, Awaiting.heir_named), is_answer)
    router.message.register(typed_heir_position, Awaiting.heir_position, is_answer)
