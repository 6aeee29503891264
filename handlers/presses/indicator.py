"""The dashboard, who has done an item, and what a school has done."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class BoardScreen(StrEnum):
    """The three screens of the dashboard."""

    STATES = "states"
    NUMBERS = "numbers"
    LATE = "late"


class BoardPage(CallbackData, prefix="board"):
    """A page of one of the screens."""

    screen: BoardScreen
    page: int


class WhoDid(CallbackData, prefix="whodid"):
    """«Кто сделал»."""

    id: Id


class WhoDidPage(CallbackData, prefix="whopage"):
    """A page of those who have not."""

    id: Id
    page: int


class ResultOfSchool(CallbackData, prefix="result"):
    """«Наш результат», «Результат школы»."""

    id: Id


class ResultPage(CallbackData, prefix="respage"):
    """A page of the school's items."""

    id: Id
    page: int
