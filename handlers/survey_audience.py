"""«Кого спрашивать»: everybody, roles, municipalities and schools, people by name; the exact count on every screen."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.survey_card import SurveyCard
from actions.survey_keeping import SurveyKeeping
from domain.access import Right
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.likeness import people_meant
from domain.people import Member
from domain.registry import NAME_LIMIT, called, tidy
from domain.survey_change import (
    ASKABLE,
    AudienceChange,
    everywhere,
    with_everybody,
    with_municipality,
    with_person,
    with_role,
    with_school,
)
from handlers.awaiting import Awaiting
from handlers.paging import on_page, paged
from handlers.person import told
from handlers.picking import label
from handlers.presses.survey import (
    AskEverybody,
    AskEverywhere,
    AskPerson,
    AskPlace,
    AskRole,
    AskSchool,
    AudiencePeople,
    AudiencePlaces,
    AudienceSchools,
    SurveyAudience,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu
from handlers.survey_screen import back_to_survey, facts
from handlers.where import is_answer
from texts import Texts

_PLACES = 5
_FOUND = 5


def audience_screen(texts: Texts, card: SurveyCard) -> Screen:
    """Whom it asks, and where that is chosen; of schools no roles."""
    one, audience = card.survey.id, card.audience
    everybody = (
        _ticked(texts, texts.plain("survey_audience.button-everybody"), press("svall", one), audience.is_everybody),
    )
    roles = [
        _ticked(
            texts,
            texts.plain(f"survey_audience.role-{role}"),
            press("svrole", one, role, int(role not in audience.roles)),
            role in audience.roles,
        )
        for role in ASKABLE
    ]
    places = Button(texts.plain("survey_audience.button-places"), press("svplaces", one, 0))
    people = Button(texts.plain("survey_audience.button-people"), press("svpeople", one, 0))
    of_people: Keyboard = () if card.survey.per_school else (tuple(roles[:2]), tuple(roles[2:]))
    more = (places,) if card.survey.per_school else (places, people)
    return _screen(texts, card, "screen", (everybody, *of_people, more, back_to_survey(texts, one)))


def _ticked(texts: Texts, text: str, data: str, chosen: bool) -> Button:  # noqa: FBT001  as it stands in the text
    return Button(texts.plain("survey_audience.choice", text=text, chosen=chosen), data)


def _screen(texts: Texts, card: SurveyCard, name: str, rows: Keyboard, **more: object) -> Screen:
    return Screen(texts.html(f"survey_audience.{name}", card=card, **facts(card), **more), rows)


async def show_audience(
    call: CallbackQuery,
    callback_data: SurveyAudience,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Кого спрашивать»."""
    card = await _card(callback_data.id, member, survey_keeping, clock)
    await state.clear()
    await show(call, audience_screen(texts, card))


async def _card(survey_id: int, member: Member, survey_keeping: SurveyKeeping, clock: Clock) -> SurveyCard:
    return await survey_keeping.card(survey_id, by=member, now=clock(), right=Right.KEEP_SURVEYS)


async def ask_everybody(
    call: CallbackQuery,
    callback_data: AskEverybody,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Все участники»."""
    card = await survey_keeping.ask(callback_data.id, with_everybody, by=member, now=clock())
    await show(call, audience_screen(texts, card))


async def ask_role(
    call: CallbackQuery,
    callback_data: AskRole,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """A role."""
    role, on = callback_data.role, callback_data.on
    change: AudienceChange = lambda audience, _: with_role(audience, role, on=on)  # noqa: E731  it has no name
    card = await survey_keeping.ask(callback_data.id, change, by=member, now=clock())
    await show(call, audience_screen(texts, card))


# --- Where


def places_screen(texts: Texts, card: SurveyCard, page: int) -> Screen:
    """The municipalities that have schools, each whole or by its schools."""
    one, audience, registry = card.survey.id, card.audience, card.registry
    homes = [home for home in registry.municipalities if registry.schools_of(home.id)]
    rows = []
    for home in homes:
        on, own = home.id in audience.municipalities, registry.schools_of(home.id)
        some = sum(school.id in audience.schools for school in own)
        toggle = press("svplace", one, home.id, int(not on), page)
        schools = Button(texts.plain("survey_audience.button-schools", some=some), press("svschools", one, home.id, 0))
        rows.append((_ticked(texts, label(home.name), toggle, on), schools))
    turned = paged(texts, rows, page, lambda other: press("svplaces", one, other), _PLACES)
    _, number, pages = on_page(rows, page, _PLACES)
    whole = _ticked(
        texts, texts.plain("survey_audience.button-everywhere"), press("sveverywhere", one), not audience.is_narrowed
    )
    return _screen(texts, card, "places", (*turned, (whole,), _to_audience(texts, one)), page=number, pages=pages)


def _to_audience(texts: Texts, survey_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("survey_audience.button-back"), press("svaud", survey_id)),)


async def show_places(
    call: CallbackQuery,
    callback_data: AudiencePlaces,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Где»."""
    card = await _card(callback_data.id, member, survey_keeping, clock)
    await show(call, places_screen(texts, card, callback_data.page))


async def ask_everywhere(
    call: CallbackQuery,
    callback_data: AskEverywhere,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Весь регион»."""
    card = await survey_keeping.ask(callback_data.id, everywhere, by=member, now=clock())
    await show(call, places_screen(texts, card, 0))


async def ask_place(
    call: CallbackQuery,
    callback_data: AskPlace,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """A municipality."""
    pressed = callback_data
    card = await survey_keeping.ask(
        pressed.id,
        lambda audience, registry: with_municipality(audience, registry, pressed.home, on=pressed.on),
        by=member,
        now=clock(),
    )
    await show(call, places_screen(texts, card, pressed.page))


def schools_screen(texts: Texts, card: SurveyCard, home: int, page: int) -> Screen:
    """The schools of a municipality."""
    one, audience = card.survey.id, card.audience
    whole, own = home in audience.municipalities, card.registry.schools_of(home)
    rows = []
    for school in own:
        on = whole or school.id in audience.schools
        rows.append((_ticked(texts, label(school.name), press("svschool", one, school.id, int(not on), page), on),))
    turned = paged(texts, rows, page, lambda other: press("svschools", one, home, other))
    _, number, pages = on_page(rows, page)
    back = (Button(texts.plain("survey_audience.button-places-back"), press("svplaces", one, 0)),)
    place = card.registry.municipality(home)
    name = "" if place is None else place.name
    return _screen(texts, card, "schools", (*turned, back), name=name, page=number, pages=pages)


async def show_schools(
    call: CallbackQuery,
    callback_data: AudienceSchools,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Школы» of a municipality."""
    card = await _card(callback_data.id, member, survey_keeping, clock)
    await show(call, schools_screen(texts, card, callback_data.home, callback_data.page))


async def ask_school(
    call: CallbackQuery,
    callback_data: AskSchool,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """A school."""
    pressed = callback_data
    card = await survey_keeping.ask(
        pressed.id,
        lambda audience, registry: with_school(audience, registry, pressed.school, on=pressed.on),
        by=member,
        now=clock(),
    )
    school = card.registry.school(pressed.school)
    home = school.municipality_id if school is not None else 0
    await show(call, schools_screen(texts, card, home, pressed.page))


# --- By name


def people_screen(texts: Texts, card: SurveyCard, page: int) -> Screen:
    """Whoever is asked by name; a press takes them out."""
    one = card.survey.id
    rows = [
        (_ticked(texts, label(called(person.name, person.id)), press("svperson", one, person.id, 0), chosen=True),)
        for person in card.named
    ]
    turned = paged(texts, rows, page, lambda other: press("svpeople", one, other))
    shown, number, pages = on_page(card.named, page)
    people = told(card.registry, shown)
    return _screen(texts, card, "people", (*turned, _to_audience(texts, one)), people=people, page=number, pages=pages)


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
    card = await _card(callback_data.id, member, survey_keeping, clock)
    await state.set_state(Awaiting.survey_person)
    await state.set_data({"survey": callback_data.id})
    await show(call, people_screen(texts, card, callback_data.page))


async def typed_person(
    message: Message, member: Member, survey_keeping: SurveyKeeping, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A name or a school: whom it may mean."""
    one, typed = int((await state.get_data())["survey"]), tidy(message.text or "")[:NAME_LIMIT]
    card = await _card(one, member, survey_keeping, clock)
    found = people_meant(typed, card.registry)
    rows = tuple(
        (
            _ticked(
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
    last = (*_to_audience(texts, one), *back_to_menu(texts))
    await show(
        message, _screen(texts, card, "found", (*rows, listed, last), people=people, total=len(found), typed=typed)
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
    router.callback_query.register(show_audience, SurveyAudience.filter())
    router.callback_query.register(ask_everybody, AskEverybody.filter())
    router.callback_query.register(ask_role, AskRole.filter())
    router.callback_query.register(show_places, AudiencePlaces.filter())
    router.callback_query.register(ask_everywhere, AskEverywhere.filter())
    router.callback_query.register(ask_place, AskPlace.filter())
    router.callback_query.register(show_schools, AudienceSchools.filter())
    router.callback_query.register(ask_school, AskSchool.filter())
    router.callback_query.register(show_people, AudiencePeople.filter())
    router.callback_query.register(ask_person, AskPerson.filter())
    router.message.register(typed_person, Awaiting.survey_person, is_answer)
