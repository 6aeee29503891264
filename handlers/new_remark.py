"""A further remark or proposal: on which document or item, then the words."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.document import Sheet
from actions.remark import MadeRemark, Remarks
from domain.button import Button, press
from domain.clock import Clock
from domain.document import DocumentKind, Slot
from domain.people import Member
from domain.remark import REMARK_LIMIT, RemarkKind, Target
from domain.roadmap import KeptItem
from handlers.awaiting import Awaiting
from handlers.document import place
from handlers.paging import on_page, paged, turning
from handlers.presses.remark import ChooseRemarkDocument, ChooseRemarkItem, RemarkOnDocument, RemarkOnItem
from handlers.remark import card_screen
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

_DOCUMENTS = 5
_ITEMS = 12


async def choose_document(
    call: CallbackQuery,
    callback_data: ChooseRemarkDocument,
    member: Member,
    remarks: Remarks,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Замечание», «Предложение»: on what."""
    sheet, _ = await remarks.items(callback_data.school, by=member, now=clock())
    await show(call, documents_screen(texts, sheet, callback_data.what, callback_data.page))


def documents_screen(texts: Texts, sheet: Sheet, what: RemarkKind, page: int) -> Screen:
    """A page of the documents, and the way to the items."""
    school = sheet.school.id
    rows = [
        (Button(texts.plain("document.button-line", doc=line), press("remdoc", school, kind, risk, str(what))),)
        for line in sheet.lines
        for _, kind, risk in [place(line)]
    ]
    shown = paged(texts, rows, page, lambda other: press("remnew", school, str(what), other), _DOCUMENTS)
    items = (Button(texts.plain("remark.button-items"), press("remitems", school, str(what), 0)),)
    text = texts.html("remark.choose", sheet=sheet, what=what)
    return Screen(text, (*shown, items, (_to_list(texts, school), *never_mind(texts))))


async def choose_item(
    call: CallbackQuery, callback_data: ChooseRemarkItem, member: Member, remarks: Remarks, clock: Clock, texts: Texts
) -> None:
    """«По пункту дорожной карты»: by which."""
    sheet, items = await remarks.items(callback_data.school, by=member, now=clock())
    await show(call, items_screen(texts, sheet, items, callback_data.what, callback_data.page))


def items_screen(texts: Texts, sheet: Sheet, items: list[KeptItem], what: RemarkKind, page: int) -> Screen:
    """A page of the items that schools owe, three buttons in a row."""
    school = sheet.school.id
    shown, _, _ = on_page(items, page, _ITEMS)
    buttons = [
        Button(texts.plain("remark.button-item", number=one.item.number), press("remitem", school, one.id, str(what)))
        for one in shown
    ]
    rows = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    turns = turning(texts, len(items), page, lambda other: press("remitems", school, str(what), other), _ITEMS)
    text = texts.html("remark.choose-item", sheet=sheet, what=what, items=shown)
    back = (_to_list(texts, school), *never_mind(texts))
    return Screen(text, tuple(row for row in (*rows, turns, back) if row))


def _to_list(texts: Texts, school: int) -> Button:
    return Button(texts.plain("remark.button-back"), press("remarks", school))


async def on_document(
    call: CallbackQuery,
    callback_data: RemarkOnDocument,
    member: Member,
    remarks: Remarks,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """On a document: the words are asked for."""
    target = Target(callback_data.school, callback_data.slot)
    await _ask(call, target, callback_data.what, member, remarks, clock, texts, state)


async def on_item(
    call: CallbackQuery,
    callback_data: RemarkOnItem,
    member: Member,
    remarks: Remarks,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """On an item: the words are asked for."""
    target = Target(callback_data.school, item_id=callback_data.item)
    await _ask(call, target, callback_data.what, member, remarks, clock, texts, state)


async def _ask(
    call: CallbackQuery,
    target: Target,
    what: RemarkKind,
    member: Member,
    remarks: Remarks,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    sheet, subject = await remarks.subject(target, by=member, now=clock())
    await state.set_state(Awaiting.remark)
    await state.set_data(_kept(target, what))
    text = texts.html("remark.ask", sheet=sheet, subject=subject, what=what, limit=REMARK_LIMIT)
    await show(call, Screen(text, ((_to_list(texts, sheet.school.id), *never_mind(texts)),)))


def _kept(target: Target, what: RemarkKind) -> dict[str, int | str | None]:
    slot = target.slot
    return {
        "school": target.school_id,
        "what": str(what),
        "item": target.item_id,
        "kind": str(slot.kind) if slot else None,
        "risk": slot.risk_factor_id if slot else 0,
    }


async def typed_remark(
    message: Message, member: Member, remarks: Remarks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The words."""
    data = await state.get_data()
    slot = Slot(int(data["school"]), DocumentKind(data["kind"]), int(data["risk"])) if data["kind"] else None
    target = Target(int(data["school"]), slot, data["item"])
    made = await remarks.make(target, RemarkKind(data["what"]), message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, made_screen(texts, made, target))


def made_screen(texts: Texts, made: MadeRemark, target: Target) -> Screen:
    """The card, who of the school is told, and a way to the next one on the same."""
    screen, remark = card_screen(texts, made.card), made.card.told.remark
    more = tuple(Button(texts.plain(f"remark.button-more-{kind}"), _again(target, kind)) for kind in RemarkKind)
    text = texts.html("remark.made", remark=remark, heard=made.heard)
    return Screen(f"{text}\n\n{screen.text}", (more, *screen.buttons))


def _again(target: Target, kind: RemarkKind) -> str:
    if target.slot is None:
        return press("remitem", target.school_id, target.item_id or 0, str(kind))
    return press("remdoc", target.school_id, str(target.slot.kind), target.slot.risk_factor_id, str(kind))


def setup(router: Router) -> None:
    """Private screens of whoever may remark."""
    router.callback_query.register(choose_document, ChooseRemarkDocument.filter())
    router.callback_query.register(choose_item, ChooseRemarkItem.filter())
    router.callback_query.register(on_document, RemarkOnDocument.filter())
    router.callback_query.register(on_item, RemarkOnItem.filter())
    router.message.register(typed_remark, Awaiting.remark, is_answer)
