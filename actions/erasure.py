"""«Акты об удалении»: what the coordinator downloads of the erasures, for the three years that the law asks for, and
erasing whoever left before they asked for it."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.project import Project
from actions.standing_in import part_with
from domain.access import Right, require
from domain.audit import Deed, Entry
from domain.own_data import Act, Erasure, Former, destroyed_from, destroyed_text
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptRoadmap
from storage import audit as audit_rows
from storage import erasure as erasure_rows
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

    async def former(self, *, by: Member) -> tuple[Former, ...]:
        """Whoever left or was removed and was not erased, the latest first: the bot knows none of their accounts, so
        they ask the coordinator."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.read() as tx:
            return tuple(await erasure_rows.former(tx))

    async def one_former(self, person_id: int, *, by: Member) -> Former:
        """One of them. Raises ``Refusal`` as ``erase`` does."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.read() as tx:
            return await _former(tx, person_id)

    async def erase(self, person_id: int, *, by: Member, now: datetime) -> None:
        """Destroy the data of whoever left, at their request; the act is drawn up as of one's own command.

        Raises ``Refusal`` for whoever takes part, is unknown, or was erased.
        """
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            await _former(tx, person_id)
            destroyed = await destroy(tx, self._project, person_id, now)
            await audit_rows.record(tx, now, by_id, Deed.ERASED, person=person_id, destroyed=destroyed)
        await self._database.fold()


async def destroy(tx: Transaction, project: Project, person_id: int, now: datetime) -> str:
    """The person takes part no more, and nothing that names them remains; their work does.

    Returns what was destroyed, as the audit keeps it: recording it, and ``Database.fold`` after the transaction, is the
    caller's.
    """
    who = await erasure_rows.unname(tx, person_id, now)
    await part_with(tx, project, person_id, now)
    return destroyed_text(await erasure_rows.erase(tx, person_id, who, now))


async def _former(tx: Transaction, person_id: int) -> Former:
    found = next((one for one in await erasure_rows.former(tx) if one.person_id == person_id), None)
    if found is not None:
        return found
    if (await registry_rows.registry(tx)).person(person_id) is not None:
        raise Refusal("own_data.takes-part")
    raise Refusal("own_data.erased-before" if await erasure_rows.is_erased(tx, person_id) else "own_data.no-former")


def _erasure(entry: Entry) -> Erasure:
    """Who did it is also whose data they were, unless the row names another."""
    asked = entry.about.get("person")
    destroyed = destroyed_from(str(entry.about.get("destroyed", "")))
    return Erasure(entry.id, int(asked or entry.person_id or 0), entry.at, destroyed, by_coordinator=asked is not None)


async def _operator(tx: Transaction) -> str:
    organisation = (await registry_rows.registry(tx)).organisation(OPERATOR)
    return organisation.name if organisation else _named_by(await roadmap_rows.all_roadmaps(tx))


def _named_by(roadmaps: Iterable[KeptRoadmap]) -> str:
    """How the newest roadmap calls the operator; empty where none does."""
    names = [one.name for kept in roadmaps for one in kept.roadmap.executors if one.id == OPERATOR]
    return names[-1] if names else ""
