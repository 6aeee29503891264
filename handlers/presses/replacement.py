"""«Заменить»: one person takes over from another. ``duty`` is 0 for all that rests on the former."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class ReplacePerson(CallbackData, prefix="replace"):
    """«Заменить»."""

    id: Id


class ChooseHeir(CallbackData, prefix="heirs"):
    """What passes on is chosen: a page of those who may take it over."""

    id: Id
    duty: IdOrNone
    page: int


class TakeHeir(CallbackData, prefix="heir"):
    """Who takes over: everything is read back."""

    id: Id
    duty: IdOrNone
    heir: Id


class NewHeir(CallbackData, prefix="newheir"):
    """Somebody nobody has registered before, by the name that was typed."""


class HeirPosition(CallbackData, prefix="heirjob"):
    """The new person's position: the former's, or none."""

    same: bool


class Replace(CallbackData, prefix="swap"):
    """«Заменить» under what was read back."""

    id: Id
    duty: IdOrNone
    heir: Id


class ReplaceByNew(CallbackData, prefix="swapnew"):
    """The same by a new person."""
