"""A report of a visit: read by those above and by the school, reviewed."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class OpenVisitReport(CallbackData, prefix="vrep"):
    """A report; of a school its part."""

    id: Id


class VisitReportPage(CallbackData, prefix="vreppg"):
    """A page of it."""

    id: Id
    page: int


class VisitReportBefore(CallbackData, prefix="vlast"):
    """The report of the visit before that one."""

    id: Id


class VisitReportFiles(CallbackData, prefix="vfiles"):
    """«Фото и файлы»."""

    id: Id


class VisitReportEdits(CallbackData, prefix="vedits"):
    """What was changed after it was sent."""

    id: Id


class VisitReportEditsPage(CallbackData, prefix="veditpg"):
    """A page of that."""

    id: Id
    page: int


class VisitReportPaper(CallbackData, prefix="vdocx"):
    """«Отчёт в Word»."""

    id: Id


class VisitReviewsPage(CallbackData, prefix="vrevs"):
    """A page of the reports that wait."""

    page: int


class OpenVisitReview(CallbackData, prefix="vrev"):
    """A report as its reviewer sees it."""

    id: Id


class VisitReviewPage(CallbackData, prefix="vrevpg"):
    """A page of it."""

    id: Id
    page: int


class AcceptVisitReport(CallbackData, prefix="vacc"):
    """«Принять» what was seen."""

    id: Id
    seen: int


class ReturnVisitReport(CallbackData, prefix="vret"):
    """«Вернуть» what was seen."""

    id: Id
    seen: int
