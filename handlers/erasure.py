"""«Акты об удалении»: both papers of everybody who erased themselves, for the coordinator to print and keep."""

from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.erasure import Erasures
from domain.button import Button, press
from domain.own_data import Erasure
from domain.people import Member
from handlers.paging import on_page, paged
from handlers.presses.menu import Go
from handlers.presses.own_data import ActFile, ErasuresPage, ExtractFile
from handlers.show import Screen, send_file, show
from handlers.start import back_to_menu
from reports.erasure import act_file, extract_file
from texts import Texts


def _screen(texts: Texts, found: tuple[Erasure, ...], zone: ZoneInfo, page: int = 0) -> Screen:
    shown, number, pages = on_page(found, page)
    rows = [
        (
            Button(texts.plain("own_data.button-act", number=one.number), press("act", one.number)),
            Button(texts.plain("own_data.button-extract", number=one.number), press("extract", one.number)),
        )
        for one in found
    ]
    text = texts.html("own_data.acts", erasures=shown, zone=zone, page=number, pages=pages)
    turned = paged(texts, rows, page, lambda other: press("erasures", other))
    return Screen(text, (*turned, back_to_menu(texts)))


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


def setup() -> Router:
    """Private screens of whoever may see the audit."""
    router = Router(name="erasure")
    router.callback_query.register(show_erasures, Go.filter(F.section == "erasures"))
    router.callback_query.register(turn_page, ErasuresPage.filter())
    router.callback_query.register(send_act, ActFile.filter())
    router.callback_query.register(send_extract, ExtractFile.filter())
    return router
