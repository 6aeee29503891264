"""One-time codes: how they look, how long they work, and when too many were tried."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

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

_LOOK_ALIKES = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")
"""A code that is read from paper is typed on the keyboard that is switched on."""
_SEPARATORS = re.compile(r"[\s‐-―−-]")
_NEARLY = range(GROUPS * GROUP_LETTERS - 2, GROUPS * GROUP_LETTERS + 5)
"""Letters of what is meant as a code, though some are missing or too many."""


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
    """What is kept of a code; letter case, spaces, dashes and Russian letters that look alike make no difference."""
    plain = "".join(letter for letter in code.upper().translate(_LOOK_ALIKES) if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def looks_like_code(text: str) -> bool:
    """Whether a typed text is meant as a code, be it one with a mistake; ordinary words and numbers are not."""
    plain = _SEPARATORS.sub("", text).upper().translate(_LOOK_ALIKES)
    if len(plain) == GROUPS * GROUP_LETTERS and set(plain) <= set(ALPHABET):
        return True
    mixed = plain.isascii() and plain.isalnum() and not plain.isalpha() and not plain.isdigit()
    return mixed and len(plain) in _NEARLY


def card_expiry(now: datetime, zone: ZoneInfo) -> datetime:
    """When a personal code issued now stops working (UTC): with the end of a local day, as the card says it."""
    last = (now + CARD_LIFE).astimezone(zone).date()
    return datetime.combine(last, time(23, 59, 59), zone).astimezone(now.tzinfo)


def open_again(tries: Sequence[datetime], now: datetime) -> datetime | None:
    """When an account may try again (UTC): an hour after the last of so many wrong tries within an hour.

    ``tries`` are the earliest first and reach back two hours. ``None``: now.
    """
    if len(tries) < MOST_TRIES or tries[-1] - tries[-MOST_TRIES] > TRIES_WINDOW:
        return None
    reopens = tries[-1] + TRIES_WINDOW
    return reopens if reopens > now else None
