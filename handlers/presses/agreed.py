"""What a school promised in a visit."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class SchoolAgreed(CallbackData, prefix="agreeds"):
    """Everything that a school promised."""

    id: Id


class SchoolAgreedPage(CallbackData, prefix="agreedspg"):
    """A page of it."""

    id: Id
    page: int


class OpenAgreed(CallbackData, prefix="agreed"):
    """One of them."""

    id: Id


class AgreedDone(CallbackData, prefix="agdone"):
    """«Сделано»."""

    id: Id


class AgreedNotDone(CallbackData, prefix="agopen"):
    """«Не сделано»."""

    id: Id


class DropAgreed(CallbackData, prefix="agdrop"):
    """«Снять»."""

    id: Id


class DropAgreedForSure(CallbackData, prefix="agdropok"):
    """The same, for sure."""

    id: Id
