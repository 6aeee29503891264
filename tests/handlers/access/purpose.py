"""What a button, a command or an answer is for, and words that several kinds of buttons are forged of."""

from dataclasses import dataclass
from typing import Self

from domain.access import Right

PAGES = ("0", "99")
DAYS = ("20220310", "20991231")
FLAGS = ("0", "1")


@dataclass(frozen=True)
class Pressed:
    """What a kind of button is for, and what each of its fields names: a key of ``Region.ids``, or values.

    ``right`` is what the table of rights must give whoever it does something for; ``None`` where it is for strangers.
    ``tells`` is whether somebody else hears of it besides the coordinators,
    ``signed`` whether they hear by whom.
    """

    right: Right | None
    fields: dict[str, str | tuple[str, ...]]
    tells: bool = False
    signed: bool = False

    @classmethod
    def of(cls, right: Right | None, *, tells: bool = False, **fields: str | tuple[str, ...]) -> Self:
        """The same, with the fields by their names."""
        return cls(right, fields, tells)
