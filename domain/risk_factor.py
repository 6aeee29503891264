"""The risks that schools work on: a list that the coordinator keeps, and each school's own part of it, its profile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

RISK_LIMIT = 200
"""Characters of a risk's name."""


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """A risk. One that has ended is offered to no further school; whoever works on it goes on."""

    id: int
    name: str
    has_ended: bool = False


def default_names(listed: str) -> list[str]:
    """The list a project begins with: one risk a line."""
    return [name for line in listed.splitlines() if (name := line.strip())]


def offered(factors: Iterable[RiskFactor], own: Collection[int]) -> list[RiskFactor]:
    """What can be ticked for a school: of the ended ones, those that it still has."""
    return [one for one in factors if not one.has_ended or one.id in own]
