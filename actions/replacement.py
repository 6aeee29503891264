"""Replacing a person in one step: what rested on one rests on another from the same instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.person import add_person, typed_position
from actions.project import Project
from actions.registry import about, existing, refuse_without_coordinator
from actions.standing_in import part_with, tell_deputies, whole
from domain.access import Right, refuse_deputy, require
from domain.audit import Deed
from domain.button import Button, press
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import Registered, Registry, called, tidy, typed_name
from domain.replacement import passing
from storage import audit as audit_rows
from storage import leave as leave_rows
from storage import meeting as meeting_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody nobody has registered before."""

    name: str
    position: str = ""


class Replacements:
    """Use cases of handing work over."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def replace(
        self, former_id: int, heir: int | NewPerson, duty_id: int | None = None, *, by: Member, now: datetime
    ) -> int:
        """Everything that rests on a person passes on, or the one duty of that row; returns who has it now.

        Whoever has nothing left is removed and gets nothing from this instant; where they stood in for somebody on
        leave, the heir does, and leads the meetings that they led. To the meetings to come the heir is invited, of a
        school that passes on alone as well. The heir is told when they may be written to. Twice is once; raises
        ``Refusal`` when somebody else was quicker, and where a person cannot be replaced.
        """
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            registry = await registry_rows.registry(tx)
            held = await registry_rows.held(tx, former_id)
            if not held or duty_id not in (None, *held):
                return await _done_before(tx, registry, former_id, heir, duty_id, by_id)
            moved = passing(held, duty_id)
            taking = await _heir(tx, registry, former_id, heir, by_id, now)
            refuse_deputy(by, [duty.role for duty in moved.values()])
            await refuse_without_coordinator(tx, former_id, moved.values(), by_id, taking)
            await registry_rows.move_duties(tx, former_id, taking.id, moved.values(), now)
            await _write_down(tx, former_id, taking.id, moved if len(moved) < len(held) else {}, by_id, now)
            meetings, stays = 0, len(moved) < len(held)
            if not stays:
                await self._remove(tx, former_id, taking, by_id, now)
                await meeting_rows.lead_instead(tx, former_id, taking.id)
            if not stays or any(one.role is Role.SCHOOL for one in moved.values()):
                meetings = await meeting_rows.hand_over(tx, former_id, taking.id, now, stays=stays)
            await outbox_rows.withdraw_days(tx)
            if taking.id != by_id:
                duties = [(one, registry.place(one)) for one in moved.values()]
                await self._tell(tx, former_id, taking.id, duties, meetings, now)
            return taking.id

    async def _remove(self, tx: Transaction, former_id: int, heir: Registered, by_id: int, now: datetime) -> None:
        if former_id == by_id:
            raise Refusal("person.yourself")
        if heir.has_come and heir.has_agreed:
            await self._stand_in_instead(tx, former_id, heir.id, by_id, now)
        await part_with(tx, self._project, former_id, now, but=heir.id)
        await registry_rows.remove_person(tx, former_id, now)
        await audit_rows.record(tx, now, by_id, Deed.PERSON_REMOVED, person=former_id)

    async def _stand_in_instead(self, tx: Transaction, former_id: int, heir_id: int, by_id: int, now: datetime) -> None:
        """For whoever is on leave somebody else is there now, and hears of it."""
        today = self._project.today(now)
        theirs = {one.id for one in (await whole(tx, today)).leaves if one.deputy_id == former_id}
        await leave_rows.hand_over(tx, former_id, heir_id)
        known = await whole(tx, today)
        for leave in known.leaves:
            if leave.id in theirs and leave.deputy_id == heir_id:
                await tell_deputies(tx, self._project, known, leave, now, but=by_id)

    async def _tell(
        self,
        tx: Transaction,
        former_id: int,
        heir_id: int,
        duties: list[tuple[Duty, str]],
        meetings: int,
        now: datetime,
    ) -> None:
        recipient = await people_rows.recipient(tx, heir_id)
        if recipient is not None:
            tasks = ((Button(self._project.texts.plain("replacement.button-my-tasks"), press("go", "my-tasks")),),)
            former = called(await people_rows.name_of(tx, former_id), former_id)
            key = f"replaced:{former_id}:{now.isoformat()}"
            said = {"former": former, "duties": duties, "meetings": meetings}
            await self._project.tell(tx, [recipient], key, "replacement.told", now, tasks, **said)


async def _heir(
    tx: Transaction, registry: Registry, former_id: int, heir: int | NewPerson, by_id: int, now: datetime
) -> Registered:
    if isinstance(heir, NewPerson):
        name = typed_name(heir.name)
        return Registered(await add_person(tx, name, typed_position(heir.position), by_id, now), name)
    if heir == former_id:
        raise Refusal("replacement.same-person")
    return existing(registry.person(heir), "person.gone")


async def _write_down(
    tx: Transaction, former_id: int, heir_id: int, part: Mapping[int, Duty], by_id: int, now: datetime
) -> None:
    """``part`` is the one duty that passed on where others stay."""
    said: dict[str, int | str | None] = {"former": former_id, "person": heir_id}
    for row, duty in part.items():
        said |= {"duty": row, **about(duty)}
    await audit_rows.record(tx, now, by_id, Deed.PERSON_REPLACED, **said)


async def _done_before(
    tx: Transaction, registry: Registry, former_id: int, heir: int | NewPerson, duty_id: int | None, by_id: int
) -> int:
    """Who took over before: the same answer for the same press. Raises ``Refusal`` for another one."""
    told = await audit_rows.entries(tx, with_person=former_id, deeds=[Deed.PERSON_REPLACED])
    for entry in told:
        if entry.about.get("former") != former_id or entry.about.get("duty") not in (None, duty_id):
            continue
        taken = registry.person(int(entry.about["person"] or 0))
        if taken is None:
            break
        wanted = taken.name == tidy(heir.name) if isinstance(heir, NewPerson) else taken.id == heir
        if wanted and entry.person_id == by_id:
            return taken.id
        raise Refusal("replacement.done-already", name=called(taken.name, taken.id))
    raise Refusal("person.gone" if registry.person(former_id) is None else "replacement.nothing-left")
