"""What was held."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Day, Id


class Held(CallbackData, prefix="held"):
    """«Провели семинар», «Обновили раздел», «Провели мероприятие»: a form of its own."""

    id: Id


class ChooseHeld(CallbackData, prefix="toheld"):
    """«Отметить проведённое» in «Мои задачи»: a page of the items."""

    page: int


class HeldPlaces(CallbackData, prefix="heldplaces"):
    """A page of the municipalities."""

    id: Id
    page: int


class HeldPlace(CallbackData, prefix="heldplace"):
    """A municipality is chosen."""

    id: Id
    place: Id


class HeldDay(CallbackData, prefix="heldday"):
    """«Сегодня», «Вчера»."""

    id: Id
    day: Day


class NoHeldLink(CallbackData, prefix="heldnolink"):
    """«Без ссылки»."""

    id: Id


class AskHeld(CallbackData, prefix="heldask"):
    """An answer of the form is to be another."""

    id: Id
    what: str


class SaveHeld(CallbackData, prefix="heldsave"):
    """«Сохранить»."""

    id: Id


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
