"""«Не применимо»."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class Exempt(CallbackData, prefix="exempt"):
    """«Не применимо» on an item's card: to whom it applies."""

    id: Id


class ExemptPage(CallbackData, prefix="exempts"):
    """A page of them."""

    id: Id
    page: int


class ToggleExempt(CallbackData, prefix="exemptone"):
    """One of them: the reason is asked, or it applies again."""

    id: Id
    debtor: Id
    page: int
