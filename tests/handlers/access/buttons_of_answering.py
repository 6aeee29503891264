"""What can be pressed by whoever fills a form in, and by whoever reminds them."""

from aiogram.filters.callback_data import CallbackData

from domain.access import Right
from handlers.presses import form, survey_answer, survey_reminder
from tests.handlers.access.purpose import PAGES, Pressed

ANSWER, KEEP = Right.ANSWER_SURVEY, Right.KEEP_SURVEYS
_for = Pressed.of
_QUESTIONS = ("clear", "words", "words", "words", "words", "words", "clear", "clear", "day", "title", "place")
"""One of each form of ``Region.ids["form"]``."""
_OPTIONS = ("4", "yes", "9", "no-such", "4", "4", "yes", "9", *("20220310",) * 3)
_ON_FORM: dict[str, str | tuple[str, ...]] = {"purpose": "purpose", "id": "form", "who": "who"}


def _on_form(**fields: str | tuple[str, ...]) -> Pressed:
    return Pressed(ANSWER, {**_ON_FORM, **fields})


_STEPS = ("done", "skip", "back", "right", "retype", "change", "no-such") * 11
"""Their number and that of the forms have nothing in common: each is tried with many forms."""
_WHOLE = ("send", "go-on", "drop", "drop-sure", "later") * 11

ANSWERING: dict[type[CallbackData], Pressed] = {
    form.FormAnswer: _on_form(question=_QUESTIONS, option=_OPTIONS),
    form.FormStep: _on_form(step=_STEPS, question=(*_QUESTIONS, "-")),
    form.FormPage: _on_form(question=_QUESTIONS, page=PAGES),
    form.FormAnswers: _on_form(page=PAGES),
    form.FormAll: _on_form(what=_WHOLE),
    survey_answer.EnterSurvey: _for(ANSWER, id="form", who="who"),
    survey_answer.PassedSurvey: _for(ANSWER, id="form", who="who"),
    survey_answer.WaitingSurveys: _for(ANSWER),
    survey_reminder.RemindOfSurvey: _for(KEEP, id="answered"),
    survey_reminder.RemindOfSurveyNow: _for(KEEP, id="survey", reached="waiting", tells=True),
}
"""A part of ``PRESSES``."""
