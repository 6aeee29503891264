"""«Документы» of a school: the checklist, a document's card, and what is marked on it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.document import DocumentCard, Documents, Sheet
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.document import DocumentState, Line
from domain.people import Member
from domain.remark import RemarkKind
from handlers.paging import paged
from handlers.presses.document import (
    AcceptDocument,
    DocumentNotAccepted,
    DocumentsPage,
    MarkDocument,
    OpenDocument,
    SchoolDocuments,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

_SHOWN = 5
"""Documents on a page of buttons; the text has all of them."""


def place(line: Line) -> tuple[int, str, int]:
    """How buttons name a document."""
    slot = line.document.slot
    return slot.school_id, str(slot.kind), slot.risk_factor_id


def sheet_screen(texts: Texts, sheet: Sheet, page: int = 0) -> Screen:
    """The whole checklist, and a button for each document."""
    school = sheet.school.id
    rows = [
        (Button(texts.plain("document.button-line", doc=line), press("doc", school, kind, risk)),)
        for line in sheet.lines
        for _, kind, risk in [place(line)]
    ]
    remarks = Button(texts.plain("document.button-remarks", count=sheet.remarks), press("remarks", school))
    profile = Button(texts.plain("document.button-profile"), press("profile", school, 0))
    to_school = Button(texts.plain("document.button-school"), press("school", school))
    text = texts.html(
        "document.sheet",
        sheet=sheet,
        own=[line for line in sheet.lines if line.is_own],
        others=[line for line in sheet.lines if not line.is_own],
    )
    shown = paged(texts, rows, page, lambda other: press("docspage", school, other), _SHOWN)
    return Screen(text, (*shown, (remarks, profile), (to_school, *back_to_menu(texts))))


def card_screen(texts: Texts, card: DocumentCard) -> Screen:
    """What there is of a document, and what whoever looks may do with it."""
    line, sheet = card.line, card.sheet
    rows = [*_keeping(texts, card), *_looking(texts, card), *_reviewing(texts, card)]
    back = (Button(texts.plain("document.button-back"), press("docs", sheet.school.id)), *back_to_menu(texts))
    text = texts.html("document.card", card=card, doc=line, document=line.document, sheet=sheet)
    return Screen(text, (*rows, back))


def _keeping(texts: Texts, card: DocumentCard) -> Keyboard:
    line, document = card.line, card.line.document
    if not (card.sheet.keeps and line.is_own) or line.state is DocumentState.ACCEPTED:
        return ()
    school, kind, risk = place(line)
    add = (Button(texts.plain("document.button-add"), press("docadd", school, kind, risk)),)
    placed = Button(texts.plain("document.button-placed"), press("docset", school, kind, risk, DocumentState.PLACED))
    draft = Button(texts.plain("document.button-draft"), press("docset", school, kind, risk, DocumentState.DRAFT))
    is_placed = line.state not in (DocumentState.NONE, DocumentState.DRAFT)
    marks = [placed] if document.has_content and not is_placed else []
    marks += [draft] if line.state is not DocumentState.DRAFT else []
    drops = [
        Button(texts.plain(f"document.button-drop-{what}"), press("docdrop", school, kind, risk, what))
        for what, there in (("file", document.remote_id), ("link", document.link))
        if there
    ]
    return tuple(row for row in (add, tuple(marks), tuple(drops)) if row)


def _looking(texts: Texts, card: DocumentCard) -> Keyboard:
    line = card.line
    school, kind, risk = place(line)
    row = []
    if line.document.remote_id:
        row.append(Button(texts.plain("document.button-file"), press("docfile", school, kind, risk)))
    if line.open_remarks:
        row.append(Button(texts.plain("document.button-remarks", count=card.sheet.remarks), press("remarks", school)))
    return (tuple(row),) if row else ()


def _reviewing(texts: Texts, card: DocumentCard) -> Keyboard:
    line = card.line
    if not card.sheet.reviews:
        return ()
    school, kind, risk = place(line)
    made = tuple(
        Button(texts.plain(f"remark.button-new-{what}"), press("remdoc", school, kind, risk, str(what)))
        for what in RemarkKind
    )
    if line.state is DocumentState.PLACED:
        accept = Button(
            texts.plain("document.button-accept"), press("docok", school, kind, risk, line.document.version)
        )
        return ((accept,), made)
    if line.state is DocumentState.ACCEPTED:
        return ((Button(texts.plain("document.button-not-accepted"), press("docundo", school, kind, risk)),), made)
    return (made,)


async def show_sheet(
    event: Message | CallbackQuery,
    callback_data: SchoolDocuments,
    member: Member,
    documents: Documents,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Документы» on a school's card."""
    await state.clear()
    await show(event, sheet_screen(texts, await documents.sheet(callback_data.id, by=member)))


async def turn_sheet(
    call: CallbackQuery, callback_data: DocumentsPage, member: Member, documents: Documents, texts: Texts
) -> None:
    """Another page of the buttons."""
    sheet = await documents.sheet(callback_data.id, by=member)
    await show(call, sheet_screen(texts, sheet, callback_data.page))


async def open_document(
    call: CallbackQuery,
    callback_data: OpenDocument,
    member: Member,
    documents: Documents,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A document of the checklist."""
    await state.clear()
    await show(call, card_screen(texts, await documents.card(callback_data.slot, by=member)))


async def mark(
    call: CallbackQuery,
    callback_data: MarkDocument,
    member: Member,
    documents: Documents,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Размещён», «Черновик»."""
    card = await documents.mark(callback_data.slot, callback_data.state, by=member, now=clock())
    toast = texts.plain(f"document.marked-{card.line.state}-toast", count=card.line.open_remarks)
    await show(call, card_screen(texts, card), toast=toast)


async def accept(
    call: CallbackQuery,
    callback_data: AcceptDocument,
    member: Member,
    documents: Documents,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Принять»."""
    card = await documents.accept(callback_data.slot, callback_data.seen, by=member, now=clock())
    await show(call, card_screen(texts, card), toast=texts.plain("document.accepted-toast"))


async def take_acceptance_back(
    call: CallbackQuery,
    callback_data: DocumentNotAccepted,
    member: Member,
    documents: Documents,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Отменить приём»."""
    card = await documents.take_acceptance_back(callback_data.slot, by=member, now=clock())
    await show(call, card_screen(texts, card), toast=texts.plain("document.not-accepted-toast"))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_sheet, SchoolDocuments.filter())
    router.callback_query.register(turn_sheet, DocumentsPage.filter())
    router.callback_query.register(open_document, OpenDocument.filter())
    router.callback_query.register(mark, MarkDocument.filter())
    router.callback_query.register(accept, AcceptDocument.filter())
    router.callback_query.register(take_acceptance_back, DocumentNotAccepted.filter())
