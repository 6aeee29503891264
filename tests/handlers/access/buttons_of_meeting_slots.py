"""What can be pressed of the times of an interview, by the teams of schools and by whoever leads it."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from handlers.presses import meeting_slot
from tests.handlers.access.purpose import FLAGS, PAGES, Pressed

HOLD, ATTEND = Right.HOLD_MEETINGS, Right.ATTEND
_for = Pressed.of

TIMED: dict[type[CallbackData], Pressed] = {
    meeting_slot.OpenSlots: _for(ATTEND, id="interview"),
    meeting_slot.SlotsOfSchool: _for(ATTEND, id="interview", school="school", page=PAGES),
    meeting_slot.TakeSlot: _for(ATTEND, id="interview", school="school", at="free_time", tells=True),
    meeting_slot.FreeSlot: _for(ATTEND, id="interview", school="school", tells=True),
    meeting_slot.SlotsOfOthers: _for(ATTEND, id="interview", school="school", page=("0",)),
    meeting_slot.AskSwap: _for(ATTEND, id="interview", school="school", at="time", tells=True),
    meeting_slot.WithdrawSwap: _for(ATTEND, id="interview", school="school", tells=True),
    meeting_slot.AgreeSwap: _for(ATTEND, id="interview", theirs="asking_time", own="time", tells=True),
    meeting_slot.KeepSlot: _for(ATTEND, id="interview", theirs="asking_time", own="time", tells=True),
    meeting_slot.PlanSlots: _for(HOLD, id="interview"),
    meeting_slot.PlannedPage: _for(HOLD, id="interview", page=PAGES),
    meeting_slot.SlotLength: _for(HOLD, id="meeting", minutes=("20", "7")),
    meeting_slot.SlotBreak: _for(HOLD, id="meeting", minutes=("20", "7"), pause=("0",)),
    meeting_slot.MoreHours: _for(HOLD, id="interview"),
    meeting_slot.NoSlots: _for(HOLD, id="interview", tells=True),
    meeting_slot.OpenPlanned: _for(HOLD, id="interview", at="time"),
    meeting_slot.DropPlanned: _for(HOLD, id="interview", at="time", sure=FLAGS, tells=True),
    meeting_slot.VacatePlanned: _for(HOLD, id="interview", at="time", tells=True),
    meeting_slot.GivePage: _for(HOLD, id="interview", at="free_time", page=("0",)),
    meeting_slot.MovePage: _for(HOLD, id="interview", school="school", page=("0",)),
    meeting_slot.GiveSlot: _for(HOLD, id="interview", at="free_time", school="school", tells=True),
    meeting_slot.WithoutSlot: _for(HOLD, id="interview", page=PAGES),
    meeting_slot.RemindToChoose: _for(HOLD, id="interview", tells=True),
}
"""A part of ``PRESSES``."""
