"""What can be pressed of meetings by their guests, and of who comes by whoever leads them."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from domain.meeting import Coming, Paper
from domain.meeting_who import WhoPart
from handlers.presses import meeting_guest
from handlers.presses.meeting_guest import Why
from tests.handlers.access.purpose import PAGES, Pressed

ATTEND, HOLD = Right.ATTEND, Right.HOLD_MEETINGS
_for = Pressed.of

ATTENDED: dict[type[CallbackData], Pressed] = {
    meeting_guest.SayComing: _for(ATTEND, id="meeting", coming=tuple(Coming)),
    meeting_guest.SetComing: _for(ATTEND, id="meeting", coming=tuple(Coming)),
    meeting_guest.SayWhy: _for(ATTEND, id="meeting", why=tuple(Why)),
    meeting_guest.OpenOwnMeeting: _for(ATTEND, id="meeting"),
    meeting_guest.OwnMeetingCard: _for(ATTEND, id="meeting"),
    meeting_guest.OwnMeetingsPage: _for(ATTEND, page=PAGES),
    meeting_guest.OwnMeetingFiles: _for(ATTEND, id="meeting", paper=tuple(Paper)),
    meeting_guest.WhoComesPage: _for(HOLD, id="meeting", page=PAGES),
    meeting_guest.WhoComesPart: _for(HOLD, id="meeting", part=tuple(WhoPart), page=("0",)),
    meeting_guest.NudgeGuests: _for(HOLD, id="meeting", tells=True),
}
"""A part of ``PRESSES``."""
