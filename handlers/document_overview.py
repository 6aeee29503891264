"""«Документы» of many schools: how many are in which state, who lacks something, what waits to be accepted."""

from collections.abc import Iterator

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.document import Documents, Overview
from domain.button import Button, press
from domain.document import DocumentKind, Line
from domain.people import Member
from handlers.document import place, sheet_screen
from handlers.paging import on_page, paged, turning
from handlers.picking import label
from handlers.presses.document import DocumentsLacking, DocumentsWaiting
from handlers.presses.menu import Go
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts


def overview_screen(texts: Texts, found: Overview) -> Screen:
    """Every kind with its states, and a button for each kind that somebody lacks."""
    picture = found.picture
    lacks = tuple(
        (Button(texts.plain("document.button-lacking", kind=kind, count=count), press("doclack", str(kind), 0)),)
        for kind in DocumentKind
        if (count := len(picture.lacking(kind)))
    )
    waiting = len(picture.waiting)
    last = [Button(texts.plain("document.button-waiting", count=waiting), press("docwait", 0))] if waiting else []
    last += [Button(texts.plain("document.button-risks"), press("risks", 0))] if found.keeps_risks else []
    counts = [(kind, picture.counts(kind)) for kind in DocumentKind]
    text = texts.html("document.overview", total=len(found.registry.schools), counts=counts, waiting=waiting)
    return Screen(text, tuple(row for row in (*lacks, tuple(last), back_to_menu(texts)) if row))


def lacking_screen(texts: Texts, found: Overview, kind: DocumentKind, page: int) -> Screen:
    """A page of the schools that lack a kind; each opens its checklist."""
    schools = found.picture.lacking(kind)
    shown, number, pages = on_page(schools, page)
    rows = [(Button(label(one.school.name), press("docs", one.school.id)),) for one in shown]
    turns = turning(texts, len(schools), page, lambda other: press("doclack", str(kind), other))
    text = texts.html("document.lacking", kind=kind, shown=shown, total=len(schools), page=number, pages=pages)
    return Screen(text, tuple(row for row in (*rows, turns, _back(texts)) if row))


def waiting_screen(texts: Texts, found: Overview, page: int) -> Screen:
    """A page of what waits to be accepted, what came first above."""
    rows = [
        (Button(texts.plain("document.button-one", school=name, doc=line), press("doc", school, kind, risk)),)
        for name, line in _waiting(found)
        for school, kind, risk in [place(line)]
    ]
    text = texts.html("document.waiting", total=len(rows))
    return Screen(text, (*paged(texts, rows, page, lambda other: press("docwait", other)), _back(texts)))


def _waiting(found: Overview) -> Iterator[tuple[str, Line]]:
    """What waits, each with the name of its school."""
    names = {school.id: school.name for school in found.registry.schools}
    for one in found.picture.waiting:
        yield names[one.slot.school_id], Line(one, found.risks.get(one.slot.risk_factor_id, ""))


def _back(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.plain("document.button-overview"), press("go", "documents")), *back_to_menu(texts))


async def show_section(
    call: CallbackQuery, member: Member, documents: Documents, texts: Texts, state: FSMContext
) -> None:
    """«Документы» of the menu: the checklist of whoever has one school, else all of them."""
    await state.clear()
    found = await documents.overview(by=member)
    if len(found.registry.schools) == 1 and not found.keeps_risks:
        sheet = await documents.sheet(found.registry.schools[0].id, by=member)
        await show(call, sheet_screen(texts, sheet))
    else:
        await show(call, overview_screen(texts, found))


async def show_lacking(
    call: CallbackQuery, callback_data: DocumentsLacking, member: Member, documents: Documents, texts: Texts
) -> None:
    """Who lacks a kind; all kinds where nobody does by now."""
    found, kind = await documents.overview(by=member), callback_data.kind
    lacks = bool(found.picture.lacking(kind))
    await show(call, lacking_screen(texts, found, kind, callback_data.page) if lacks else overview_screen(texts, found))


async def show_waiting(
    call: CallbackQuery, callback_data: DocumentsWaiting, member: Member, documents: Documents, texts: Texts
) -> None:
    """What waits; all kinds where nothing does by now."""
    found = await documents.overview(by=member)
    waits = bool(found.picture.waiting)
    await show(call, waiting_screen(texts, found, callback_data.page) if waits else overview_screen(texts, found))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_section, Go.filter(F.section == "documents"))
    router.callback_query.register(show_lacking, DocumentsLacking.filter())
    router.callback_query.register(show_waiting, DocumentsWaiting.filter())
