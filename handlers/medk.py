"""«Текст для МЭДК»: one message that is copied by a tap, or a file, and the mark that it was entered."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.medk import Medk, MedkText
from domain.button import Button, press
from domain.clock import Clock
from domain.evidence import file_name
from domain.people import Member
from handlers.presses.remark import NotPlacedInMedk, PlacedInMedk, ShowMedkText
from handlers.show import Screen, send_file, show
from handlers.start import back_to_menu
from reports.medk import medk_text
from texts import Texts
from texts.renderer import LIMIT


def medk_screen(texts: Texts, found: MedkText, block: str) -> Screen:
    """The text (none where it went as a file), and what can be marked."""
    school = found.sheet.school.id
    rows: list[tuple[Button, ...]] = []
    if found.waiting:
        rows.append((Button(texts.plain("medk.button-placed"), press("medkset", school, found.seen)),))
    if found.last is not None:
        rows.append((Button(texts.plain("medk.button-not-placed"), press("medkoff", school, found.last.moment)),))
    if found.waiting < found.total:
        rows.append((Button(texts.plain("medk.button-everything"), press("medk", school, 1)),))
    back = (Button(texts.plain("remark.button-back"), press("remarks", school)), *back_to_menu(texts))
    return Screen(texts.html("medk.screen", found=found, block=block), (*rows, back))


async def _show(call: CallbackQuery, texts: Texts, found: MedkText, toast: str | None = None) -> None:
    sheet = found.sheet
    block = medk_text(sheet.school.name, sheet.municipality, found.chapters, texts)
    screen = medk_screen(texts, found, block)
    if len(screen.text) > LIMIT:
        name = file_name(texts.plain("medk.file-name", name=sheet.school.name))
        await send_file(call, name, block.encode("utf-8-sig"), texts.html("medk.file-caption", sheet=sheet))
        screen = medk_screen(texts, found, "")
    await show(call, screen, toast=toast)


async def show_text(
    call: CallbackQuery, callback_data: ShowMedkText, member: Member, medk: Medk, clock: Clock, texts: Texts
) -> None:
    """«Текст для МЭДК», «Показать всё»."""
    everything = callback_data.everything
    await _show(call, texts, await medk.text(callback_data.school, everything=everything, by=member, now=clock()))


async def place(
    call: CallbackQuery, callback_data: PlacedInMedk, member: Member, medk: Medk, clock: Clock, texts: Texts
) -> None:
    """«Внесено в МЭДК»."""
    count, found = await medk.place(callback_data.school, callback_data.seen, by=member, now=clock())
    await _show(call, texts, found, texts.plain("medk.placed-toast", count=count, waiting=found.waiting))


async def unplace(
    call: CallbackQuery, callback_data: NotPlacedInMedk, member: Member, medk: Medk, clock: Clock, texts: Texts
) -> None:
    """«Снять отметку»."""
    count, found = await medk.unplace(callback_data.school, callback_data.placed, by=member, now=clock())
    await _show(call, texts, found, texts.plain("medk.not-placed-toast", count=count))


def setup(router: Router) -> None:
    """Private screens of whoever may remark."""
    router.callback_query.register(show_text, ShowMedkText.filter())
    router.callback_query.register(place, PlacedInMedk.filter())
    router.callback_query.register(unplace, NotPlacedInMedk.filter())
