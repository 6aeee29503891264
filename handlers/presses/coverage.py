"""Who has not come in."""

from aiogram.filters.callback_data import CallbackData


class CoveragePage(CallbackData, prefix="coverage"):
    """A page of the schools that nobody has come in from."""

    page: int
