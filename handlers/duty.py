"""What a person is answerable for: taken away, led, added. With the id 0 it is the person who is being added."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.person import PersonCard, Persons
from actions.registry import Registries
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Duty, Member, Role
from domain.registry import called
from handlers.awaiting import Awaiting
from handlers.paging import paged
from handlers.person import back_to_card, show_card
from handlers.picking import label, municipality_rows, school_rows
from handlers.presses.duty import (
    ChooseHome,
    ChooseOrganisation,
    ChooseRole,
    ChooseSchool,
    EndDuty,
    GiveDuty,
    OpenDuties,
    OpenDuty,
    SetResponsible,
)
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

_SHOWN = 5
_IN_SCHOOLS = (Role.SCHOOL, Role.CURATOR)


async def show_duties(
    call: CallbackQuery,
    callback_data: OpenDuties,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Обязанности»."""
    await state.clear()
    card = await persons.card(callback_data.id, by=member, now=clock())
    await show(call, _duties_screen(texts, card, callback_data.page))


def _duties_screen(texts: Texts, card: PersonCard, page: int = 0) -> Screen:
    one = card.person.id
    rows = [(Button(duty_label(texts, card, duty), press("duty", one, row)),) for row, duty in card.duties.items()]
    shown = paged(texts, rows, page, lambda other: press("duties", one, other), _SHOWN)
    add = (Button(texts.plain("duty.button-add"), press("addduty", one)),)
    text = texts.html("duty.list", name=called(card.person.name, one), total=len(rows))
    return Screen(text, (*shown, add, back_to_card(texts, one)))


def duty_label(texts: Texts, card: PersonCard, duty: Duty) -> str:
    """A duty of the card on a button."""
    return texts.plain("duty.button-one", duty=duty, place=label(card.registry.place(duty)))


async def show_duty(
    call: CallbackQuery, callback_data: OpenDuty, member: Member, persons: Persons, clock: Clock, texts: Texts
) -> None:
    """One duty; the list where it is no more."""
    card = await persons.card(callback_data.id, by=member, now=clock())
    await show(call, _duty_screen(texts, card, callback_data.duty))


def _duty_screen(texts: Texts, card: PersonCard, row: int) -> Screen:
    one, duty = card.person.id, card.duties.get(row)
    if duty is None:
        return _duties_screen(texts, card)
    leads: Keyboard = ()
    if duty.role is Role.SCHOOL:
        caption = "duty.button-lead-no-more" if duty.responsible else "duty.button-lead"
        leads = ((Button(texts.plain(caption), press("lead", one, row, int(not duty.responsible))),),)
    rest: Keyboard = (
        (Button(texts.plain("duty.button-replace"), press("heirs", one, row, 0)),),
        (Button(texts.plain("duty.button-end"), press("unduty", one, row)),),
        (Button(texts.plain("duty.button-list"), press("duties", one, 0)),),
    )
    text = texts.html("duty.one", name=called(card.person.name, one), duty=duty, place=card.registry.place(duty))
    return Screen(text, (*leads, *rest))


async def set_responsible(
    call: CallbackQuery, callback_data: SetResponsible, member: Member, persons: Persons, clock: Clock, texts: Texts
) -> None:
    """«Сделать ответственным» and «Снять ответственность»."""
    one, row, on = callback_data.id, callback_data.duty, callback_data.on
    await persons.set_responsible(one, row, responsible=on, by=member, now=clock())
    await show(call, _duty_screen(texts, await persons.card(one, by=member, now=clock()), row))


async def end(
    call: CallbackQuery, callback_data: EndDuty, member: Member, persons: Persons, clock: Clock, texts: Texts
) -> None:
    """«Снять обязанность»."""
    await persons.end(callback_data.id, callback_data.duty, by=member, now=clock())
    card = await persons.card(callback_data.id, by=member, now=clock())
    await show(call, _duties_screen(texts, card), toast=texts.plain("duty.ended-toast"))


async def choose_role(
    call: CallbackQuery, callback_data: ChooseRole, member: Member, persons: Persons, clock: Clock, texts: Texts
) -> None:
    """«Добавить обязанность»."""
    card = await persons.card(callback_data.id, by=member, now=clock())
    await show(call, role_screen(texts, card.person.id, called(card.person.name, card.person.id)))


def role_screen(texts: Texts, person_id: int, name: str) -> Screen:
    """What a person is to be."""
    placed = tuple(
        (Button(texts.plain(f"duty.button-{role}"), press("dutyarea", person_id, role, 0)),)
        for role in (*_IN_SCHOOLS, Role.MUNICIPAL, Role.COORDINATOR)
    )
    organiser = (Button(texts.plain("duty.button-organiser"), press("dutyorg", person_id, 0)),)
    back = back_to_card(texts, person_id) if person_id else ()
    last = (*back, *never_mind(texts))
    return Screen(texts.html("duty.ask-role", name=name), (*placed, organiser, last))


async def role_please(message: Message, texts: Texts, state: FSMContext) -> None:
    """A text where the first duty is chosen by buttons."""
    await show(message, role_screen(texts, 0, (await state.get_data())["name"]))


async def choose_home(
    call: CallbackQuery, callback_data: ChooseHome, member: Member, registries: Registries, texts: Texts
) -> None:
    """A role is chosen: the municipality; a coordinator's is asked once more."""
    one, role = callback_data.id, Role(callback_data.role)
    registry = await registries.whole(by=member)
    if role is Role.COORDINATOR:
        sure = (Button(texts.plain("duty.button-coordinator-sure"), press("give", one, role, 0)),)
        await show(call, Screen(texts.html("duty.ask-coordinator"), (sure, never_mind(texts))))
        return
    if role in _IN_SCHOOLS:
        rows = municipality_rows(registry, lambda home: press("dutyhome", one, role, home, 0))
    else:
        rows = municipality_rows(registry, lambda home: press("give", one, role, home), empty=True)
    text = texts.html("duty.ask-home" if rows else "duty.no-homes")
    shown = paged(texts, rows, callback_data.page, lambda other: press("dutyarea", one, role, other))
    await show(call, Screen(text, (*shown, never_mind(texts))))


async def choose_school(
    call: CallbackQuery, callback_data: ChooseSchool, member: Member, registries: Registries, texts: Texts
) -> None:
    """A municipality is chosen: the school."""
    one, role, home = callback_data.id, callback_data.role, callback_data.home
    rows = school_rows(await registries.whole(by=member), home, lambda school: press("give", one, role, school))
    shown = paged(texts, rows, callback_data.page, lambda other: press("dutyhome", one, role, home, other))
    back = Button(texts.plain("duty.button-homes"), press("dutyarea", one, role, 0))
    text = texts.html("duty.ask-school" if rows else "duty.no-schools")
    await show(call, Screen(text, (*shown, (back, *never_mind(texts)))))


async def choose_organisation(
    call: CallbackQuery, callback_data: ChooseOrganisation, member: Member, persons: Persons, texts: Texts
) -> None:
    """An organiser of which organisation."""
    one = callback_data.id
    known = await persons.organisations(by=member)
    rows = [(Button(label(found.name), press("give", one, Role.ORGANISER, found.code)),) for found in known]
    text = texts.html("duty.ask-organisation" if rows else "duty.no-organisations")
    shown = paged(texts, rows, callback_data.page, lambda other: press("dutyorg", one, other))
    await show(call, Screen(text, (*shown, never_mind(texts))))


def _placed(given: GiveDuty) -> Duty:
    """What was chosen; the action refuses a place that is not there."""
    role = Role(given.role)
    if role is Role.ORGANISER:
        return Duty(role, organisation=given.place)
    place = int(given.place) if given.place.isdecimal() else None
    return Duty(role, municipality_id=place) if role is Role.MUNICIPAL else Duty(role, school_id=place)


async def give(
    call: CallbackQuery,
    callback_data: GiveDuty,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A further duty of somebody registered."""
    given = await persons.give(callback_data.id, _placed(callback_data), by=member, now=clock())
    toast = texts.plain("duty.given-toast" if given else "duty.had-toast")
    await show_card(call, callback_data.id, member, persons, clock, texts, state, toast=toast)


async def give_first(
    call: CallbackQuery,
    callback_data: GiveDuty,
    member: Member,
    persons: Persons,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The first duty of the person who is being added: now they are."""
    data = await state.get_data()
    duty = _placed(callback_data)
    person_id = await persons.add(data["name"], data["position"], duty, by=member, now=clock())
    await show_card(call, person_id, member, persons, clock, texts, state, before=texts.html("person.added"))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(show_duties, OpenDuties.filter())
    router.callback_query.register(show_duty, OpenDuty.filter())
    router.callback_query.register(set_responsible, SetResponsible.filter())
    router.callback_query.register(end, EndDuty.filter())
    router.callback_query.register(choose_role, ChooseRole.filter())
    router.callback_query.register(choose_home, ChooseHome.filter(F.role.in_(set(Role) - {Role.ORGANISER})))
    router.callback_query.register(choose_school, ChooseSchool.filter(F.role.in_(set(_IN_SCHOOLS))))
    router.callback_query.register(choose_organisation, ChooseOrganisation.filter())
    role = F.role.in_(set(Role))
    router.callback_query.register(give, GiveDuty.filter(role & (F.id > 0)))
    router.callback_query.register(give_first, GiveDuty.filter(role & (F.id == 0)), StateFilter(Awaiting.new_duty))
    router.message.register(role_please, Awaiting.new_duty, is_answer)
