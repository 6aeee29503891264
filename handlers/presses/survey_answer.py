"""Answering a survey."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class EnterSurvey(CallbackData, prefix="survey-go"):
    """«Пройти опрос», under whatever message; for which school where each answers once (0: to be chosen)."""

    id: Id
    who: IdOrNone


class PassedSurvey(CallbackData, prefix="survey-did"):
    """«Прошёл(ла)»: a survey that is filled in elsewhere."""

    id: Id
    who: IdOrNone


class WaitingSurveys(CallbackData, prefix="survey-my"):
    """«Опросы» of whoever is asked."""
