"""One-time codes: how they look, how long they work, and when too many were tried."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0/O and 1/I: a code is also typed by hand."""
GROUPS, GROUP_LETTERS = 3, 4
"""60 bits: short enough to be typed by hand from a card, and behind a door that closes after ten wrong tries."""
INVITE_LIFE = timedelta(days=7)
"""Of the operator's invitation."""
CARD_LIFE = timedelta(days=30)
"""Of a personal code: it is handed out at a meeting and may lie in a bag for a while."""
MOST_TRIES = 10
TRIES_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code and when it stops working (UTC)."""

    code: str
    expires_at: datetime


def draw_code(chance: Random) -> str:
    """A new code: «7KQ2-MN4P-X9CD»."""
    groups = ("".join(chance.choice(ALPHABET) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def code_hash(code: str) -> str:
    """What is kept of a code; letter case, spaces and dashes make no difference."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def open_again(tries: Sequence[datetime], now: datetime) -> datetime | None:
    """When an account may try again after so many wrong tries (UTC, the earliest first); ``None``: now."""
    if len(tries) < MOST_TRIES:
        return None
    reopens = tries[-MOST_TRIES] + TRIES_WINDOW
    return reopens if reopens > now else None
