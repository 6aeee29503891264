"""The consent."""

from aiogram.filters.callback_data import CallbackData


class Consent(CallbackData, prefix="consent"):
    """«Согласен» and «Не согласен»."""

    given: bool
