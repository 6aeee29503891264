"""Keeping the schools: added, renamed, where they are, out of the project."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.registry import NewSchool, Registries, SchoolCard, existing
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.registry import ADDRESS_LIMIT, SCHOOL_LIMIT, called
from domain.registry import typed_name as as_name
from handlers.awaiting import Awaiting
from handlers.paging import PAGE, paged
from handlers.picking import label, municipality_rows
from handlers.presses.school import (
    AddSchool,
    AddSchoolEvenSo,
    AddSchoolIn,
    ForgetSchoolAddress,
    RenameSchool,
    SchoolAddress,
    SchoolLeaves,
    SchoolLeft,
)
from handlers.school import card_screen
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts


async def ask_home(
    call: CallbackQuery,
    callback_data: AddSchool,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Добавить школу»: in which municipality; a new one is typed."""
    registry = await registries.whole(by=member)
    await state.set_state(Awaiting.school_home)
    rows = municipality_rows(registry, lambda home: press("schoolin", home), empty=True)
    shown = paged(texts, rows, callback_data.page, lambda other: press("newschool", other))
    await show(call, Screen(texts.html("school.ask-home", some=bool(rows)), (*shown, never_mind(texts))))


async def typed_home(message: Message, texts: Texts, state: FSMContext) -> None:
    """A municipality, typed."""
    home = as_name(message.text or "")
    await _ask_name(message, home, home, texts, state)


async def chosen_home(
    call: CallbackQuery,
    callback_data: AddSchoolIn,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A municipality of the list."""
    found = (await registries.whole(by=member)).municipality(callback_data.home)
    home = existing(found, "school.no-municipality")
    await _ask_name(call, home.id, home.name, texts, state)


async def _ask_name(
    event: Message | CallbackQuery, home: int | str, home_name: str, texts: Texts, state: FSMContext
) -> None:
    await state.set_state(Awaiting.school_name)
    await state.set_data({"home": home})
    text = texts.html("school.ask-name", home=home_name, limit=SCHOOL_LIMIT)
    await show(event, Screen(text, (never_mind(texts),)))


async def typed_school(
    message: Message, member: Member, registries: Registries, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The name of the school; where there is one like it, whether it is that one."""
    home, name = (await state.get_data())["home"], message.text or ""
    made = await registries.add_school(home, name, by=member, now=clock())
    if made.school_id is None:
        await state.set_state(Awaiting.school_alike)
        await state.set_data({"home": home, "name": name})
        await show(message, _alike(texts, made, name))
    else:
        await _show_added(message, made.school_id, member, registries, texts, state)


def _alike(texts: Texts, made: NewSchool, name: str) -> Screen:
    alike = made.alike[: PAGE - 1]
    rows = tuple((Button(label(one.name), press("school", one.id)),) for one in alike)
    other = (Button(texts.plain("school.button-another"), press("schoolnew")),)
    text = texts.html("school.alike", name=name, names=[one.name for one in alike])
    return Screen(text, (*rows, other, never_mind(texts)))


async def add_even_so(
    call: CallbackQuery, member: Member, registries: Registries, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Это другая школа»."""
    data = await state.get_data()
    made = await registries.add_school(data["home"], data["name"], even_so=True, by=member, now=clock())
    if made.school_id is not None:
        await _show_added(call, made.school_id, member, registries, texts, state)


async def _show_added(
    event: Message | CallbackQuery,
    school_id: int,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    await state.clear()
    screen = card_screen(texts, await registries.school(school_id, by=member))
    await show(event, Screen(texts.html("school.added") + "\n\n" + screen.text, screen.buttons))


async def ask_new_name(
    call: CallbackQuery,
    callback_data: RenameSchool,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Переименовать»."""
    card = await _kept(registries, callback_data.id, member)
    await state.set_state(Awaiting.school_new_name)
    await state.set_data({"school": card.school.id})
    text = texts.html("school.ask-new-name", name=card.school.name, limit=SCHOOL_LIMIT)
    await show(call, Screen(text, ((*_to_card(texts, card), *never_mind(texts)),)))


async def _kept(registries: Registries, school_id: int, member: Member) -> SchoolCard:
    """A school for whoever keeps the registry."""
    await registries.whole(by=member)
    return await registries.school(school_id, by=member)


def _to_card(texts: Texts, card: SchoolCard) -> tuple[Button, ...]:
    return (Button(texts.plain("school.button-card"), press("school", card.school.id)),)


async def typed_new_name(
    message: Message, member: Member, registries: Registries, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The new name."""
    school_id = int((await state.get_data())["school"])
    await registries.rename_school(school_id, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, card_screen(texts, await registries.school(school_id, by=member)))


async def ask_address(
    call: CallbackQuery,
    callback_data: SchoolAddress,
    member: Member,
    registries: Registries,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Адрес»."""
    card = await _kept(registries, callback_data.id, member)
    school = card.school
    await state.set_state(Awaiting.school_address)
    await state.set_data({"school": school.id})
    text = texts.html("school.ask-address", name=school.name, address=school.address, limit=ADDRESS_LIMIT)
    forget = (Button(texts.plain("school.button-no-address"), press("noaddress", school.id)),)
    kept: Keyboard = (forget,) if school.address else ()
    await show(call, Screen(text, (*kept, (*_to_card(texts, card), *never_mind(texts)))))


async def typed_address(
    message: Message, member: Member, registries: Registries, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The address."""
    school_id = int((await state.get_data())["school"])
    await registries.set_school_address(school_id, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, card_screen(texts, await registries.school(school_id, by=member)))


async def forget_address(
    call: CallbackQuery,
    callback_data: ForgetSchoolAddress,
    member: Member,
    registries: Registries,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Убрать адрес»."""
    await registries.set_school_address(callback_data.id, None, by=member, now=clock())
    await state.clear()
    await show(call, card_screen(texts, await registries.school(callback_data.id, by=member)))


async def ask_leaving(
    call: CallbackQuery, callback_data: SchoolLeaves, member: Member, registries: Registries, texts: Texts
) -> None:
    """«Школа вышла из проекта»: who is removed with it."""
    card = await _kept(registries, callback_data.id, member)
    removed = [called(one.name, one.id) for one in card.only_here if one.id != member.person_id]
    sure = (Button(texts.plain("school.button-left-sure"), press("schoolgone", card.school.id)),)
    text = texts.html("school.ask-leaving", name=card.school.name, removed=removed)
    await show(call, Screen(text, (sure, _to_card(texts, card))))


async def leave(
    call: CallbackQuery,
    callback_data: SchoolLeft,
    member: Member,
    registries: Registries,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Да, вышла»."""
    gone = await registries.school_left(callback_data.id, by=member, now=clock())
    to_list: Keyboard = ((Button(texts.plain("school.button-list"), press("go", "my-schools")),),)
    await show(call, Screen(texts.html("school.left", name=gone.name), to_list))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(ask_home, AddSchool.filter())
    router.callback_query.register(chosen_home, AddSchoolIn.filter())
    router.callback_query.register(add_even_so, AddSchoolEvenSo.filter(), StateFilter(Awaiting.school_alike))
    router.callback_query.register(ask_new_name, RenameSchool.filter())
    router.callback_query.register(ask_address, SchoolAddress.filter())
    router.callback_query.register(forget_address, ForgetSchoolAddress.filter())
    router.callback_query.register(ask_leaving, SchoolLeaves.filter())
    router.callback_query.register(leave, SchoolLeft.filter())
    router.message.register(typed_home, Awaiting.school_home, is_answer)
    router.message.register(typed_school, StateFilter(Awaiting.school_name, Awaiting.school_alike), is_answer)
    router.message.register(typed_new_name, Awaiting.school_new_name, is_answer)
    router.message.register(typed_address, Awaiting.school_address, is_answer)
