"""What can be pressed of the region's visits."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from domain.visit_count import VisitSplit
from handlers.presses import visit_region
from tests.handlers.access.purpose import PAGES, Pressed

SEE = Right.SEE_REGION
_for = Pressed.of

REGION_VISITS: dict[type[CallbackData], Pressed] = {
    visit_region.RegionCounts: _for(SEE, split=tuple(VisitSplit), page=PAGES),
    visit_region.LateVisits: _for(SEE, page=PAGES),
    visit_region.VisitRisks: _for(SEE, page=PAGES),
    visit_region.SchoolsOfRisk: _for(SEE, id=("1", "2"), page=PAGES),
    visit_region.DownloadVisits: _for(SEE),
}
"""A part of ``PRESSES``."""
