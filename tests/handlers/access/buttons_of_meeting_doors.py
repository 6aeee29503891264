"""What can be pressed of meetings on their day: checking in, the list of who came, the minutes."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from domain.meeting_door import DoorBy
from domain.meeting_ending import Close
from handlers.presses import meeting_door
from tests.handlers.access.purpose import FLAGS, PAGES, Pressed

HOLD = Right.HOLD_MEETINGS
_for = Pressed.of

HELD: dict[type[CallbackData], Pressed] = {
    meeting_door.OpenDoor: _for(HOLD, id="meeting"),
    meeting_door.RefreshDoor: _for(HOLD, id="meeting"),
    meeting_door.ChooseSpan: _for(HOLD, id="meeting", how=tuple(DoorBy)),
    meeting_door.UnlockDoor: _for(HOLD, id="meeting", how=tuple(DoorBy), span=("10", "end"), tells=True),
    meeting_door.ShutDoor: _for(HOLD, id="meeting", tells=True),
    meeting_door.ShowCode: _for(HOLD, id="meeting"),
    meeting_door.CheckIn: _for(Right.ATTEND, id="meeting"),
    meeting_door.AttendanceList: _for(HOLD, id="meeting", page=PAGES),
    meeting_door.AttendanceOfSchool: _for(HOLD, id="meeting", school="school", page=PAGES),
    meeting_door.MarkPerson: _for(HOLD, id="meeting", school="school", person="person", came=FLAGS, page=("0",)),
    meeting_door.MarkSchool: _for(HOLD, id="meeting", school="school", came=FLAGS, page=("0",)),
    meeting_door.AttendanceFile: _for(HOLD, id="meeting"),
    meeting_door.OpenMinutes: _for(HOLD, id="meeting"),
    meeting_door.AskMinutesText: _for(HOLD, id="meeting"),
    meeting_door.AskMinutesFiles: _for(HOLD, id="meeting"),
    meeting_door.DropMinutesFiles: _for(HOLD, id="meeting"),
    meeting_door.AskSending: _for(HOLD, id="meeting"),
    meeting_door.SendMinutes: _for(HOLD, id="meeting", seen=("0",), close=tuple(Close), tells=True),
}
"""A part of ``PRESSES``."""
