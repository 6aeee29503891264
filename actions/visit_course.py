"""«Как прошёл визит?»: asked in the evening of the day and of the next working days, until it is told or moved."""

from collections.abc import Iterator
from datetime import datetime

from actions.project import Project
from actions.visit_sight import Sight, sight
from actions.visit_telling import evening_key
from domain.button import Button, Keyboard, press
from domain.hours import Hours
from domain.outbox import Draft
from domain.visit import Standing, Visit
from domain.visit_day import evenings
from storage import form_run as run_rows
from storage import outbox as outbox_rows
from storage import own_reminders as own_rows
from storage.database import Database, Transaction

_ASKED = (Standing.TODAY, Standing.OVERDUE)


class VisitCourse:
    """What the clock asks for."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def run(self, now: datetime) -> int:
        """Put the questions of this evening into the outbox, each once; returns how many."""
        async with self._database.transaction() as tx:
            hours = await self._project.hours(tx)
            today = hours.today(now)
            if not hours.at(today, hours.rules.visit_evening) <= now < hours.evening(today):
                return 0
            found = await sight(tx, self._project, now)
            return sum([await self._ask(tx, found, one, hours, now) for one in self._due(found, hours)])

    def _due(self, found: Sight, hours: Hours) -> Iterator[Visit]:
        """Whoever asks to move a visit is not asked until the coordinator has decided."""
        for one in found.visits:
            if one.day is None or one.waits or found.standing(one) not in _ASKED:
                continue
            if found.today in evenings(one.day, hours.calendar, hours.rules):
                yield one

    async def _ask(self, tx: Transaction, found: Sight, visit: Visit, hours: Hours, now: datetime) -> int:
        is_begun = await run_rows.get(tx, f"visit:{visit.id}") is not None
        text = self._project.texts.html("visit_day.how", one=found.seen(visit), is_begun=is_begun)
        own, put = await own_rows.all_reminders(tx), 0
        for bearer in found.acting(visit):
            person_id = bearer.recipient.person_id or 0
            paused = own[person_id].paused_until if person_id in own else None
            if paused is not None and found.today < paused:
                continue
            key = f"{evening_key(visit.id)}{found.today}:{bearer.recipient.key}"
            due, until = hours.at(found.today, hours.rules.visit_evening), hours.evening(found.today)
            draft = Draft(key, bearer.recipient, text, due, until, self._buttons(visit, is_begun=is_begun))
            put += await outbox_rows.put(tx, draft, now) is not None
        return put

    def _buttons(self, visit: Visit, *, is_begun: bool) -> Keyboard:
        tell, move, missed = (
            self._project.texts.plain(f"visit_day.button-{name}")
            for name in ("go-on" if is_begun else "tell", "move", "missed")
        )
        return (
            (Button(tell, press("fw", "visit", visit.id, 0, "go-on")),),
            (Button(move, press("vmove", visit.id)), Button(missed, press("vmiss", visit.id))),
        )
