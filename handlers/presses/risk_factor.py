"""The list of risks, and the profile of a school."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class RisksPage(CallbackData, prefix="risks"):
    """A page of the list."""

    page: int


class OpenRisk(CallbackData, prefix="risk"):
    """A risk's card."""

    id: Id


class AddRisk(CallbackData, prefix="risknew"):
    """«Добавить»."""


class RenameRisk(CallbackData, prefix="riskname"):
    """«Переименовать»."""

    id: Id


class EndRisk(CallbackData, prefix="riskend"):
    """«Убрать из списка»: asked once more."""

    id: Id


class EndRiskForSure(CallbackData, prefix="riskgone"):
    """«Да, убрать»."""

    id: Id


class SchoolProfile(CallbackData, prefix="profile"):
    """A page of a school's profile."""

    id: Id
    page: int


class TickRisk(CallbackData, prefix="risktick"):
    """Whether the school works on a risk; ``page`` is shown again."""

    school: Id
    risk: Id
    on: bool
    page: int
