"""Reminding whoever has not answered a survey."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.presses.base import Id


class RemindOfSurvey(CallbackData, prefix="svremind"):
    """«Напомнить»: how it stands."""

    id: Id


class RemindOfSurveyNow(CallbackData, prefix="svnow"):
    """«Напомнить: 12»: ``reached`` is the number that was shown."""

    id: Id
    reached: Annotated[int, Field(ge=0, lt=10**6)]
