"""«Обо мне»: what is kept about me, my name, leaving, erasing. It stands before the gate of the consent."""

from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.own_data import OwnData
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.consent import VERSION
from domain.own_data import PersonalData
from domain.people import Member
from domain.registry import called
from handlers.awaiting import Awaiting
from handlers.presses.menu import Go
from handlers.presses.own_data import EraseMe, LeaveProject, MyFile, RenameMe, WithdrawConsent
from handlers.show import Screen, send_file, show
from handlers.start import back_to_menu
from handlers.where import in_private, is_answer
from reports.own_data import own_data_file
from texts import Texts

_TYPED = ("/мои_данные", "/моиданные", "/мои данные")
"""Cyrillic commands arrive as plain text, the underline or the space in them easily lost."""
_SAID = ("мои данные", "обо мне")


async def is_cyrillic_command(message: Message) -> bool:
    """«/мои_данные», which no messenger knows as a command."""
    return (message.text or "").strip().casefold().startswith(_TYPED)


async def says_my_data(message: Message) -> bool:
    """The same in words, where no other answer is awaited."""
    return (message.text or "").strip().casefold() in _SAID


def me_screen(texts: Texts, data: PersonalData, zone: ZoneInfo) -> Screen:
    """Who I am in the project, and what I can do with what is kept about me."""
    text = texts.html("own_data.screen", data=data, name=called(data.name, data.person_id), zone=zone)
    return Screen(text, _with_consent(texts) if data.agreed else _without_consent(texts))


def back_to_me(texts: Texts) -> tuple[Button, ...]:
    """The last row of what is opened from «Обо мне»."""
    return (Button(texts.plain("home.button-me"), press("go", "me")), *back_to_menu(texts))


def _with_consent(texts: Texts) -> Keyboard:
    return (
        (_rename(texts), _file(texts)),
        (
            Button(texts.plain("own_data.button-reminders"), press("go", "reminders")),
            Button(texts.plain("own_data.button-away"), press("go", "away")),
        ),
        (Button(texts.plain("calendar.button-mine"), press("go", "calendar")),),
        (Button(texts.plain("own_data.button-withdraw"), press("unconsent")),),
        (_leave(texts), _erase(texts)),
        back_to_menu(texts),
    )


def _without_consent(texts: Texts) -> Keyboard:
    consent = Button(texts.plain("own_data.button-consent"), press("go", "menu"))
    return ((_rename(texts), _file(texts)), (_leave(texts), _erase(texts)), (consent,))


def _rename(texts: Texts) -> Button:
    return Button(texts.plain("own_data.button-rename"), press("myname"))


def _file(texts: Texts) -> Button:
    return Button(texts.plain("own_data.button-file"), press("myfile"))


def _leave(texts: Texts) -> Button:
    return Button(texts.plain("own_data.button-leave"), press("quit", 0))


def _erase(texts: Texts) -> Button:
    return Button(texts.plain("own_data.button-erase"), press("eraseme", 0))


def _back(texts: Texts) -> tuple[Button, ...]:
    """The last row of every question here: before the consent there is no menu to go to."""
    return (Button(texts.plain("menu.button-cancel"), press("go", "me")),)


async def show_me(
    event: Message | CallbackQuery,
    member: Member,
    own_data: OwnData,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Обо мне» and ``/my_data``."""
    await state.clear()
    await show(event, me_screen(texts, await own_data.look(by=member, now=clock()), own_data.zone))


async def ask_name(
    call: CallbackQuery, member: Member, own_data: OwnData, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Изменить имя»."""
    data = await own_data.look(by=member, now=clock())
    await state.set_state(Awaiting.own_name)
    text = texts.html("own_data.ask-name", name=called(data.name, data.person_id))
    await show(call, Screen(text, (_back(texts),)))


async def typed_name(
    message: Message,
    member: Member,
    own_data: OwnData,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The name, typed."""
    await own_data.rename(message.text or "", by=member, now=clock())
    await state.clear()
    screen = me_screen(texts, await own_data.look(by=member, now=clock()), own_data.zone)
    await show(message, Screen(texts.html("own_data.renamed") + "\n\n" + screen.text, screen.buttons))


async def send_my_data(call: CallbackQuery, member: Member, own_data: OwnData, clock: Clock, texts: Texts) -> None:
    """«Скачать мои данные»."""
    now = clock()
    content = own_data_file(await own_data.export(by=member, now=now), texts, own_data.zone, now)
    await send_file(call, texts.plain("own_data.file-name"), content, texts.html("own_data.file-caption"))
    await call.answer(texts.plain("own_data.file-toast"))


async def ask_withdraw(call: CallbackQuery, texts: Texts, state: FSMContext) -> None:
    """«Отозвать согласие»: what it means; the answer goes the way of «Не согласен»."""
    await state.clear()
    sure = (Button(texts.plain("own_data.button-withdraw-sure"), press("consent", 0, VERSION)),)
    await show(call, Screen(texts.html("own_data.ask-withdraw"), (sure, _back(texts))))


async def leave(
    call: CallbackQuery,
    callback_data: LeaveProject,
    member: Member,
    own_data: OwnData,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Выйти из проекта»: what it means, and then the end of it."""
    await state.clear()
    if callback_data.sure:
        await own_data.leave(by=member, now=clock())
        await show(call, Screen(texts.html("own_data.left")))
        return
    data = await own_data.look(by=member, now=clock())
    sure = (Button(texts.plain("own_data.button-leave-sure"), press("quit", 1)),)
    await show(call, Screen(texts.html("own_data.ask-leave", data=data), (sure, (_erase(texts),), _back(texts))))


async def erase(
    call: CallbackQuery,
    callback_data: EraseMe,
    member: Member,
    own_data: OwnData,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Удалить мои данные»: what goes and what stays, and then nothing is left."""
    await state.clear()
    if callback_data.sure:
        await own_data.erase(by=member, now=clock())
        await show(call, Screen(texts.html("own_data.erased", number=member.person_id)))
        return
    data = await own_data.look(by=member, now=clock())
    sure = (Button(texts.plain("own_data.button-erase-sure"), press("eraseme", 1)),)
    await show(call, Screen(texts.html("own_data.ask-erase", data=data), (sure, (_file(texts),), _back(texts))))


def before_consent() -> Router:
    """Private screens of members, whatever they answered to the consent."""
    router = Router(name="me")
    router.message.filter(in_private)
    router.callback_query.filter(in_private)
    router.message.register(show_me, Command("my_data"))
    router.message.register(show_me, is_cyrillic_command)
    router.message.register(show_me, StateFilter(None), says_my_data)
    router.message.register(typed_name, Awaiting.own_name, is_answer)
    router.callback_query.register(show_me, Go.filter(F.section == "me"))
    router.callback_query.register(ask_name, RenameMe.filter())
    router.callback_query.register(send_my_data, MyFile.filter())
    router.callback_query.register(ask_withdraw, WithdrawConsent.filter())
    router.callback_query.register(leave, LeaveProject.filter())
    router.callback_query.register(erase, EraseMe.filter())
    return router
