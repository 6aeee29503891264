"""Correcting an item."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class EditItem(CallbackData, prefix="edit"):
    """What can be corrected in an item."""

    id: Id


class EditField(CallbackData, prefix="field"):
    """One field to correct."""

    id: Id
    field: str


class ConfirmField(CallbackData, prefix="right"):
    """A flagged field is right as it stands."""

    id: Id
    field: str


class ToggleExecutor(CallbackData, prefix="exec"):
    """An executor of an item added or taken away."""

    id: Id
    executor: str


class ChooseParty(CallbackData, prefix="owes"):
    """Who owes an item."""

    id: Id
    party: str


class NoReason(CallbackData, prefix="nowhy"):
    """Saving a moved deadline without a reason."""
