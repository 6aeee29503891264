"""What can be pressed of calendars."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from handlers.presses import calendar
from tests.handlers.access.purpose import Pressed

ATTEND = Right.ATTEND
_for = Pressed.of

CALENDARS: dict[type[CallbackData], Pressed] = {
    calendar.GetFeed: _for(ATTEND),
    calendar.StopFeed: _for(ATTEND),
    calendar.CalendarFile: _for(ATTEND),
    calendar.MeetingCalendar: _for(ATTEND, id="meeting"),
}
"""A part of ``PRESSES``."""
