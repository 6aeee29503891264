"""«Акты об удалении»: what the coordinator downloads of the erasures, for the three years that the law asks for."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed, Entry
from domain.own_data import Act, Erasure, destroyed_from
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptRoadmap
from storage import audit as audit_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction

OPERATOR = "department"
"""The executor of the order that answers for the data."""


class Erasures:
    """Use cases of the acts. They name nobody, and stand on rows of the audit, which are never taken away."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which instants are told."""
        return self._project.zone

    async def all(self, *, by: Member) -> tuple[Erasure, ...]:
        """Every erasure, the newest first."""
        require(by, Right.SEE_AUDIT)
        async with self._database.read() as tx:
            return tuple(_erasure(entry) for entry in await audit_rows.entries(tx, deeds=[Deed.ERASED]))

    async def act(self, number: int, *, by: Member) -> Act:
        """What the act and the extract of one erasure say. Raises ``Refusal`` where there was none of that number."""
        require(by, Right.SEE_AUDIT)
        async with self._database.read() as tx:
            entry = await audit_rows.entry(tx, number)
            if entry is None or entry.deed is not Deed.ERASED:
                raise Refusal("own_data.no-act")
            return Act(_erasure(entry), await _operator(tx))


def _erasure(entry: Entry) -> Erasure:
    return Erasure(entry.id, entry.person_id or 0, entry.at, destroyed_from(str(entry.about.get("destroyed", ""))))


async def _operator(tx: Transaction) -> str:
    organisation = (await registry_rows.registry(tx)).organisation(OPERATOR)
    return organisation.name if organisation else _named_by(await roadmap_rows.all_roadmaps(tx))


def _named_by(roadmaps: Iterable[KeptRoadmap]) -> str:
    """How the newest roadmap calls the operator; empty where none does."""
    names = [one.name for kept in roadmaps for one in kept.roadmap.executors if one.id == OPERATOR]
    return names[-1] if names else ""
