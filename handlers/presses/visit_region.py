"""The visits of the region: counts, what is not told of, risks, the workbook."""

from aiogram.filters.callback_data import CallbackData

from domain.visit_count import VisitSplit
from handlers.presses.base import Id


class RegionCounts(CallbackData, prefix="vregion"):
    """«По муниципалитетам», «По кураторам», page by page."""

    split: VisitSplit
    page: int


class LateVisits(CallbackData, prefix="vlate"):
    """«Без отчёта», page by page."""

    page: int


class VisitRisks(CallbackData, prefix="vrisks"):
    """«Риски», page by page."""

    page: int


class SchoolsOfRisk(CallbackData, prefix="vrisk"):
    """The schools of a risk, page by page."""

    id: Id
    page: int


class DownloadVisits(CallbackData, prefix="vregxlsx"):
    """«Скачать в Excel»."""
