"""How surveys go, and what was answered."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from domain.survey_count import Split
from handlers.presses.base import Id, IdOrNone

QuestionId = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,16}$")]
"""A question of a form."""


class SurveyLive(CallbackData, prefix="svlive"):
    """«Как идёт»."""

    id: Id


class SurveyBy(CallbackData, prefix="svby"):
    """A page of «По школам», «По ролям»."""

    id: Id
    split: Split
    page: int


class SurveyWho(CallbackData, prefix="svwho"):
    """A page of «Кто не ответил»."""

    id: Id
    page: int


class SurveyPhones(CallbackData, prefix="svphone"):
    """«Список для обзвона»."""

    id: Id


class SurveyResultPage(CallbackData, prefix="svres"):
    """A page of «Результаты»."""

    id: Id
    page: int


class SurveyTexts(CallbackData, prefix="svtext"):
    """A page of what was written to a question."""

    id: Id
    question: QuestionId
    page: int


class SurveyCharts(CallbackData, prefix="svchart"):
    """«Диаграммы»."""

    id: Id


class SurveyAnswersFile(CallbackData, prefix="svxlsx"):
    """«Скачать XLSX»."""

    id: Id


class CompareWith(CallbackData, prefix="svcmp"):
    """«Сравнить» and «Добавить третий»: with which; ``other`` is chosen already (0: nothing)."""

    id: Id
    other: IdOrNone
    page: int


class CompareSurveys(CallbackData, prefix="svbeside"):
    """A page of two surveys side by side, or of three."""

    id: Id
    other: Id
    third: IdOrNone
    page: int
