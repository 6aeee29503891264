"""The school's card before a visit."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class OpenBrief(CallbackData, prefix="vbrief"):
    """The card for a visit."""

    id: Id
