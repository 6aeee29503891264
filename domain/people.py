"""Who is speaking: a messenger's account, the member behind it, and what they are answerable for."""

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
class Duty:
    """A role and where it is held: a curator's or a team's school, a municipality, an organisation by its code.

    ``responsible`` marks the one of a school who is asked first. ``instead_of`` is the id of the person on leave whose
    duty this is (``None`` for one's own).
    """

    role: Role
    school_id: int | None = None
    municipality_id: int | None = None
    organisation: str = ""
    responsible: bool = False
    instead_of: int | None = None

    @property
    def address(self) -> str:
        """The address under which the notices know it: ``role:curator``, ``organiser:university``."""
        return f"organiser:{self.organisation}" if self.organisation else f"role:{self.role}"


@dataclass(frozen=True, slots=True)
class Member:
    """The acting person with all duties that rest on them today, those of people on leave included.

    A stranger has no duty. ``has_agreed`` is the consent to the present version of the text (152-ФЗ): without it
    nothing but the consent and one's own data is open to them.
    """

    account: Account
    person_id: int | None = None
    name: str = ""
    duties: frozenset[Duty] = field(default=frozenset())
    has_agreed: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """What the person is in the project today."""
        return frozenset(duty.role for duty in self.duties)

    @property
    def is_stranger(self) -> bool:
        """Nobody of the project: gets one polite line and learns nothing."""
        return not self.duties

    @property
    def recipient(self) -> str:
        """The key under which the person's notices are remembered."""
        return f"person:{self.person_id}"
