"""Groups."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class OpenGroup(CallbackData, prefix="group"):
    """A group's screen."""

    id: Id


class BindGroup(CallbackData, prefix="bind"):
    """«Привязать как …»."""

    id: Id
    channel: str


class UnbindGroup(CallbackData, prefix="unbind"):
    """«Отвязать»."""

    id: Id


class LeaveGroup(CallbackData, prefix="leave"):
    """«Выйти из группы»."""

    id: Id


class InviteGroup(CallbackData, prefix="callin"):
    """«Позвать участников»."""

    id: Id
