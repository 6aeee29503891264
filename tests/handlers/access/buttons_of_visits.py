"""What can be pressed of the schedule of visits."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from domain.visit_coverage import VisitGap
from handlers.presses import visit
from tests.handlers.access.purpose import PAGES, Pressed

SEE, PLAN, HOST, APPROVE = Right.SEE_VISITS, Right.VISIT, Right.HOST_VISITS, Right.APPROVE_VISITS
_for = Pressed.of
_DAYS = ("20220323", "20220310", "20991231")
_VISITS = ("0", "1", "2", "3", "4")
_SEEN = ("1", str(2**62))

PLANNED: dict[type[CallbackData], Pressed] = {
    visit.OpenVisit: _for(SEE, id="visit"),
    visit.SchoolVisits: _for(SEE, id="school"),
    visit.SchoolVisitsPage: _for(SEE, id="school", page=PAGES),
    visit.OwnSchoolsPage: _for(PLAN, page=PAGES),
    visit.HostedPage: _for(HOST, page=PAGES),
    visit.PlanVisit: _for(PLAN, id="school"),
    visit.MoveVisit: _for(PLAN, id="visit"),
    visit.VisitDays: _for(PLAN, school="school", visit=_VISITS, start=_DAYS),
    visit.ChooseVisitDay: _for(PLAN, school="school", visit=_VISITS, day=_DAYS),
    visit.MoveWhy: _for(PLAN, id="visit", day=_DAYS, why=tuple(visit.Why), tells=True),
    visit.MissVisit: _for(PLAN, id="visit"),
    visit.MissWhy: _for(PLAN, id="visit", why=tuple(visit.Why), tells=True),
    visit.DropVisit: _for(PLAN, id="visit", tells=True),
    visit.SendVisits: _for(PLAN, sure=("0", "1"), tells=True),
    visit.WithdrawVisits: _for(PLAN, tells=True),
    visit.AgreeToWish: _for(PLAN, id="visit", tells=True),
    visit.DeclineWish: _for(PLAN, id="visit", tells=True),
    visit.WishDay: _for(HOST, id="visit"),
    visit.WishDays: _for(HOST, id="visit", start=_DAYS),
    visit.ChooseWishDay: _for(HOST, id="visit", day=_DAYS),
    visit.WishReason: _for(HOST, id="visit", day=_DAYS, why=tuple(visit.WishWhy), tells=True),
    visit.OpenSchedule: _for(APPROVE, id="curator"),
    visit.SchedulePage: _for(APPROVE, id="curator", page=PAGES),
    visit.SchedulesPage: _for(APPROVE, page=PAGES),
    visit.ApproveSchedule: _for(APPROVE, id="curator", seen=_SEEN, tells=True),
    visit.ReturnSchedule: _for(APPROVE, id="curator", seen=_SEEN),
    visit.CancelVisit: _for(APPROVE, id="visit"),
    visit.VisitGapPage: _for(Right.SEE_REGION, gap=tuple(VisitGap), page=PAGES),
    visit.DownloadSchedule: _for(Right.SEE_REGION, which=("docx", "xlsx")),
    visit.VisitCalendar: _for(SEE),
}
"""A part of ``PRESSES``."""
