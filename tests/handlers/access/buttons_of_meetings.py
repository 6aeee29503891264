"""What can be pressed of meetings by whoever leads them."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from handlers.presses import meeting
from handlers.presses.meeting import MeetingField
from tests.handlers.access.purpose import FLAGS, PAGES, Pressed

HOLD = Right.HOLD_MEETINGS
_for = Pressed.of

LED: dict[type[CallbackData], Pressed] = {
    meeting.OpenMeeting: _for(HOLD, id="meeting"),
    meeting.MeetingsPage: _for(HOLD, page=PAGES),
    meeting.MeetingItems: _for(HOLD, id=("0",), page=PAGES),
    meeting.BindMeeting: _for(HOLD, id="meeting", item="item"),
    meeting.AskMeetingField: _for(HOLD, id="meeting", field=tuple(MeetingField)),
    meeting.AskLength: _for(HOLD, id="meeting"),
    meeting.SetLength: _for(HOLD, id="meeting", minutes=("30", "31"), tells=True),
    meeting.AskMaterials: _for(HOLD, id="meeting"),
    meeting.DropMaterials: _for(HOLD, id="meeting"),
    meeting.ChooseGuests: _for(HOLD, id="meeting"),
    meeting.PreviewInvitation: _for(HOLD, id="meeting"),
    meeting.CallMeeting: _for(HOLD, id="meeting", tells=True),
    meeting.ChangeMeeting: _for(HOLD, id="meeting"),
    meeting.DeleteMeeting: _for(HOLD, id="meeting", sure=FLAGS),
    meeting.CancelMeeting: _for(HOLD, id="meeting"),
}
"""A part of ``PRESSES``."""
