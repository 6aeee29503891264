"""What can be pressed of surveys by those who keep them."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from handlers.presses import survey
from tests.handlers.access.purpose import FLAGS, PAGES, Pressed

SEE, KEEP = Right.SEE_SURVEYS, Right.KEEP_SURVEYS
_for = Pressed.of
_SEEN = ("1", "4294967295")
_TYPED, _CLEARED = ("title", "closes", "opens", "link"), ("link", "closes", "target")
_SWITCHED = ("anonymous", "party", "late")

KEPT: dict[type[CallbackData], Pressed] = {
    survey.OpenSurvey: _for(SEE, id="answered"),
    survey.SurveysPage: _for(SEE, page=PAGES),
    survey.TrySurvey: _for(SEE, id="survey"),
    survey.TrySurveyPage: _for(SEE, id="survey", page=PAGES),
    survey.NewSurvey: _for(KEEP, page=PAGES),
    survey.CopySurvey: _for(KEEP, id="survey"),
    survey.ChangeSurvey: _for(KEEP, id="survey"),
    survey.AskSurveyField: _for(KEEP, id="survey", field=_TYPED),
    survey.ClearSurveyField: _for(KEEP, id="survey", field=_CLEARED, tells=True),
    survey.SwitchSurvey: _for(KEEP, id="survey", field=_SWITCHED, on=FLAGS),
    survey.OwnSurveyEnd: _for(KEEP, id="survey"),
    survey.LaunchSurvey: _for(KEEP, id="survey"),
    survey.LaunchForSure: _for(KEEP, id="survey", seen=_SEEN, tells=True),
    survey.CloseSurvey: _for(KEEP, id="survey", sure=FLAGS),
    survey.CancelSurvey: _for(KEEP, id="survey", sure=FLAGS),
    survey.DeleteSurvey: _for(KEEP, id="survey", sure=FLAGS),
    survey.SurveyForm: _for(KEEP, id="survey"),
    survey.DownloadSurveyForm: _for(KEEP, id="survey", which=("toml", "xlsx")),
    survey.PutSurveyForm: _for(KEEP, id="survey", seen=_SEEN),
    survey.SurveyAudience: _for(KEEP, id="survey"),
    survey.AskEverybody: _for(KEEP, id="survey"),
    survey.AskRole: _for(KEEP, id="survey", role=("school", "coordinator"), on=FLAGS),
    survey.AudiencePlaces: _for(KEEP, id="survey", page=PAGES),
    survey.AskEverywhere: _for(KEEP, id="survey"),
    survey.AskPlace: _for(KEEP, id="survey", home="municipality", on=FLAGS, page=("0",)),
    survey.AudienceSchools: _for(KEEP, id="survey", home="municipality", page=PAGES),
    survey.AskSchool: _for(KEEP, id="survey", school="school", on=FLAGS, page=("0",)),
    survey.AudiencePeople: _for(KEEP, id="survey", page=PAGES),
    survey.AskPerson: _for(KEEP, id="survey", person="person", on=FLAGS),
    survey.NewPoll: _for(KEEP),
    survey.PollQuestion: _for(KEEP, id="survey"),
    survey.PollOptions: _for(KEEP, id="survey"),
    survey.PollYesNo: _for(KEEP, id="survey"),
    survey.PollUntil: _for(KEEP, id="survey", days=("0", "3"), tells=True),
}
"""A part of ``PRESSES``."""
