"""Leave: whose it is (0 for one's own), its days and the deputy."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Day, Id, IdOrNone


class LeaveOf(CallbackData, prefix="away"):
    """The leaves of a person."""

    id: IdOrNone


class GoOnLeave(CallbackData, prefix="awayfrom"):
    """«Уйти в отпуск»: the first day is asked."""

    id: IdOrNone


class LeaveSince(CallbackData, prefix="awaysince"):
    """The first day (YYYYMMDD); the last one is asked."""

    id: IdOrNone
    since: Day


class LeaveUntil(CallbackData, prefix="awayto"):
    """Both days; a page of those who may stand in."""

    id: IdOrNone
    since: Day
    until: Day
    page: int


class LeaveDeputy(CallbackData, prefix="awayby"):
    """The deputy; everything is read back."""

    id: IdOrNone
    since: Day
    until: Day
    deputy: Id


class ArrangeLeave(CallbackData, prefix="awayok"):
    """«Подтвердить»."""

    id: IdOrNone
    since: Day
    until: Day
    deputy: Id


class EndLeave(CallbackData, prefix="awayend"):
    """«Вернуться раньше» and «Отменить отпуск» of a leave: asked once more."""

    id: Id


class LeaveIsOver(CallbackData, prefix="awayover"):
    """The same, confirmed."""

    id: Id
