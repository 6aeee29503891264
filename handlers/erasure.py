"""«Акты об удалении»: both papers of everybody who was erased, for the coordinator to print and keep, and erasing
whoever left before they asked for it."""

from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.erasure import Erasures
from domain.button import Button, press
from domain.clock import Clock
from domain.own_data import Erasure
from domain.people import Member
from domain.registry import called
from handlers.paging import Row, on_page, paged
from handlers.picking import label
from handlers.presses.menu import Go
from handlers.presses.own_data import ActFile, EraseFormer, ErasuresPage, ExtractFile, FormerPage
from handlers.show import Screen, send_file, show
from handlers.start import back_to_menu, never_mind
from reports.erasure import act_file, extract_file
from texts import Texts

_ACTS = 5
"""Acts of a page: below them are the buttons that turn it, erase a former member and lead back."""


def _screen(texts: Texts, found: tuple[Erasure, ...], zone: ZoneInfo, page: int = 0) -> Screen:
    shown, number, pages = on_page(found, page, _ACTS)
    rows = [
        (
            Button(texts.plain("own_data.button-act", number=one.number), press("act", one.number)),
            Button(texts.plain("own_data.button-extract", number=one.number), press("extract", one.number)),
        )
        for one in found
    ]
    text = texts.html("own_data.acts", erasures=shown, zone=zone, page=number, pages=pages)
    turned = paged(texts, rows, page, lambda other: press("erasures", other), _ACTS)
    former = (Button(texts.plain("own_data.button-former"), press("formers", 0)),)
    return Screen(text, (*turned, former, back_to_menu(texts)))


async def show_erasures(
    event: Message | CallbackQuery,
    member: Member,
    erasures: Erasures,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Акты об удалении»."""
    await state.clear()
    await show(event, _screen(texts, await erasures.all(by=member), erasures.zone))


async def turn_page(
    call: CallbackQuery,
    callback_data: ErasuresPage,
    member: Member,
    erasures: Erasures,
    texts: Texts,
) -> None:
    """Another page."""
    await show(call, _screen(texts, await erasures.all(by=member), erasures.zone, callback_data.page))


async def send_act(
    call: CallbackQuery, callback_data: ActFile, member: Member, erasures: Erasures, texts: Texts
) -> None:
    """«Акт»: the file."""
    act = await erasures.act(callback_data.id, by=member)
    name = texts.plain("own_data.act-name", number=act.erasure.number)
    caption = texts.html("own_data.act-caption", erasure=act.erasure)
    await send_file(call, name, act_file(act, texts, erasures.zone), caption)
    await call.answer(texts.plain("own_data.file-toast"))


async def send_extract(
    call: CallbackQuery,
    callback_data: ExtractFile,
    member: Member,
    erasures: Erasures,
    texts: Texts,
) -> None:
    """«Выгрузка»: the file."""
    act = await erasures.act(callback_data.id, by=member)
    name = texts.plain("own_data.extract-name", number=act.erasure.number)
    caption = texts.html("own_data.extract-caption", erasure=act.erasure)
    await send_file(call, name, extract_file(act, texts, erasures.zone), caption)
    await call.answer(texts.plain("own_data.file-toast"))


async def show_former(
    call: CallbackQuery,
    callback_data: FormerPage,
    member: Member,
    erasures: Erasures,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Удалить данные бывшего участника»: whose."""
    await state.clear()
    found = await erasures.former(by=member)
    shown, number, pages = on_page(found, callback_data.page)
    people = [(one, called(one.name, one.person_id)) for one in shown]
    text = texts.html("own_data.former", people=people, zone=erasures.zone, page=number, pages=pages)
    rows = [(Button(label(called(one.name, one.person_id)), press("erase", one.person_id, 0)),) for one in found]
    turned = paged(texts, rows, callback_data.page, lambda other: press("formers", other))
    await show(call, Screen(text, (*turned, _back_to_acts(texts))))


async def erase_former(
    call: CallbackQuery,
    callback_data: EraseFormer,
    member: Member,
    erasures: Erasures,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """What is destroyed and what stays, and then nothing that names the person is left."""
    await state.clear()
    person_id = callback_data.id
    if callback_data.sure:
        await erasures.erase(person_id, by=member, now=clock())
        acts = _screen(texts, await erasures.all(by=member), erasures.zone)
        done = texts.html("own_data.erased-former", number=person_id)
        await show(call, Screen(f"{done}\n\n{acts.text}", acts.buttons))
        return
    former = await erasures.one_former(person_id, by=member)
    name = called(former.name, person_id)
    text = texts.html("own_data.ask-erase-former", former=former, name=name, zone=erasures.zone)
    sure = (Button(texts.plain("own_data.button-erase-sure"), press("erase", person_id, 1)),)
    await show(call, Screen(text, (sure, _back_to_acts(texts), never_mind(texts))))


def _back_to_acts(texts: Texts) -> Row:
    return (Button(texts.plain("own_data.button-acts"), press("go", "erasures")),)


def setup(router: Router) -> None:
    """Private screens of whoever may see the audit, and keeps the registry."""
    router.callback_query.register(show_erasures, Go.filter(F.section == "erasures"))
    router.callback_query.register(turn_page, ErasuresPage.filter())
    router.callback_query.register(send_act, ActFile.filter())
    router.callback_query.register(send_extract, ExtractFile.filter())
    router.callback_query.register(show_former, FormerPage.filter())
    router.callback_query.register(erase_former, EraseFormer.filter())
