"""Values for the quick poll: «да/нет», and ten of the longest options."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actions.survey_asking import SurveyLine
from domain.form import Form, Option, Question, QuestionKind
from domain.survey import Ask
from domain.survey_poll import MOST_OPTIONS
from tests.texts.features.survey_keeping import a_card, looks
from texts import Texts

if TYPE_CHECKING:
    from tests.texts.values import Mood

_TEXTS = Texts()


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of every survey as if it were a poll."""
    options = tuple(Option(str(one), mood.text[:100]) for one in range(MOST_OPTIONS))
    for looked in looks(mood):
        for count in (0, 1, 40):
            kind = QuestionKind.ONE if count else QuestionKind.YES_NO
            question = Question("q", mood.text[:600], kind, options=options if count else ())
            survey = replace(looked.survey, form=Form(mood.line[:100], (question,)), is_poll=True)
            here = replace(looked, survey=survey)
            asked = _TEXTS.html("survey.asked", looked=here, line=SurveyLine(here, Ask.INVITE))
            shown = question.text if count else ""
            yield {
                "card": a_card(here, count, mood), "survey": survey, "looked": here, "item": here.item,
                "question": shown if name == "ask-question" else question, "asked": asked, "is_yes_no": not count,
                "limit": 600, "length": 4000, "most": 10, "least": 2, "count": 200, "number": 10,
                "option": mood.text[:100],
            }  # fmt: skip
