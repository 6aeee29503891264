"""Who is speaking: a messenger's account and the member behind it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person may be in the project; one person may hold several (domain.md)."""

    COORDINATOR = "coordinator"
    ORGANISER = "organiser"
    MUNICIPAL = "municipal"
    CURATOR = "curator"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Account:
    """An account in a messenger: ``messenger`` is «telegram», ``account_id`` its 64-bit id there."""

    messenger: str
    account_id: int


@dataclass(frozen=True, slots=True)
class Member:
    """The acting person. A stranger has no ``person_id`` and no role."""

    account: Account
    person_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = field(default=frozenset())

    @property
    def is_stranger(self) -> bool:
        """Nobody of the project: gets one polite line and learns nothing."""
        return not self.roles

    @property
    def recipient(self) -> str:
        """The key under which the person's notices are remembered."""
        return f"person:{self.person_id}"
