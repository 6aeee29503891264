"""Remarks of a school: the list, a card, the school's answer, «Исправлено» and «Не исправлено»."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.remark import RemarkList, Remarks
from actions.remarking import RemarkCard
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from domain.remark import REMARK_LIMIT, RemarkKind, Turn
from handlers.awaiting import Awaiting
from handlers.document import place
from handlers.paging import on_page, turning
from handlers.presses.remark import (
    AnswerRemark,
    CorrectRemark,
    OpenRemark,
    RemarksPage,
    SchoolRemarks,
    SettleRemark,
)
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts

_SHOWN = 6
"""Remarks on a page, three buttons in a row."""


def list_screen(texts: Texts, found: RemarkList, page: int = 0) -> Screen:
    """A page of the remarks, the newest first, each with whose turn it is."""
    school = found.sheet.school.id
    shown, number, pages = on_page(found.told, page, _SHOWN)
    first = (number - 1) * _SHOWN + 1
    numbered = list(enumerate(shown, first))
    buttons = [Button(str(which), press("remark", one.remark.id)) for which, one in numbered]
    turns = turning(texts, len(found.told), page, lambda other: press("rempage", school, other), _SHOWN)
    back = (Button(texts.plain("document.button-back"), press("docs", school)), *back_to_menu(texts))
    rows = (tuple(buttons[:3]), tuple(buttons[3:]), turns, *_reviewing(texts, found), back)
    text = texts.html("remark.list", found=found, numbered=numbered, page=number, pages=pages)
    return Screen(text, tuple(row for row in rows if row))


def _reviewing(texts: Texts, found: RemarkList) -> Keyboard:
    if not found.sheet.reviews:
        return ()
    school = found.sheet.school.id
    made = tuple(
        Button(texts.plain(f"remark.button-new-{kind}"), press("remnew", school, str(kind), 0)) for kind in RemarkKind
    )
    medk = Button(texts.plain("medk.button-text"), press("medk", school, 0))
    return (made, (medk,)) if found.told else (made,)


def card_screen(texts: Texts, card: RemarkCard) -> Screen:
    """A remark with its answer, and what whoever looks may do."""
    remark, sheet = card.told.remark, card.sheet
    rows: list[tuple[Button, ...]] = []
    if sheet.keeps and remark.turn is not Turn.NOBODY:
        name = "answer" if remark.answered_at is None else "answer-again"
        rows.append((Button(texts.plain(f"remark.button-{name}"), press("remanswer", remark.id)),))
    if sheet.reviews:
        rows.append(_judging(texts, card))
    if card.corrects:
        rows.append((Button(texts.plain("remark.button-correct"), press("remtext", remark.id)),))
    if card.told.subject.line is not None:
        school, kind, risk = place(card.told.subject.line)
        rows.append((Button(texts.plain("document.button-card"), press("doc", school, kind, risk)),))
    back = (Button(texts.plain("remark.button-back"), press("remarks", sheet.school.id)), *back_to_menu(texts))
    text = texts.html("remark.card", card=card, told=card.told, remark=remark, sheet=sheet)
    return Screen(text, tuple(row for row in (*rows, back) if row))


def _judging(texts: Texts, card: RemarkCard) -> tuple[Button, ...]:
    remark = card.told.remark
    fixed = Button(texts.plain(f"remark.button-fixed-{remark.kind}"), press("remfix", remark.id, 1))
    opened = Button(texts.plain(f"remark.button-opened-{remark.kind}"), press("remfix", remark.id, 0))
    match remark.turn:
        case Turn.SCHOOL:
            return (fixed,)
        case Turn.NOBODY:
            return (opened,)
    return (fixed, opened)


async def show_list(
    call: CallbackQuery, callback_data: SchoolRemarks, member: Member, remarks: Remarks, texts: Texts, state: FSMContext
) -> None:
    """«Замечания» of a school."""
    await state.clear()
    await show(call, list_screen(texts, await remarks.of_school(callback_data.id, by=member)))


async def turn_list(
    call: CallbackQuery, callback_data: RemarksPage, member: Member, remarks: Remarks, texts: Texts
) -> None:
    """Another page."""
    found = await remarks.of_school(callback_data.id, by=member)
    await show(call, list_screen(texts, found, callback_data.page))


async def open_remark(
    call: CallbackQuery, callback_data: OpenRemark, member: Member, remarks: Remarks, texts: Texts, state: FSMContext
) -> None:
    """A remark of the list, or of a message about it."""
    await state.clear()
    await show(call, card_screen(texts, await remarks.card(callback_data.id, by=member)))


async def ask_answer(
    call: CallbackQuery, callback_data: AnswerRemark, member: Member, remarks: Remarks, texts: Texts, state: FSMContext
) -> None:
    """«Ответить»."""
    card = await remarks.to_answer(callback_data.id, by=member)
    await state.set_state(Awaiting.remark_answer)
    await _ask(call, texts, state, card, "remark.ask-answer")


async def ask_text(
    call: CallbackQuery, callback_data: CorrectRemark, member: Member, remarks: Remarks, texts: Texts, state: FSMContext
) -> None:
    """«Изменить текст»."""
    card = await remarks.to_correct(callback_data.id, by=member)
    await state.set_state(Awaiting.remark_text)
    await _ask(call, texts, state, card, "remark.ask-text")


async def _ask(call: CallbackQuery, texts: Texts, state: FSMContext, card: RemarkCard, question: str) -> None:
    remark = card.told.remark
    await state.set_data({"remark": remark.id})
    back = Button(texts.plain("remark.button-open"), press("remark", remark.id))
    text = texts.html(question, told=card.told, remark=remark, limit=REMARK_LIMIT)
    await show(call, Screen(text, ((back, *never_mind(texts)),)))


async def typed_answer(
    message: Message, member: Member, remarks: Remarks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The answer."""
    card = await remarks.answer(await _asked(state), message.text or "", by=member, now=clock())
    await _written(message, texts, state, card, "remark.answered")


async def typed_text(
    message: Message, member: Member, remarks: Remarks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The author's other text."""
    card = await remarks.correct(await _asked(state), message.text or "", by=member, now=clock())
    await _written(message, texts, state, card, "remark.corrected")


async def _asked(state: FSMContext) -> int:
    return int((await state.get_data())["remark"])


async def _written(message: Message, texts: Texts, state: FSMContext, card: RemarkCard, said: str) -> None:
    await state.clear()
    screen = card_screen(texts, card)
    await show(message, Screen(texts.html(said) + "\n\n" + screen.text, screen.buttons))


async def settle(
    call: CallbackQuery, callback_data: SettleRemark, member: Member, remarks: Remarks, clock: Clock, texts: Texts
) -> None:
    """«Исправлено», «Не исправлено»."""
    card = await remarks.settle(callback_data.id, fixed=callback_data.fixed, by=member, now=clock())
    toast = texts.plain(f"remark.{'fixed' if callback_data.fixed else 'opened'}-toast")
    await show(call, card_screen(texts, card), toast=toast)


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_list, SchoolRemarks.filter())
    router.callback_query.register(turn_list, RemarksPage.filter())
    router.callback_query.register(open_remark, OpenRemark.filter())
    router.callback_query.register(ask_answer, AnswerRemark.filter())
    router.callback_query.register(ask_text, CorrectRemark.filter())
    router.callback_query.register(settle, SettleRemark.filter())
    router.message.register(typed_answer, Awaiting.remark_answer, is_answer)
    router.message.register(typed_text, Awaiting.remark_text, is_answer)
