"""A person's card, and adding a person."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class OpenPerson(CallbackData, prefix="person"):
    """A person's card."""

    id: Id


class RenamePerson(CallbackData, prefix="name"):
    """«Имя»."""

    id: Id


class ChangePosition(CallbackData, prefix="position"):
    """«Должность»."""

    id: Id


class NoPosition(CallbackData, prefix="noposition"):
    """A person without a position."""

    id: Id


class RemovePerson(CallbackData, prefix="remove"):
    """«Убрать из проекта»: asked once more."""

    id: Id


class RemoveForSure(CallbackData, prefix="removed"):
    """«Да, убрать»."""

    id: Id


class AddPerson(CallbackData, prefix="newperson"):
    """«Добавить человека»: to a school's team, or with 0 wherever is chosen."""

    id: IdOrNone


class AddEvenSo(CallbackData, prefix="newname"):
    """«Это другой человек»."""


class SkipPosition(CallbackData, prefix="newskip"):
    """A new person without a position."""
