"""«Кого спрашивать»: everybody, roles, municipalities and schools; the exact count on every screen."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.survey_card import SurveyCard
from actions.survey_keeping import SurveyKeeping
from domain.access import Right
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.survey_change import (
    ASKABLE,
    AudienceChange,
    everywhere,
    with_everybody,
    with_municipality,
    with_role,
    with_school,
)
from handlers.paging import on_page, paged
from handlers.picking import label
from handlers.presses.survey import (
    AskEverybody,
    AskEverywhere,
    AskPlace,
    AskRole,
    AskSchool,
    AudiencePlaces,
    AudienceSchools,
    SurveyAudience,
)
from handlers.show import Screen, show
from handlers.survey_screen import back_to_survey, facts
from texts import Texts

_PLACES = 5


def audience_screen(texts: Texts, card: SurveyCard) -> Screen:
    """Whom it asks, and where that is chosen; of schools no roles."""
    one, audience = card.survey.id, card.audience
    everybody = (
        ticked(texts, texts.plain("survey_audience.button-everybody"), press("svall", one), audience.is_everybody),
    )
    roles = [
        ticked(
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
    return asking_screen(texts, card, "screen", (everybody, *of_people, more, back_to_survey(texts, one)))


def ticked(texts: Texts, text: str, data: str, chosen: bool) -> Button:
    return Button(texts.plain("survey_audience.choice", text=text, chosen=chosen), data)


def asking_screen(texts: Texts, card: SurveyCard, which: str, rows: Keyboard, **more: object) -> Screen:
    return Screen(texts.html(f"survey_audience.{which}", card=card, **facts(card), **more), rows)


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
    card = await kept_card(callback_data.id, member, survey_keeping, clock)
    await state.clear()
    await show(call, audience_screen(texts, card))


async def kept_card(survey_id: int, member: Member, survey_keeping: SurveyKeeping, clock: Clock) -> SurveyCard:
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
        rows.append((ticked(texts, label(home.name), toggle, on), schools))
    turned = paged(texts, rows, page, lambda other: press("svplaces", one, other), _PLACES)
    _, number, pages = on_page(rows, page, _PLACES)
    whole = ticked(
        texts, texts.plain("survey_audience.button-everywhere"), press("sveverywhere", one), not audience.is_narrowed
    )
    return asking_screen(texts, card, "places", (*turned, (whole,), to_audience(texts, one)), page=number, pages=pages)


def to_audience(texts: Texts, survey_id: int) -> tuple[Button, ...]:
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
    card = await kept_card(callback_data.id, member, survey_keeping, clock)
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
        rows.append((ticked(texts, label(school.name), press("svschool", one, school.id, int(not on), page), on),))
    turned = paged(texts, rows, page, lambda other: press("svschools", one, home, other))
    _, number, pages = on_page(rows, page)
    back = (Button(texts.plain("survey_audience.button-places-back"), press("svplaces", one, 0)),)
    place = card.registry.municipality(home)
    name = "" if place is None else place.name
    return asking_screen(texts, card, "schools", (*turned, back), name=name, page=number, pages=pages)


async def show_schools(
    call: CallbackQuery,
    callback_data: AudienceSchools,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Школы» of a municipality."""
    card = await kept_card(callback_data.id, member, survey_keeping, clock)
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
