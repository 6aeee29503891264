"""Keeping surveys: looking, changing, launching, whom they ask, and a quick poll."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from domain.people import Role
from domain.survey_field import SurveyField
from handlers.presses.base import Id

Stamp = Annotated[int, Field(ge=0, lt=2**32)]
"""How a survey stood when somebody decided about it."""


class OpenSurvey(CallbackData, prefix="survey"):
    """One survey; of a poll that is not sent yet, how it will arrive."""

    id: Id


class SurveysPage(CallbackData, prefix="surveys"):
    """Another page of the surveys."""

    page: int


class TrySurvey(CallbackData, prefix="svtry"):
    """«Посмотреть как участник»."""

    id: Id


class TrySurveyPage(CallbackData, prefix="svtryp"):
    """Another page of the questions."""

    id: Id
    page: int


class NewSurvey(CallbackData, prefix="svnew"):
    """«Новый опрос»: a page of those that can be copied; a file may be sent."""

    page: int


class CopySurvey(CallbackData, prefix="svcopy"):
    """«Копия»."""

    id: Id


class ChangeSurvey(CallbackData, prefix="svedit"):
    """«Изменить»: what."""

    id: Id


class AskSurveyField(CallbackData, prefix="svask"):
    """A field to be typed."""

    id: Id
    field: SurveyField


class ClearSurveyField(CallbackData, prefix="svclear"):
    """A field that may be empty is to be so."""

    id: Id
    field: SurveyField


class SwitchSurvey(CallbackData, prefix="svswitch"):
    """A choice of two."""

    id: Id
    field: SurveyField
    on: bool


class OwnSurveyEnd(CallbackData, prefix="svown"):
    """«Свой срок»: not the item's any more."""

    id: Id


class LaunchSurvey(CallbackData, prefix="svlaunch"):
    """«Запустить»: what will happen."""

    id: Id


class LaunchForSure(CallbackData, prefix="svgo"):
    """«Запустить» and «Отправить», as it was seen."""

    id: Id
    seen: Stamp


class CloseSurvey(CallbackData, prefix="svclose"):
    """«Закрыть сейчас», then «Да, закрыть»."""

    id: Id
    sure: bool


class CancelSurvey(CallbackData, prefix="svcancel"):
    """«Отменить опрос», then «Да, отменить»."""

    id: Id
    sure: bool


class DeleteSurvey(CallbackData, prefix="svdelete"):
    """«Удалить черновик», then «Да, удалить»."""

    id: Id
    sure: bool


class SurveyForm(CallbackData, prefix="svform"):
    """«Анкета»: its files, and another one in its place."""

    id: Id


class DownloadSurveyForm(CallbackData, prefix="svfile"):
    """The form as a file: ``which`` is ``toml`` or ``xlsx``."""

    id: Id
    which: str


class PutSurveyForm(CallbackData, prefix="svput"):
    """«Заменить» by the file that was looked at, in place of the form that was seen."""

    id: Id
    seen: Stamp


class SurveyAudience(CallbackData, prefix="svaud"):
    """«Кого спрашивать»."""

    id: Id


class AskEverybody(CallbackData, prefix="svall"):
    """«Все участники»."""

    id: Id


class AskRole(CallbackData, prefix="svrole"):
    """A role asked or not."""

    id: Id
    role: Role
    on: bool


class AudiencePlaces(CallbackData, prefix="svplaces"):
    """«Где»: a page of the municipalities."""

    id: Id
    page: int


class AskEverywhere(CallbackData, prefix="sveverywhere"):
    """«Везде»."""

    id: Id


class AskPlace(CallbackData, prefix="svplace"):
    """A municipality asked or not; ``page`` is where it stands."""

    id: Id
    home: Id
    on: bool
    page: int


class AudienceSchools(CallbackData, prefix="svschools"):
    """A page of a municipality's schools."""

    id: Id
    home: Id
    page: int


class AskSchool(CallbackData, prefix="svschool"):
    """A school asked or not; ``page`` is where it stands."""

    id: Id
    school: Id
    on: bool
    page: int


class AudiencePeople(CallbackData, prefix="svpeople"):
    """«По имени»: a page of those who are asked so."""

    id: Id
    page: int


class AskPerson(CallbackData, prefix="svperson"):
    """Somebody asked by name, or not."""

    id: Id
    person: Id
    on: bool


class NewPoll(CallbackData, prefix="svpoll"):
    """«Быстрый опрос»."""


class PollQuestion(CallbackData, prefix="svpollq"):
    """«Вопрос»: another one is to be typed."""

    id: Id


class PollOptions(CallbackData, prefix="svpollo"):
    """«Варианты»: others are to be typed."""

    id: Id


class PollYesNo(CallbackData, prefix="svpollyn"):
    """«Да/Нет»."""

    id: Id


class PollUntil(CallbackData, prefix="svpolld"):
    """The last day: so many days from today."""

    id: Id
    days: Annotated[int, Field(ge=0, le=366)]
