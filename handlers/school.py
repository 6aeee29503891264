"""«Моя школа», «Мои школы»: the list as far as the right reaches, and a school's card."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.registry import Registries, SchoolCard, SchoolList
from domain.button import Button, Keyboard, press
from domain.people import Member
from domain.registry import Registered, called
from handlers.paging import PAGE, Row, paged
from handlers.picking import municipality_rows, person_rows, school_rows
from handlers.presses.menu import Go
from handlers.presses.school import OpenSchool, SchoolHomes, SchoolPeople, SchoolsOf
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

_FEW = 2 * PAGE
"""Schools that need no choice of the municipality first."""
_PEOPLE = 4
"""People that the card shows at once: there are four rows more. Of more people one row turns the page."""


async def show_schools(
    event: Message | CallbackQuery, member: Member, registries: Registries, texts: Texts, state: FSMContext
) -> None:
    """«Моя школа», «Мои школы»: the card where there is one, the schools where they are few, or the municipalities."""
    await state.clear()
    found = await registries.schools(by=member)
    if len(found.registry.schools) == 1 and not found.keeps:
        card = await registries.school(found.registry.schools[0].id, by=member)
        await show(event, card_screen(texts, card))
    else:
        await show(event, _first(texts, found))


def _first(texts: Texts, found: SchoolList, page: int = 0) -> Screen:
    homes = municipality_rows(found.registry, lambda home: press("schools", home, 0))
    if len(found.registry.schools) <= _FEW or len(homes) == 1:
        rows = [row for home in found.registry.municipalities for row in _schools(found, home.id)]
        shown = paged(texts, rows, page, lambda other: press("homes", other))
    else:
        shown = paged(texts, homes, page, lambda other: press("homes", other))
    return _listed(texts, found, shown, back_to_menu(texts))


def _schools(found: SchoolList, home: int) -> list[Row]:
    return school_rows(found.registry, home, lambda school: press("school", school))


def _listed(texts: Texts, found: SchoolList, shown: Keyboard, last: Row, home: str = "") -> Screen:
    add = (Button(texts.plain("school.button-add"), press("newschool", 0)),) if found.keeps else ()
    text = texts.html("school.list", total=len(found.registry.schools), home=home)
    return Screen(text, (*shown, (*add, *last)))


async def turn_homes(
    call: CallbackQuery, callback_data: SchoolHomes, member: Member, registries: Registries, texts: Texts
) -> None:
    """Another page of the list."""
    await show(call, _first(texts, await registries.schools(by=member), callback_data.page))


async def show_schools_of(
    call: CallbackQuery, callback_data: SchoolsOf, member: Member, registries: Registries, texts: Texts
) -> None:
    """The schools of a municipality; the list again where there are none (any more)."""
    home, found = callback_data.home, await registries.schools(by=member)
    rows, chosen = _schools(found, home), found.registry.municipality(home)
    if chosen is None or not rows:
        await show(call, _first(texts, found))
        return
    shown = paged(texts, rows, callback_data.page, lambda other: press("schools", home, other))
    last = (Button(texts.plain("school.button-list"), press("go", "my-schools")),)
    await show(call, _listed(texts, found, shown, last, chosen.name))


async def open_school(
    call: CallbackQuery,
    callback_data: OpenSchool,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A school's card."""
    await state.clear()
    await show(call, card_screen(texts, await registries.school(callback_data.id, by=member)))


async def turn_people(
    call: CallbackQuery, callback_data: SchoolPeople, member: Member, registries: Registries, texts: Texts
) -> None:
    """Another page of the people on the card."""
    card = await registries.school(callback_data.id, by=member)
    await show(call, card_screen(texts, card, callback_data.page))


def card_screen(texts: Texts, card: SchoolCard, page: int = 0) -> Screen:
    """The team with the responsible one first, the curators, and for whoever keeps the registry what can be done."""
    text = texts.html(
        "school.card",
        card=card,
        team=[_told(one, leads=_leads(one, card)) for one in card.team],
        curators=[_told(one, leads=False) for one in card.curators],
    )
    return Screen(text, (*_keeping(texts, card, page), *_looking(texts, card), _back(texts, card)))


def _looking(texts: Texts, card: SchoolCard) -> Keyboard:
    return () if card.keeps else ((_documents(texts, card), _visits(texts, card)), (_result(texts, card),))


def _documents(texts: Texts, card: SchoolCard) -> Button:
    return Button(texts.plain("school.button-documents"), press("docs", card.school.id))


def _visits(texts: Texts, card: SchoolCard) -> Button:
    return Button(texts.plain("school.button-visits"), press("vschool", card.school.id))


def _result(texts: Texts, card: SchoolCard) -> Button:
    label = "indicator.button-result" if card.is_only else "indicator.button-school-result"
    return Button(texts.plain(label), press("result", card.school.id))


def _told(one: Registered, *, leads: bool) -> dict[str, str | bool]:
    name = called(one.name, one.id)
    return {"name": name, "position": one.position, "leads": leads, "has_come": one.has_come and one.has_agreed}


def _leads(one: Registered, card: SchoolCard) -> bool:
    return any(duty.responsible and duty.school_id == card.school.id for duty in one.duties)


def _keeping(texts: Texts, card: SchoolCard, page: int) -> Keyboard:
    if not card.keeps:
        return ()
    place = card.school.id
    everybody = dict.fromkeys((*card.team, *card.curators))
    people = person_rows(everybody, lambda one: press("person", one))
    size = _PEOPLE if len(people) <= _PEOPLE else _PEOPLE - 1
    return (
        *paged(texts, people, page, lambda other: press("team", place, other), size),
        (
            Button(texts.plain("school.button-add-person"), press("newperson", place)),
            Button(texts.plain("school.button-address"), press("schooladdress", place)),
        ),
        (
            _documents(texts, card),
            _visits(texts, card),
            Button(texts.plain("school.button-result"), press("result", place)),
        ),
        (
            Button(texts.plain("school.button-rename"), press("schoolname", place)),
            Button(texts.plain("school.button-left"), press("schoolout", place)),
        ),
    )


def _back(texts: Texts, card: SchoolCard) -> Row:
    if card.is_only and not card.keeps:
        return back_to_menu(texts)
    return (Button(texts.plain("school.button-list"), press("go", "my-schools")), *back_to_menu(texts))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_schools, Go.filter(F.section == "my-schools"))
    router.callback_query.register(turn_homes, SchoolHomes.filter())
    router.callback_query.register(show_schools_of, SchoolsOf.filter())
    router.callback_query.register(open_school, OpenSchool.filter())
    router.callback_query.register(turn_people, SchoolPeople.filter())
