"""«Мои напоминания»."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Day


class AskOwnHour(CallbackData, prefix="myhours"):
    """«Другой час»: the hours to choose from."""


class SetOwnHour(CallbackData, prefix="myhour"):
    """An hour, or 0 for the common one: no hour that can be chosen is 0."""

    hour: int


class SetOwnDay(CallbackData, prefix="myday"):
    """A weekday (0 is Monday) ticked or not."""

    day: int
    heard: bool


class AskPause(CallbackData, prefix="mypause"):
    """«Сделать паузу»: until when is asked."""


class PauseUntil(CallbackData, prefix="mypaused"):
    """A day (YYYYMMDD) on which reminders come again."""

    until: Day


class EndPause(CallbackData, prefix="mywake"):
    """«Снять паузу»."""
