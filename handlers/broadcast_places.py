"""«Где» of an announcement: municipalities whole or by their schools, as far as its author reaches."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.broadcast_keeping import BroadcastKeeping
from actions.broadcast_look import BroadcastCard
from domain.broadcast_circle import in_places
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.survey_change import everywhere, with_municipality, with_school
from handlers.broadcast_audience import asking_screen, to_audience
from handlers.paging import on_page, paged
from handlers.picking import label
from handlers.presses.broadcast import TellEverywhere, TellPlace, TellPlaces, TellSchool, TellSchools
from handlers.show import Screen, show
from handlers.survey_audience import ticked
from texts import Texts

_PLACES = 5


def places_screen(texts: Texts, card: BroadcastCard, page: int) -> Screen:
    """The municipalities that have schools, each whole or by its schools."""
    one, audience, registry = card.one.id, card.one.circle.audience, card.registry
    rows = []
    for home in registry.municipalities:
        own = registry.schools_of(home.id)
        if not own:
            continue
        on = home.id in audience.municipalities
        some = texts.plain("survey_audience.button-schools", some=sum(school.id in audience.schools for school in own))
        toggle = ticked(texts, label(home.name), press("bcplace", one, home.id, int(not on), page), on)
        rows.append((toggle, Button(some, press("bcschools", one, home.id, 0))))
    turned = paged(texts, rows, page, lambda other: press("bcplaces", one, other), _PLACES)
    _, number, pages = on_page(rows, page, _PLACES)
    name = "everywhere" if card.may_group else "all-places"
    whole = ticked(
        texts, texts.plain(f"broadcast_audience.button-{name}"), press("bcevery", one), not audience.is_narrowed
    )
    return asking_screen(texts, card, "places", (*turned, (whole,), to_audience(texts, one)), page=number, pages=pages)


async def show_places(
    call: CallbackQuery,
    callback_data: TellPlaces,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Где»."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await show(call, places_screen(texts, card, callback_data.page))


async def tell_everywhere(
    call: CallbackQuery,
    callback_data: TellEverywhere,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Весь регион»."""
    card = await broadcast_keeping.ask(
        callback_data.id,
        lambda circle, card: in_places(circle, everywhere(circle.audience, card.registry)),
        by=member,
        now=clock(),
    )
    await show(call, places_screen(texts, card, 0))


async def tell_place(
    call: CallbackQuery,
    callback_data: TellPlace,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """A municipality."""
    home, on = callback_data.home, callback_data.on
    card = await broadcast_keeping.ask(
        callback_data.id,
        lambda circle, card: in_places(circle, with_municipality(circle.audience, card.registry, home, on=on)),
        by=member,
        now=clock(),
    )
    await show(call, places_screen(texts, card, callback_data.page))


def schools_screen(texts: Texts, card: BroadcastCard, home: int, page: int) -> Screen:
    """The schools of a municipality."""
    one, audience = card.one.id, card.one.circle.audience
    rows = []
    for school in card.registry.schools_of(home):
        on = home in audience.municipalities or school.id in audience.schools
        rows.append((ticked(texts, label(school.name), press("bcschool", one, school.id, int(not on), page), on),))
    turned = paged(texts, rows, page, lambda other: press("bcschools", one, home, other))
    _, number, pages = on_page(rows, page)
    back = (Button(texts.plain("survey_audience.button-places-back"), press("bcplaces", one, 0)),)
    place = card.registry.municipality(home)
    name = "" if place is None else place.name
    return asking_screen(texts, card, "schools", (*turned, back), name=name, page=number, pages=pages)


async def show_schools(
    call: CallbackQuery,
    callback_data: TellSchools,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Школы» of a municipality."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await show(call, schools_screen(texts, card, callback_data.home, callback_data.page))


async def tell_school(
    call: CallbackQuery,
    callback_data: TellSchool,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """A school."""
    school_id, on = callback_data.school, callback_data.on
    card = await broadcast_keeping.ask(
        callback_data.id,
        lambda circle, card: in_places(circle, with_school(circle.audience, card.registry, school_id, on=on)),
        by=member,
        now=clock(),
    )
    school = card.registry.school(school_id)
    home = school.municipality_id if school is not None else 0
    await show(call, schools_screen(texts, card, home, callback_data.page))


def setup(router: Router) -> None:
    """Private screens of whoever announces."""
    router.callback_query.register(show_places, TellPlaces.filter())
    router.callback_query.register(tell_everywhere, TellEverywhere.filter())
    router.callback_query.register(tell_place, TellPlace.filter())
    router.callback_query.register(show_schools, TellSchools.filter())
    router.callback_query.register(tell_school, TellSchool.filter())
