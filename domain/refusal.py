"""A refusal: why something cannot be done, as a text id with its values."""

from typing import Any


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error; it undoes the transaction on its way out
    """Leaves an action, is shown in one place (``bot/refusals.py``) as a sentence that says what to do instead."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details
