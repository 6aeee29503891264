"""Why a wording is not a deadline: the closed list of reasons."""

from enum import StrEnum

_SHOWN = 80
"""Characters of a wording that a person is shown: enough to find the cell, short enough for a message."""


class DeadlineReason(StrEnum):
    """Text ids of ``texts/ru/deadline.toml``: each sentence says what is wrong and what to write instead."""

    IMPOSSIBLE_DATE = "deadline.impossible-date"
    IMPOSSIBLE_PART = "deadline.impossible-part"
    IMPOSSIBLE_YEAR = "deadline.impossible-year"
    SCHOOL_YEAR = "deadline.school-year"
    LOST_DAY = "deadline.lost-day"
    REVERSED = "deadline.reversed"
    NO_END = "deadline.no-end"
    AMBIGUOUS = "deadline.ambiguous"
    RELATIVE = "deadline.relative"
    SEVERAL = "deadline.several"
    NOT_UNDERSTOOD = "deadline.not-understood"


class DeadlineError(ValueError):
    """A wording that is not taken for a deadline, because reading it would be a guess.

    ``reason`` is a text id, ``fragment`` the piece of the wording that it is about, cut to fit a message.
    """

    def __init__(self, reason: DeadlineReason, fragment: str) -> None:
        self.reason = reason
        self.fragment = fragment if len(fragment) <= _SHOWN else fragment[: _SHOWN - 1] + "…"
        super().__init__(f"{reason}: «{self.fragment}»")
