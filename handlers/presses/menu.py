"""The menu, and giving a question up."""

from aiogram.filters.callback_data import CallbackData


class Go(CallbackData, prefix="go"):
    """A section of the menu."""

    section: str


class Cancel(CallbackData, prefix="cancel"):
    """Nothing is to be typed any more."""
