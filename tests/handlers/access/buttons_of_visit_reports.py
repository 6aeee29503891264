"""What can be pressed of the reports of visits, and of what schools promised in them."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from handlers.presses import agreed, visit_brief, visit_report
from tests.handlers.access.purpose import PAGES, Pressed

SEE, PLAN, HOST, REVIEW = Right.SEE_VISITS, Right.VISIT, Right.HOST_VISITS, Right.REVIEW_VISITS
_SEEN = ("1", "0")
_for = Pressed.of

REPORTED: dict[type[CallbackData], Pressed] = {
    visit_brief.OpenBrief: _for(SEE, id="told"),
    visit_report.OpenVisitReport: _for(SEE, id="told"),
    visit_report.VisitReportPage: _for(SEE, id="told", page=PAGES),
    visit_report.VisitReportBefore: _for(SEE, id="told"),
    visit_report.VisitReportFiles: _for(SEE, id="told"),
    visit_report.VisitReportEdits: _for(SEE, id="told"),
    visit_report.VisitReportEditsPage: _for(SEE, id="told", page=PAGES),
    visit_report.VisitReportPaper: _for(SEE, id="told"),
    visit_report.VisitReviewsPage: _for(REVIEW, page=PAGES),
    visit_report.OpenVisitReview: _for(REVIEW, id="told"),
    visit_report.VisitReviewPage: _for(REVIEW, id="told", page=PAGES),
    visit_report.AcceptVisitReport: _for(REVIEW, id="told", seen=_SEEN, tells=True),
    visit_report.ReturnVisitReport: _for(REVIEW, id="told", seen=_SEEN),
    agreed.SchoolAgreed: _for(SEE, id="school"),
    agreed.SchoolAgreedPage: _for(SEE, id="school", page=PAGES),
    agreed.OpenAgreed: _for(SEE, id="agreed"),
    agreed.AgreedDone: _for(HOST, id="agreed", tells=True),
    agreed.AgreedNotDone: _for(PLAN, id="agreed", tells=True),
    agreed.DropAgreed: _for(PLAN, id="agreed"),
    agreed.DropAgreedForSure: _for(PLAN, id="agreed", tells=True),
}
"""A part of ``PRESSES``."""
