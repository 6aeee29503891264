"""Buttons under a message, free of any messenger's types."""

from dataclasses import dataclass

CALLBACK_LIMIT = 64
"""Bytes of callback data that every messenger keeps (messengers.md)."""


@dataclass(frozen=True, slots=True)
class Button:
    """``data`` comes back when it is pressed; one with a ``url`` opens that instead and brings nothing back."""

    text: str
    data: str = ""
    url: str = ""


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons."""


def press(what: str, *values: int | str) -> str:
    """Callback data in the layout of ``handlers/presses.py``; raises ``ValueError`` over 64 bytes."""
    data = ":".join((what, *map(str, values)))
    if len(data.encode()) > CALLBACK_LIMIT:
        raise ValueError(f"callback data is too long: {data}")
    return data
