"""Who has not come in."""

from aiogram.filters.callback_data import CallbackData

from domain.coverage import Gap


class CoveragePage(CallbackData, prefix="coverage"):
    """A page of the schools or the people who are wanting something."""

    gap: Gap
    page: int
