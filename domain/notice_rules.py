"""The numbers of notices.md: defaults that the coordinator changes in the chat."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import time
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Rules:
    """When and how often the bot speaks by itself. Days are calendar days, times are of the project's zone."""

    morning: time = time(9)
    digest: time = time(8, 30)
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    day_ahead: tuple[int, ...] = (7, 1)
    by_ahead: tuple[int, ...] = (14, 7, 3, 1)
    starts_soon: tuple[int, ...] = (7, 1)
    ends_soon_long: int = 7
    long_window: int = 21
    ends_soon_middle: int = 3
    middle_window: int = 7
    ends_soon_short: int = 1
    vague_ends_soon: tuple[int, ...] = (7, 3)
    repeated_on: int = 25
    overdue_first: int = 1
    overdue_every: int = 7
    overdue_times: int = 4
    unanswered_cap: int = 4
    escalate_municipal: int = 3
    escalate_regional: int = 7
    visit_ahead: tuple[int, ...] = (3, 1)
    visit_evening: time = time(18)
    visit_asks: int = 4
    meeting_ahead: tuple[int, ...] = (7, 1)
    meeting_before: int = 60

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The rules in the order in which they are shown."""
        return tuple(field.name for field in fields(cls))

    def text_of(self, name: str) -> str:
        """The value of one rule as people write it: «09:00», «14, 7, 3, 1», «25»."""
        value = getattr(self, name)
        if isinstance(value, time):
            return value.strftime("%H:%M")
        return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

    def changed(self, name: str, text: str) -> Self:
        """The rules with one value read from what a person typed.

        Raises ``RuleError`` with a text id when the value cannot be understood or breaks another rule.
        """
        made = replace(self, **{name: _read(getattr(self, name), text)})
        made.check()
        return made

    def check(self) -> None:
        """Raise ``RuleError`` when the rules contradict each other."""
        if not self.quiet_until <= self.digest <= self.morning < self.quiet_from:
            raise RuleError("rules.hours")
        if not self.morning <= self.visit_evening < self.quiet_from:
            raise RuleError("rules.evening")

    @classmethod
    def stored(cls, values: Mapping[str, str]) -> Self:
        """The rules from what was saved; a name that is no longer known is left out. A silence that begins before the
        usual evening question (it may have been saved when there was none) has it an hour earlier."""
        made = cls()
        known = {name: _read(getattr(made, name), text) for name, text in values.items() if name in cls.names()}
        made = replace(made, **known)
        if "visit_evening" not in known and not made.morning <= made.visit_evening < made.quiet_from:
            before_quiet = time(made.quiet_from.hour - 1, made.quiet_from.minute) if made.quiet_from.hour else time()
            made = replace(made, visit_evening=max(made.morning, before_quiet))
        return made


class RuleError(ValueError):
    """``reason`` is the text id of a sentence that says what to write instead."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_TIME = re.compile("(2[0-3]|[01]?[0-9])[:.]([0-5][0-9])")


def _read(sample: Any, text: str) -> Any:
    if isinstance(sample, time):
        return _read_time(text)
    if isinstance(sample, tuple):
        return tuple(sorted({_read_number(part) for part in text.replace(";", ",").split(",")}, reverse=True))
    return _read_number(text)


def _read_time(text: str) -> time:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise RuleError("rules.time")
    return time(int(found[1]), int(found[2]))


def _read_number(text: str) -> int:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit() and 1 <= int(stripped) <= 60):
        raise RuleError("rules.number")
    return int(stripped)
