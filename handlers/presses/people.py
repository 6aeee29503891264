"""«Люди и школы»: the coordinator's search."""

from aiogram.filters.callback_data import CallbackData


class PeoplePage(CallbackData, prefix="found"):
    """A page of the people whose names or places fit what was typed."""

    page: int
