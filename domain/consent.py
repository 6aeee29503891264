"""The consent to the processing of personal data (152-ФЗ, article 9): which version is asked for."""

from dataclasses import dataclass
from datetime import datetime

VERSION = "2026-11"
"""Of the text ``consent.text``. Another text needs another version here: everybody is then asked anew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to a version; ``at`` is UTC."""

    version: str
    given: bool
    at: datetime
