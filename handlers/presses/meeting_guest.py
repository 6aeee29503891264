"""Meetings as their guests see them, and who comes as whoever leads them sees it."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.meeting import Coming, Paper
from domain.meeting_who import WhoPart
from handlers.presses.base import Id


class Why(StrEnum):
    """Reasons that need no typing."""

    ILL = "ill"
    TRIP = "trip"
    LESSONS = "lessons"


class SayComing(CallbackData, prefix="mtsay"):
    """«Приду», «Не смогу», «Придёт другой» under an invitation, which stays as it is."""

    id: Id
    coming: Coming


class SetComing(CallbackData, prefix="mtset"):
    """The same on the guest's own card."""

    id: Id
    coming: Coming


class SayWhy(CallbackData, prefix="mtwhy"):
    """A reason of those offered."""

    id: Id
    why: Why


class OpenOwnMeeting(CallbackData, prefix="mtmy"):
    """«Подробнее» under what the bot said by itself: the card comes below it."""

    id: Id


class OwnMeetingCard(CallbackData, prefix="mtone"):
    """The card in place of the list, or of what was opened from it."""

    id: Id


class OwnMeetingsPage(CallbackData, prefix="mtmine"):
    """Another page of «Мои встречи»."""

    page: int


class OwnMeetingFiles(CallbackData, prefix="mtpaper"):
    """«Материалы», «Файлы итогов»."""

    id: Id
    paper: Paper


class WhoComesPage(CallbackData, prefix="mtwho"):
    """«Кто придёт»: a page of everybody."""

    id: Id
    page: int


class WhoComesPart(CallbackData, prefix="mtpart"):
    """A page of those who have answered so, or have not."""

    id: Id
    part: WhoPart
    page: int


class NudgeGuests(CallbackData, prefix="mtnudge"):
    """«Напомнить не ответившим»."""

    id: Id
