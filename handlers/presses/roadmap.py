"""The month, the list of items, another year."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class MonthPage(CallbackData, prefix="month"):
    """A month of the calendar."""

    year: int
    month: int


class ListPage(CallbackData, prefix="list"):
    """A page of the list of items, narrowed ``by`` month, executor or status to ``value``."""

    by: str
    value: str
    page: int


class ListFilter(CallbackData, prefix="filter"):
    """Choosing what to narrow the list by."""

    by: str


class CarryOver(CallbackData, prefix="carry"):
    """«Перенести на другой год»."""

    id: Id
    year: int
