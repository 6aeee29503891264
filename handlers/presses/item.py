"""One item: its card, its history, closing it."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class OpenItem(CallbackData, prefix="item"):
    """An item's card in place of the list."""

    id: Id


class MoreAboutItem(CallbackData, prefix="more"):
    """An item's card from under a notice: a message of its own."""

    id: Id


class ItemHistory(CallbackData, prefix="history"):
    """«История»."""

    id: Id


class CloseItem(CallbackData, prefix="close"):
    """«Закрыть пункт»."""

    id: Id


class CloseWithoutNote(CallbackData, prefix="closed"):
    """Closing without a note."""

    id: Id


class ReopenItem(CallbackData, prefix="reopen"):
    """«Открыть снова»."""

    id: Id
