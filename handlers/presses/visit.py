"""The schedule of visits: planning, moving, wishing for another day, approving, and its files."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from actions.visit_files import ScheduleFile
from domain.visit_coverage import VisitGap
from handlers.presses.base import Day, Id, IdOrNone

Moment = Annotated[int, Field(ge=0, lt=2**63)]
"""What was sent up to when, in microseconds."""


class Why(StrEnum):
    """The usual reasons of curators."""

    SCHOOL = "school"
    ILLNESS = "illness"
    ROAD = "road"


class WishWhy(StrEnum):
    """The usual reasons of schools."""

    EVENT = "event"
    EXAMS = "exams"
    ILLNESS = "illness"


class OpenVisit(CallbackData, prefix="visit"):
    """One visit."""

    id: Id


class SchoolVisits(CallbackData, prefix="vschool"):
    """The visits of a school."""

    id: Id


class SchoolVisitsPage(CallbackData, prefix="vschools"):
    """A page of them."""

    id: Id
    page: int


class OwnSchoolsPage(CallbackData, prefix="vmine"):
    """A page of the curator's schools."""

    page: int


class HostedPage(CallbackData, prefix="vhost"):
    """A page of the visits that the school receives."""

    page: int


class PlanVisit(CallbackData, prefix="vplan"):
    """«Предложить день» in a school."""

    id: Id


class MoveVisit(CallbackData, prefix="vmove"):
    """«Другой день»."""

    id: Id


class VisitDays(CallbackData, prefix="vdays"):
    """«Позже ›»: the days from one on, of a visit or of a new one (0)."""

    school: Id
    visit: IdOrNone
    start: Day


class ChooseVisitDay(CallbackData, prefix="vday"):
    """A day of a visit or of a new one (0)."""

    school: Id
    visit: IdOrNone
    day: Day


class MoveWhy(CallbackData, prefix="vwhy"):
    """Why an approved visit is to be on that day."""

    id: Id
    day: Day
    why: Why


class MissVisit(CallbackData, prefix="vmiss"):
    """«Не состоялся»."""

    id: Id


class MissWhy(CallbackData, prefix="vmisswhy"):
    """Why it did not take place."""

    id: Id
    why: Why


class DropVisit(CallbackData, prefix="vdrop"):
    """«Убрать», «Не переносить»."""

    id: Id


class SendVisits(CallbackData, prefix="vsend"):
    """«Отправить график», then «Отправить»."""

    sure: bool


class WithdrawVisits(CallbackData, prefix="vtake"):
    """«Отозвать»."""


class AgreeToWish(CallbackData, prefix="vwok"):
    """«Перенести»: the day that the school asks for."""

    id: Id


class DeclineWish(CallbackData, prefix="vwno"):
    """«Оставить как есть»."""

    id: Id


class WishDay(CallbackData, prefix="vwish"):
    """«Попросить другой день»."""

    id: Id


class WishDays(CallbackData, prefix="vwdays"):
    """«Позже ›» of the school."""

    id: Id
    start: Day


class ChooseWishDay(CallbackData, prefix="vwday"):
    """A day that the school asks for."""

    id: Id
    day: Day


class WishReason(CallbackData, prefix="vwwhy"):
    """Why the school asks for it."""

    id: Id
    day: Day
    why: WishWhy


class OpenSchedule(CallbackData, prefix="vappr"):
    """The schedule of a curator (by the person's id) that waits."""

    id: Id


class SchedulePage(CallbackData, prefix="vapprs"):
    """A page of it."""

    id: Id
    page: int


class SchedulesPage(CallbackData, prefix="vqueue"):
    """A page of the curators whose schedules wait."""

    page: int


class ApproveSchedule(CallbackData, prefix="vapprove"):
    """«Утвердить» what was seen."""

    id: Id
    seen: Moment


class ReturnSchedule(CallbackData, prefix="vback"):
    """«Вернуть» what was seen."""

    id: Id
    seen: Moment


class CancelVisit(CallbackData, prefix="vcancel"):
    """«Отменить визит»."""

    id: Id


class VisitGapPage(CallbackData, prefix="vgap"):
    """A page of the schools without visits, or of the curators."""

    gap: VisitGap
    page: int


class DownloadSchedule(CallbackData, prefix="vfile"):
    """«Скачать график»."""

    which: ScheduleFile


class VisitCalendar(CallbackData, prefix="vics"):
    """«В календарь»."""
