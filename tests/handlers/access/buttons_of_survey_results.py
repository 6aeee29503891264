"""What can be pressed of how surveys go, and of what was answered."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from domain.survey_count import Split
from handlers.presses import survey_results as results
from tests.handlers.access.purpose import PAGES, Pressed

SEE = Right.SEE_SURVEYS
_for = Pressed.of

RESULTS: dict[type[CallbackData], Pressed] = {
    results.SurveyLive: _for(SEE, id="answered"),
    results.SurveyBy: _for(SEE, id="answered", split=tuple(Split), page=PAGES),
    results.SurveyWho: _for(SEE, id="answered", page=PAGES),
    results.SurveyPhones: _for(SEE, id="answered"),
    results.SurveyResultPage: _for(SEE, id="answered", page=PAGES),
    results.SurveyTexts: _for(
        SEE, id="answered", question=("opinion", "words", "words", "words", "clear"), page=("0",)
    ),
    results.SurveyCharts: _for(SEE, id="answered"),
    results.SurveyAnswersFile: _for(SEE, id="answered"),
    results.CompareWith: _for(SEE, id="survey", other=("0", "2"), page=PAGES),
    results.CompareSurveys: _for(SEE, id="survey", other=("2",), third=("0", "3"), page=PAGES),
}
"""A part of ``PRESSES``."""
