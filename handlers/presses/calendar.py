"""Calendars: one's own link, one's own file, the file of a meeting."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class GetFeed(CallbackData, prefix="calnew"):
    """«Получить ссылку», «Новая ссылка»: the one before it stops."""


class StopFeed(CallbackData, prefix="calstop"):
    """«Закрыть доступ»."""


class CalendarFile(CallbackData, prefix="calfile"):
    """«Скачать файлом»."""


class MeetingCalendar(CallbackData, prefix="mtics"):
    """«В календарь» of one meeting."""

    id: Id
