"""Under what the bot said by itself."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Day


class PutOff(CallbackData, prefix="later"):
    """«Отложить» under the message of a day (YYYYMMDD)."""

    day: Day


class PutOffUntil(CallbackData, prefix="until"):
    """For how long."""

    day: Day
    later: str
