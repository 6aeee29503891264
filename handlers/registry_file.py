"""«Список в Excel»: the template, the export, and a file that is looked at and then loaded or not."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.registry_file import Look, RegistryFiles
from domain.access import Right, may
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.refusal import Refusal
from domain.registry_file import FILE_LIMIT, Sheet
from handlers.album import is_rest_of_album, said_already
from handlers.awaiting import Awaiting
from handlers.files import download, is_larger
from handlers.paging import on_page, turning
from handlers.person import back_to_hub
from handlers.presses.menu import Go
from handlers.presses.registry_file import (
    AnswerAboutFile,
    DownloadRegistry,
    ForgetRegistryFile,
    LoadRegistryFile,
    LookAtRegistryFile,
    RegistryFilePage,
)
from handlers.show import Screen, send_file, show
from handlers.start import never_mind
from handlers.where import is_no_command
from texts import Texts

_WORKBOOKS = (".xlsx", ".xlsm")
_MIB = 1024**2


async def _is_workbook(message: Message) -> bool:
    return message.document is not None and (message.document.file_name or "").lower().endswith(_WORKBOOKS)


async def _is_document(message: Message) -> bool:
    return message.document is not None


async def _from_keeper(_message: Message, member: Member) -> bool:
    return may(member, Right.KEEP_REGISTRY)


async def show_section(
    call: CallbackQuery, member: Member, registry_files: RegistryFiles, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Список в Excel»: a file may be sent at once."""
    waiting = await registry_files.waiting(by=member, now=clock())
    await show(call, await _section(waiting, texts, state))


async def _section(waiting: datetime | None, texts: Texts, state: FSMContext) -> Screen:
    await state.set_state(Awaiting.registry_file)
    await state.set_data({})
    rows: Keyboard = tuple((_download(texts, which),) for which in ("template", "list"))
    if waiting is not None:
        rows = ((Button(texts.plain("registry_file.button-draft"), press("regpage", 0)),), *rows)
    text = texts.html("registry_file.screen", limit=FILE_LIMIT // _MIB, draft=waiting)
    return Screen(text, (*rows, back_to_hub(texts)))


def _download(texts: Texts, which: str) -> Button:
    return Button(texts.plain(f"registry_file.button-{which}"), press("regfile", which))


async def send_template(call: CallbackQuery, member: Member, registry_files: RegistryFiles, texts: Texts) -> None:
    """«Скачать шаблон»."""
    content = await registry_files.template(by=member)
    caption = texts.html("registry_file.template-caption")
    await send_file(call, texts.plain("registry_file.name-template"), content, caption)
    await call.answer(texts.plain("registry_file.sent-toast"))


async def send_list(
    call: CallbackQuery, member: Member, registry_files: RegistryFiles, clock: Clock, texts: Texts
) -> None:
    """«Скачать список»."""
    made = await registry_files.export(by=member, now=clock())
    caption = texts.html("registry_file.list-caption", today=made.day, schools=made.schools, people=made.people)
    await send_file(call, texts.plain("registry_file.name-list", today=made.day), made.content, caption)
    await call.answer(texts.plain("registry_file.sent-toast"))


async def send_report(call: CallbackQuery, member: Member, registry_files: RegistryFiles, texts: Texts) -> None:
    """«Скачать отчёт» about the file that waits."""
    content = await registry_files.report(by=member)
    await send_file(call, texts.plain("registry_file.name-report"), content, texts.html("registry_file.report-caption"))
    await call.answer(texts.plain("registry_file.sent-toast"))


async def offer(message: Message, texts: Texts, state: FSMContext) -> None:
    """A workbook that nobody asked for."""
    assert message.document is not None  # noqa: S101  the filter has seen it
    _refuse_larger(message)
    await state.set_state(Awaiting.registry_file)
    await state.set_data({"file": message.document.file_id})
    look = (Button(texts.plain("registry_file.button-look"), press("reglook")),)
    text = texts.html("registry_file.offer", name=message.document.file_name or "")
    await show(message, Screen(text, (look, never_mind(texts))))


async def look_at_offered(
    call: CallbackQuery,
    bot: Bot,
    member: Member,
    registry_files: RegistryFiles,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Проверить как список»."""
    file_id = (await state.get_data()).get("file")
    if not file_id or await state.get_state() != Awaiting.registry_file.state:
        raise Refusal("registry_file.gone")
    content = await download(bot, file_id, "registry_file.not-downloaded")
    await show(call, look_screen(texts, await registry_files.look(content, by=member, now=clock())))


async def received(
    message: Message, bot: Bot, member: Member, registry_files: RegistryFiles, clock: Clock, texts: Texts
) -> None:
    """The file that was asked for; another may follow it."""
    assert message.document is not None  # noqa: S101  the filter has seen it
    _refuse_larger(message)
    content = await download(bot, message.document.file_id, "registry_file.not-downloaded")
    await show(message, look_screen(texts, await registry_files.look(content, by=member, now=clock())))


def _refuse_larger(message: Message) -> None:
    if message.document is not None and is_larger(message.document, FILE_LIMIT):
        raise Refusal("workbook.too-big", limit=FILE_LIMIT // _MIB)


async def file_please(message: Message, texts: Texts) -> None:
    """A text or a picture where the file is waited for."""
    await show(message, Screen(texts.html("registry_file.file-please")))


async def show_waiting(
    call: CallbackQuery,
    callback_data: RegistryFilePage,
    member: Member,
    registry_files: RegistryFiles,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Вернуться к файлу» and another page of what is wrong in it."""
    found = await registry_files.waits(by=member)
    await state.set_state(Awaiting.registry_file)
    await show(call, look_screen(texts, found, callback_data.page))


async def answer(
    call: CallbackQuery, callback_data: AnswerAboutFile, member: Member, registry_files: RegistryFiles, texts: Texts
) -> None:
    """An answer, then the next question."""
    pressed = callback_data
    found = await registry_files.answer(pressed.version, pressed.question, same=pressed.same, by=member)
    await show(call, look_screen(texts, found))


async def load(
    call: CallbackQuery,
    callback_data: LoadRegistryFile,
    member: Member,
    registry_files: RegistryFiles,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Загрузить»: what was done, or what has to be looked at first by now."""
    found, loaded = await registry_files.load(callback_data.version, by=member, now=clock())
    if not loaded:
        await show(call, look_screen(texts, found))
        return
    await state.clear()
    cards = (Button(texts.plain("registry_file.button-cards"), press("go", "cards")),)
    rows = (*((cards,) if found.plan.work.added else ()), back_to_hub(texts))
    await show(call, Screen(texts.html("registry_file.loaded", plan=found.plan), rows))


async def forget(
    call: CallbackQuery, member: Member, registry_files: RegistryFiles, texts: Texts, state: FSMContext
) -> None:
    """«Не загружать»."""
    await registry_files.forget(by=member)
    await show(call, await _section(None, texts, state), toast=texts.plain("registry_file.forgotten-toast"))


def look_screen(texts: Texts, found: Look, page: int = 0) -> Screen:
    """What is wrong; else the next question; else what would be done."""
    if found.plan.wrong:
        screen = _wrong(texts, found, page)
    elif found.plan.questions:
        screen = _question(texts, found)
    else:
        screen = _ready(texts, found)
    notes = texts.html("registry_file.notes", file=found.first) if found.first is not None else ""
    leave = (
        (_download(texts, "report"),),
        (Button(texts.plain("registry_file.button-forget"), press("regdrop")),),
        back_to_hub(texts),
    )
    return Screen(f"{screen.text}\n\n{notes}".strip(), (*screen.buttons, *leave))


def _wrong(texts: Texts, found: Look, page: int) -> Screen:
    wrong = found.plan.wrong
    shown, number, pages = on_page(wrong, page)
    text = texts.html(
        "registry_file.wrong", plan=found.plan, shown=shown, page=number, pages=pages, sheets=_sheets(texts)
    )
    turns = turning(texts, len(wrong), page, lambda other: press("regpage", other))
    return Screen(text, (turns,) if turns else ())


def _question(texts: Texts, found: Look) -> Screen:
    asked = found.plan.questions[0]
    buttons = tuple(
        (
            Button(
                texts.plain(f"registry_file.button-{which}-{asked.about}"),
                press("regsame", found.version, asked.id, int(which == "same")),
            ),
        )
        for which in ("same", "other")
    )
    text = texts.html(
        f"registry_file.ask-{asked.about}",
        question=asked,
        left=len(found.plan.questions),
        duties=found.duties,
        sheets=_sheets(texts),
    )
    return Screen(text, buttons)


def _ready(texts: Texts, found: Look) -> Screen:
    if found.plan.work.is_nothing:
        return Screen(texts.html("registry_file.nothing", plan=found.plan))
    load_it = (Button(texts.plain("registry_file.button-load"), press("regload", found.version)),)
    return Screen(texts.html("registry_file.ready", plan=found.plan), (load_it,))


def _sheets(texts: Texts) -> dict[Sheet, str]:
    return {sheet: texts.plain(f"registry_file.sheet-{sheet}") for sheet in Sheet}


def setup(router: Router) -> None:
    """Private screens of coordinators; a workbook sent unasked is offered to be looked at."""
    router.callback_query.register(show_section, Go.filter(F.section == "registry-file"))
    router.callback_query.register(send_template, DownloadRegistry.filter(F.which == "template"))
    router.callback_query.register(send_list, DownloadRegistry.filter(F.which == "list"))
    router.callback_query.register(send_report, DownloadRegistry.filter(F.which == "report"))
    router.callback_query.register(look_at_offered, LookAtRegistryFile.filter())
    router.callback_query.register(show_waiting, RegistryFilePage.filter())
    router.callback_query.register(answer, AnswerAboutFile.filter())
    router.callback_query.register(load, LoadRegistryFile.filter())
    router.callback_query.register(forget, ForgetRegistryFile.filter())
    router.message.register(said_already, Awaiting.registry_file, is_rest_of_album)
    router.message.register(received, Awaiting.registry_file, _is_document)
    router.message.register(file_please, Awaiting.registry_file, is_no_command)
    router.message.register(offer, StateFilter(None), _is_workbook, _from_keeper)
