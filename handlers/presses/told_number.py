"""«Ответили»."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class TellNumber(CallbackData, prefix="number"):
    """«Ответили» on the card of an item that is counted in people."""

    id: Id


class ForgetNumber(CallbackData, prefix="nonumber"):
    """«Убрать число»."""

    id: Id
