"""The consent."""

from aiogram.filters.callback_data import CallbackData


class Consent(CallbackData, prefix="consent"):
    """«Согласен» and «Не согласен» to the text of that version."""

    given: bool
    version: str
