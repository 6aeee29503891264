"""«Визиты» by role: the curator's schedule, what a school receives; and the visits of one school."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.visit_coverage import VisitCoverages
from actions.visit_hosting import VisitedSchool, VisitHosting
from actions.visit_plan import VisitPlans
from actions.visit_schedule import PlannedSchool, Schedule
from actions.visit_sight import SeenVisit
from domain.access import Right, may
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member, Role
from domain.visit import ProposalState
from handlers.paging import Row, on_page, paged, turning
from handlers.picking import label
from handlers.presses.menu import Go
from handlers.presses.visit import HostedPage, OwnSchoolsPage, SchoolVisits, SchoolVisitsPage
from handlers.show import Screen, show
from handlers.start import back_to_menu
from handlers.visit_coverage import region_screen
from texts import Texts

NAME = 28
"""Characters of a school on a button."""
SHOWN = 8
"""Visits of a message: each is as long as what speaks against it."""
_ROWS = 5
"""Schools of a page, with «Отправить» and «Отозвать»."""
_LISTED = 4


async def show_visits(
    call: CallbackQuery,
    member: Member,
    visit_plans: VisitPlans,
    visit_hosting: VisitHosting,
    visit_coverages: VisitCoverages,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Визиты»: of whoever has several roles what asks most of them."""
    await state.clear()
    if Role.COORDINATOR not in member.roles and may(member, Right.VISIT):
        await show_schedule(call, member, visit_plans, clock, texts)
    elif may(member, Right.SEE_REGION):
        await show(call, region_screen(texts, member, await visit_coverages.look(by=member, now=clock())))
    else:
        await show(call, hosted_screen(texts, await visit_hosting.hosted(by=member, now=clock())))


async def show_own(
    call: CallbackQuery, member: Member, visit_plans: VisitPlans, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Мои визиты» of a coordinator who is a curator too."""
    await state.clear()
    await show_schedule(call, member, visit_plans, clock, texts)


async def show_schedule(
    event: Message | CallbackQuery,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
    page: int = 0,
    *,
    toast: str | None = None,
) -> None:
    """The curator's schedule as it is now."""
    found = await visit_plans.schedule(by=member, now=clock())
    await show(event, schedule_screen(texts, member, found, page), toast=toast)


async def turn_schools(
    call: CallbackQuery,
    callback_data: OwnSchoolsPage,
    member: Member,
    visit_plans: VisitPlans,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of the curator's schools."""
    await show_schedule(call, member, visit_plans, clock, texts, callback_data.page)


def schedule_screen(texts: Texts, member: Member, found: Schedule, page: int = 0) -> Screen:
    """What is ahead by day; the schools without a visit first among the buttons."""
    ahead = [one for one in found.visits if one.standing.is_ahead]
    held = sum(one.standing.is_held for one in found.visits)
    text = texts.html(
        "visit_plan.schedule", found=found, ahead=ahead, held=held, shown=SHOWN, comment=_comment(found.to_send)
    )
    doing = _doing(texts, found)
    schools = sorted(found.schools, key=lambda one: bool(one.visits))
    rows = [(_school(texts, one),) for one in schools]
    shown = paged(texts, rows, page, lambda other: press("vmine", other), _ROWS - len(doing))
    return Screen(text, (*doing, *shown, *_beside(texts, member, found), back_to_menu(texts)))


def _comment(visits: list[SeenVisit]) -> str:
    """Why the coordinator returned the latest."""
    returned = [one.visit.proposal for one in visits if one.visit.proposal]
    return next((one.comment for one in returned if one.state is ProposalState.RETURNED), "")


def _doing(texts: Texts, found: Schedule) -> Keyboard:
    send, back = len(found.to_send), len(found.waiting)
    sending = ((Button(texts.plain("visit_plan.button-send", count=send), press("vsend", 0)),),) if send else ()
    taking = ((Button(texts.plain("visit_plan.button-withdraw", count=back), press("vtake")),),) if back else ()
    return (*sending, *taking)


def _school(texts: Texts, found: PlannedSchool) -> Button:
    name = label(found.school.name, NAME)
    return Button(texts.plain("visit_plan.button-school", found=found, name=name), press("vschool", found.school.id))


def _beside(texts: Texts, member: Member, found: Schedule) -> Keyboard:
    """The calendar, and what else somebody with several roles has."""
    row: list[Button] = []
    if any(one.visit.day for one in found.visits):
        row.append(Button(texts.plain("visit_plan.button-calendar"), press("vics")))
    if may(member, Right.HOST_VISITS):
        row.append(Button(texts.plain("visit_plan.button-hosted"), press("go", "visit-host")))
    if may(member, Right.SEE_REGION):
        row.append(Button(texts.plain("visit_plan.button-region"), press("go", "visit-all")))
    return (tuple(row),) if row else ()


async def show_hosted(
    call: CallbackQuery, member: Member, visit_hosting: VisitHosting, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The same of a school's team whose other role comes first."""
    await state.clear()
    await show(call, hosted_screen(texts, await visit_hosting.hosted(by=member, now=clock())))


async def turn_hosted(
    call: CallbackQuery,
    callback_data: HostedPage,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page."""
    found = await visit_hosting.hosted(by=member, now=clock())
    await show(call, hosted_screen(texts, found, callback_data.page))


def hosted_screen(texts: Texts, visits: list[SeenVisit], page: int = 0) -> Screen:
    """What the school receives, and what was."""
    shown, number, pages = on_page(visits, page, _LISTED)
    several = len({one.school.id for one in visits}) > 1
    values = {"shown": shown, "page": number, "pages": pages, "total": len(visits), "several": several}
    turns = turning(texts, len(visits), page, lambda other: press("vhost", other), _LISTED)
    calendar = (Button(texts.plain("visit_plan.button-calendar"), press("vics")),)
    rows = (*((open_button(texts, one),) for one in shown), turns)
    text = texts.html("visit_card.hosted", **values)
    return Screen(text, tuple(row for row in (*rows, calendar if visits else (), back_to_menu(texts)) if row))


def open_button(texts: Texts, one: SeenVisit) -> Button:
    """Opens the card of a visit."""
    return Button(texts.plain("visit_card.button-one", one=one), press("visit", one.id))


async def open_school(
    call: CallbackQuery,
    callback_data: SchoolVisits,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The visits of a school."""
    await state.clear()
    await show(call, school_screen(texts, await visit_hosting.of_school(callback_data.id, by=member, now=clock())))


async def turn_school(
    call: CallbackQuery,
    callback_data: SchoolVisitsPage,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
) -> None:
    """Another page of them."""
    found = await visit_hosting.of_school(callback_data.id, by=member, now=clock())
    await show(call, school_screen(texts, found, callback_data.page))


def school_screen(texts: Texts, found: VisitedSchool, page: int = 0) -> Screen:
    """Those ahead, then those that were; whoever curates the school proposes a further day."""
    shown, number, pages = on_page(found.visits, page, _LISTED)
    school = found.school.id
    turns = turning(texts, len(found.visits), page, lambda other: press("vschools", school, other), _LISTED)
    plan: Row = (Button(texts.plain("visit_plan.button-plan"), press("vplan", school)),) if found.plans else ()
    beside: Row = (
        Button(texts.plain("visit_card.button-agreed"), press("agreeds", school)),
        Button(texts.plain("visit_card.button-about"), press("school", school)),
    )
    last = (Button(texts.plain("visit_card.button-visits"), press("go", "visits")), *back_to_menu(texts))
    opens = [(open_button(texts, one),) for one in shown]
    text = texts.html("visit_card.school", found=found, shown=shown, page=number, pages=pages)
    return Screen(text, tuple(row for row in (plan, *opens, turns, beside, last) if row))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_visits, Go.filter(F.section == "visits"))
    router.callback_query.register(show_own, Go.filter(F.section == "visit-mine"))
    router.callback_query.register(show_hosted, Go.filter(F.section == "visit-host"))
    router.callback_query.register(turn_schools, OwnSchoolsPage.filter())
    router.callback_query.register(turn_hosted, HostedPage.filter())
    router.callback_query.register(open_school, SchoolVisits.filter())
    router.callback_query.register(turn_school, SchoolVisitsPage.filter())
