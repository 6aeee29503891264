"""The card of one visit: where it is, its history, and what whoever looks may do with it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.visit_hosting import VisitCard, VisitHosting
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.visit import ReportState, Standing
from handlers.paging import Row
from handlers.presses.visit import OpenVisit
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

_ROUNDS = 8
"""Steps of the history: the latest."""
_TOLD_OF = (Standing.TODAY, Standing.OVERDUE)


async def open_visit(
    call: CallbackQuery,
    callback_data: OpenVisit,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One visit."""
    await state.clear()
    await show_visit(call, callback_data.id, member, visit_hosting, clock, texts)


async def show_visit(
    event: Message | CallbackQuery,
    visit_id: int,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    *,
    toast: str | None = None,
) -> None:
    """Its card as it is now."""
    card = await visit_hosting.card(visit_id, by=member, now=clock())
    await show(event, card_screen(texts, card), toast=toast)


def card_screen(texts: Texts, card: VisitCard) -> Screen:
    """What comes next first; the way back last."""
    rounds = card.rounds[-_ROUNDS:]
    text = texts.html("visit_card.card", card=card, rounds=rounds, more=len(card.rounds) - len(rounds), zone=card.zone)
    rows = (
        *(_planning(texts, card) if card.plans else ()),
        _hosting(texts, card),
        _approving(texts, card),
        _reading(texts, card),
        _looking(texts, card),
        (
            Button(texts.plain("visit_card.button-school"), press("vschool", card.one.school.id)),
            *back_to_menu(texts),
        ),
    )
    return Screen(text, tuple(row for row in rows if row))


def _planning(texts: Texts, card: VisitCard) -> tuple[Row, ...]:
    """Of whoever goes: the wish of the school, the report, another day."""
    one = card.one
    return (_wish(texts, card), *((_report(texts, card),) if one.report else _course(texts, card)))


def _wish(texts: Texts, card: VisitCard) -> Row:
    if card.one.visit.wish is None:
        return ()
    agree = Button(texts.plain("visit_card.button-wish-agree"), press("vwok", card.one.id))
    return (agree, Button(texts.plain("visit_card.button-wish-decline"), press("vwno", card.one.id)))


def _report(texts: Texts, card: VisitCard) -> Row:
    report = card.one.report
    if report is None or report.state is ReportState.ACCEPTED:
        return ()
    return (Button(texts.plain("visit_card.button-edit-report"), press("fw", "visit", card.one.id, 0, "go-on")),)


def _course(texts: Texts, card: VisitCard) -> tuple[Row, ...]:
    one, visit = card.one, card.one.visit
    is_told = one.standing in _TOLD_OF
    tell = Button(texts.plain("visit_card.button-tell"), press("fw", "visit", one.id, 0, "go-on"))
    missed = Button(texts.plain("visit_card.button-missed"), press("vmiss", one.id))
    move = Button(texts.plain("visit_card.button-move"), press("vmove", one.id))
    was_set = visit.day is not None or visit.missed_on is not None
    stay = Button(texts.plain("visit_card.button-stay"), press("vdrop", one.id))
    drop = Button(texts.plain("visit_card.button-drop"), press("vdrop", one.id))
    moving = (() if visit.waits else (move,)) + ((missed,) if is_told else ())
    leaving = (stay,) if visit.proposal and was_set else (drop,) if visit.is_to_send else ()
    return ((tell,) if is_told else (), moving, leaving)


def _hosting(texts: Texts, card: VisitCard) -> Row:
    if not card.hosts or card.one.standing not in (Standing.PLANNED, Standing.TODAY) or card.one.visit.waits:
        return ()
    return (Button(texts.plain("visit_card.button-wish"), press("vwish", card.one.id)),)


def _approving(texts: Texts, card: VisitCard) -> Row:
    if not card.approves or not card.one.standing.is_ahead:
        return ()
    curator = press("vappr", card.one.visit.curator_id)
    look = Button(texts.plain("visit_card.button-schedule"), curator)
    cancel = Button(texts.plain("visit_card.button-cancel-visit"), press("vcancel", card.one.id))
    return (look, cancel) if card.one.visit.waits else (cancel,)


def _reading(texts: Texts, card: VisitCard) -> Row:
    report = card.one.report
    if report is None:
        return ()
    if card.reviews and report.state is ReportState.SENT:
        return (Button(texts.plain("visit_card.button-review"), press("vrev", card.one.id)),)
    if card.inside or report.state is ReportState.ACCEPTED:
        name = "report" if card.inside else "part"
        return (Button(texts.plain(f"visit_card.button-{name}"), press("vrep", card.one.id)),)
    return ()


def _looking(texts: Texts, card: VisitCard) -> Row:
    """What is known of the school, and what was told of the visit before."""
    if not card.inside:
        return (Button(texts.plain("visit_card.button-agreed"), press("agreeds", card.one.school.id)),)
    brief = Button(texts.plain("visit_card.button-brief"), press("vbrief", card.one.id))
    last = Button(texts.plain("visit_card.button-last"), press("vlast", card.one.id))
    return (brief, last) if card.one.number > 1 else (brief,)


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(open_visit, OpenVisit.filter())
