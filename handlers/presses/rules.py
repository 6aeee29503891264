"""The settings of the notices."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Day


class RulesPage(CallbackData, prefix="rules"):
    """A page of the numbers of the notices."""

    page: int


class EditRule(CallbackData, prefix="rule"):
    """A number of the notices to change."""

    name: str


class DefaultRule(CallbackData, prefix="unrule"):
    """Bring a number's default back."""

    name: str


class AddSpecialDay(CallbackData, prefix="day"):
    """A day to declare working or not."""

    working: bool


class ForgetSpecialDay(CallbackData, prefix="noday"):
    """A special day to forget (YYYYMMDD)."""

    day: Day
