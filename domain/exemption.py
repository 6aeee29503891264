"""To whom an item does not apply: why, in the coordinator's words."""

from domain.refusal import Refusal
from domain.registry import tidy

REASON_LIMIT = 300
_SHORTEST = 3
"""Letters and digits of a reason that says something."""


def reason_of(typed: str) -> str:
    """Why an item does not apply, on one line. Raises ``Refusal`` for nothing, and for too much."""
    reason = tidy(typed)
    if sum(letter.isalnum() for letter in reason) < _SHORTEST:
        raise Refusal("exemption.no-reason")
    if len(reason) > REASON_LIMIT:
        raise Refusal("exemption.long-reason", limit=REASON_LIMIT)
    return reason
