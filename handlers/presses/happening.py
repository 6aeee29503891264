"""What was held."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class Held(CallbackData, prefix="held"):
    """«Провели семинар», «Обновили раздел», «Провели мероприятие»: a form of its own."""

    id: Id


class ChooseHeld(CallbackData, prefix="toheld"):
    """«Отметить проведённое» in «Мои задачи»: a page of the items."""

    page: int


class HeldPage(CallbackData, prefix="heldlist"):
    """A page of what was held of an item."""

    id: Id
    page: int


class OpenHappening(CallbackData, prefix="happening"):
    """One thing held."""

    id: Id


class HappeningFiles(CallbackData, prefix="heldfiles"):
    """«Показать файлы»."""

    id: Id


class TakeAwayHappening(CallbackData, prefix="unheld"):
    """«Убрать»."""

    id: Id
