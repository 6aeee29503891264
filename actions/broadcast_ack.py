"""«Ознакомлен(а)»: said by whoever an announcement went to."""

from datetime import datetime

from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import broadcast as broadcast_rows
from storage import broadcast_owed as owed_rows
from storage.database import Database


class BroadcastAcks:
    """Use cases of everybody."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def acknowledge(self, broadcast_id: int, *, by: Member, now: datetime) -> bool:
        """They have read it; false where they said so before. Raises ``Refusal`` where it never went to them."""
        person_id = require(by, Right.ACKNOWLEDGE)
        async with self._database.transaction() as tx:
            if not await broadcast_rows.is_addressed(tx, broadcast_id, by.recipient):
                raise Refusal("broadcast.not-yours")
            said = await broadcast_rows.acknowledge(tx, broadcast_id, by.recipient, now)
            if said:
                await audit_rows.record(tx, now, person_id, Deed.BROADCAST_ACKED, broadcast=broadcast_id)
                await owed_rows.acknowledged(tx, broadcast_id, by.recipient)
            return said
