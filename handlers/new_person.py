"""«Добавить человека»: the name, who it may be already, the position; then the first duty (``handlers/duty.py``)."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.person import Persons, typed_position
from actions.registry import Registries, existing
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Duty, Member, Role
from domain.registry import NAME_LIMIT, Registry
from domain.registry import typed_name as as_name
from handlers.awaiting import Awaiting
from handlers.duty import role_screen
from handlers.paging import PAGE
from handlers.person import show_card, told
from handlers.picking import person_rows
from handlers.presses.person import AddEvenSo, AddPerson, SkipPosition
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts


async def ask_name(
    call: CallbackQuery,
    callback_data: AddPerson,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Добавить человека»: how they are called."""
    registry = await registries.whole(by=member)
    school = existing(registry.school(callback_data.id), "school.gone") if callback_data.id else None
    await state.set_state(Awaiting.new_person)
    await state.set_data({"school": callback_data.id})
    text = texts.html("person.ask-name", school=school.name if school else "")
    await show(call, Screen(text, (never_mind(texts),)))


async def typed_name(message: Message, member: Member, persons: Persons, texts: Texts, state: FSMContext) -> None:
    """The name; where somebody like that is registered already, whether it is them."""
    name = as_name(message.text or "")
    alike = await persons.alike(name, by=member)
    await state.update_data(name=name)
    if alike.people:
        await state.set_state(Awaiting.new_alike)
        await show(message, _alike(texts, alike, name))
    else:
        await _ask_position(message, name, texts, state)


def _alike(texts: Texts, alike: Registry, name: str) -> Screen:
    people = alike.people[: PAGE - 1]
    rows = person_rows(people, lambda one: press("person", one))
    other = (Button(texts.plain("person.button-somebody-else"), press("newname")),)
    text = texts.html("person.alike", name=name, people=told(alike, people), total=len(alike.people))
    return Screen(text, (*rows, other, never_mind(texts)))


async def somebody_else(call: CallbackQuery, texts: Texts, state: FSMContext) -> None:
    """«Это другой человек»."""
    await _ask_position(call, (await state.get_data())["name"], texts, state)


async def _ask_position(event: Message | CallbackQuery, name: str, texts: Texts, state: FSMContext) -> None:
    await state.set_state(Awaiting.new_position)
    skip = (Button(texts.plain("person.button-skip"), press("newskip")),)
    text = texts.html("person.ask-position", name=name, limit=NAME_LIMIT)
    await show(event, Screen(text, (skip, never_mind(texts))))


async def typed_new_position(
    message: Message, member: Member, persons: Persons, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The position."""
    position = typed_position(message.text or "")
    await _go_on(message, position, member, persons, clock, texts, state)


async def skip_position(
    call: CallbackQuery, member: Member, persons: Persons, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Пропустить»."""
    await _go_on(call, "", member, persons, clock, texts, state)


async def _go_on(
    event: Message | CallbackQuery,
    position: str,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Of a school's team they are at once; otherwise the first duty is chosen."""
    data = await state.update_data(position=position)
    if not data["school"]:
        await state.set_state(Awaiting.new_duty)
        await show(event, role_screen(texts, 0, data["name"]))
        return
    duty = Duty(Role.SCHOOL, school_id=data["school"])
    person_id = await persons.add(data["name"], position, duty, by=member, now=clock())
    await show_card(event, person_id, member, persons, clock, texts, state, before=texts.html("person.added"))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(ask_name, AddPerson.filter())
    router.callback_query.register(somebody_else, AddEvenSo.filter(), StateFilter(Awaiting.new_alike))
    router.callback_query.register(skip_position, SkipPosition.filter(), StateFilter(Awaiting.new_position))
    router.message.register(typed_name, StateFilter(Awaiting.new_person, Awaiting.new_alike), is_answer)
    router.message.register(typed_new_position, Awaiting.new_position, is_answer)
