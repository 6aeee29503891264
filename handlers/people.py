"""«Люди и школы»: the coordinator's way to everybody and every school, and the search."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.person import Persons
from actions.registry import Counts, Registries
from domain.button import Button, press
from domain.clock import Clock
from domain.likeness import people_meant
from domain.people import Member
from domain.registry import NAME_LIMIT, Registered, Registry, tidy
from handlers.awaiting import Awaiting
from handlers.paging import on_page, paged
from handlers.person import back_to_hub, show_card, told
from handlers.picking import person_rows
from handlers.presses.menu import Go
from handlers.presses.people import PeoplePage
from handlers.show import Screen, show
from handlers.start import back_to_menu
from handlers.where import is_answer
from texts import Texts

_SECTIONS = (("coverage", "cards"), ("requests", "registry-file"), ("audit",))


async def show_hub(
    event: Message | CallbackQuery, member: Member, registries: Registries, texts: Texts, state: FSMContext
) -> None:
    """``/people`` and «Люди и школы»."""
    await state.clear()
    await show(event, hub_screen(texts, await registries.counts(by=member)))


def hub_screen(texts: Texts, counts: Counts) -> Screen:
    """How many there are, and every section."""
    find = Button(texts.plain("people.button-find"), press("found", 0))
    schools = Button(texts.plain("people.button-schools"), press("go", "my-schools"))
    add = Button(texts.plain("people.button-add"), press("newperson", 0))
    sections = tuple(
        tuple(Button(texts.plain(f"people.button-{name}"), press("go", name)) for name in row) for row in _SECTIONS
    )
    return Screen(texts.html("people.hub", counts=counts), ((find, schools), (add,), *sections, back_to_menu(texts)))


async def show_found(
    call: CallbackQuery,
    callback_data: PeoplePage,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Найти человека»: everybody at first, then another page of what was found."""
    typed = str((await state.get_data()).get("query", ""))
    await state.set_state(Awaiting.find_person)
    await state.set_data({"query": typed})
    registry = await registries.whole(by=member)
    found = people_meant(typed, registry) if typed else registry.people
    await show(call, _found(texts, registry, found, typed, callback_data.page))


async def typed_query(
    message: Message,
    member: Member,
    registries: Registries,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A name or a school: whom it may mean; where that is one person, their card."""
    typed = tidy(message.text or "")[:NAME_LIMIT]
    registry = await registries.whole(by=member)
    found = people_meant(typed, registry)
    if len(found) == 1:
        await show_card(message, found[0].id, member, persons, clock, texts, state)
        return
    await state.set_data({"query": typed})
    await show(message, _found(texts, registry, found, typed))


def _found(texts: Texts, registry: Registry, found: Sequence[Registered], typed: str, page: int = 0) -> Screen:
    shown, number, pages = on_page(found, page)
    people = told(registry, shown)
    text = texts.html("people.found", total=len(found), people=people, query=typed, page=number, pages=pages)
    rows = person_rows(found, lambda one: press("person", one))
    return Screen(text, (*paged(texts, rows, page, lambda other: press("found", other)), back_to_hub(texts)))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.message.register(show_hub, Command("people"))
    router.callback_query.register(show_hub, Go.filter(F.section == "people"))
    router.callback_query.register(show_found, PeoplePage.filter())
    router.message.register(typed_query, Awaiting.find_person, is_answer)
