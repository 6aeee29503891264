"""What can be pressed of announcements."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from handlers.presses import broadcast
from tests.handlers.access.purpose import FLAGS, PAGES, Pressed

ANNOUNCE = Right.ANNOUNCE
_for = Pressed.of

ANNOUNCED: dict[type[CallbackData], Pressed] = {
    broadcast.OpenBroadcast: _for(ANNOUNCE, id="broadcast"),
    broadcast.OpenBeside: _for(ANNOUNCE, id="broadcast"),
    broadcast.BroadcastsPage: _for(ANNOUNCE, page=PAGES),
    broadcast.NewBroadcast: _for(ANNOUNCE),
    broadcast.CopyBroadcast: _for(ANNOUNCE, id="broadcast"),
    broadcast.AskBroadcastText: _for(ANNOUNCE, id="broadcast"),
    broadcast.AskBroadcastFiles: _for(ANNOUNCE, id="broadcast"),
    broadcast.DropBroadcastFiles: _for(ANNOUNCE, id="broadcast"),
    broadcast.SwitchAck: _for(ANNOUNCE, id="broadcast", on=FLAGS),
    broadcast.SwitchQuiet: _for(ANNOUNCE, id="broadcast", on=FLAGS),
    broadcast.AskBroadcastTime: _for(ANNOUNCE, id="broadcast"),
    broadcast.SetBroadcastTime: _for(ANNOUNCE, id="broadcast", timing=("now", "hours", "at")),
    broadcast.PreviewBroadcast: _for(ANNOUNCE, id="broadcast"),
    broadcast.BroadcastNames: _for(ANNOUNCE, id="broadcast", silent=FLAGS, page=PAGES),
    broadcast.LaunchBroadcast: _for(ANNOUNCE, id="broadcast", tells=True),
    broadcast.DeleteBroadcast: _for(ANNOUNCE, id="broadcast", sure=FLAGS),
    broadcast.CancelBroadcast: _for(ANNOUNCE, id="broadcast", sure=FLAGS, tells=True),
    broadcast.CorrectBroadcast: _for(ANNOUNCE, id="broadcast"),
    broadcast.CorrectForSure: _for(ANNOUNCE, id="broadcast", tells=True),
    broadcast.RemoveBroadcast: _for(ANNOUNCE, id="broadcast", sure=FLAGS, tells=True),
    broadcast.ResendBroadcast: _for(ANNOUNCE, id="broadcast", tells=True),
    broadcast.NudgeBroadcast: _for(ANNOUNCE, id="broadcast", tells=True),
    broadcast.BroadcastReport: _for(ANNOUNCE, id="broadcast", page=PAGES),
    broadcast.BroadcastAckList: _for(ANNOUNCE, id="broadcast", page=PAGES),
    broadcast.BroadcastPhones: _for(ANNOUNCE, id="broadcast"),
    broadcast.Acknowledge: _for(Right.ACKNOWLEDGE, id="broadcast"),
    broadcast.BroadcastAudience: _for(ANNOUNCE, id="broadcast"),
    broadcast.TellEverybody: _for(ANNOUNCE, id="broadcast"),
    broadcast.TellRole: _for(ANNOUNCE, id="broadcast", role=("school", "coordinator"), on=FLAGS),
    broadcast.TellPlaces: _for(ANNOUNCE, id="broadcast", page=PAGES),
    broadcast.TellEverywhere: _for(ANNOUNCE, id="broadcast"),
    broadcast.TellPlace: _for(ANNOUNCE, id="broadcast", home="municipality", on=FLAGS, page=("0",)),
    broadcast.TellSchools: _for(ANNOUNCE, id="broadcast", home="municipality", page=PAGES),
    broadcast.TellSchool: _for(ANNOUNCE, id="broadcast", school="school", on=FLAGS, page=("0",)),
    broadcast.TellPeople: _for(ANNOUNCE, id="broadcast", page=PAGES),
    broadcast.TellPerson: _for(ANNOUNCE, id="broadcast", person="person", on=FLAGS),
    broadcast.TellGroups: _for(ANNOUNCE, id="broadcast", page=PAGES),
    broadcast.TellGroup: _for(ANNOUNCE, id="broadcast", group="group", on=FLAGS, page=("0",)),
    broadcast.UndoneItems: _for(ANNOUNCE, id="broadcast", page=PAGES),
    broadcast.TellUndone: _for(ANNOUNCE, id="broadcast", item="item"),
    broadcast.UnansweredSurveys: _for(ANNOUNCE, id="broadcast", page=PAGES),
    broadcast.TellUnanswered: _for(ANNOUNCE, id="broadcast", survey="survey"),
}
"""A part of ``PRESSES``."""
