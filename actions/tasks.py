"""«Мои задачи»: what rests on the acting person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from actions.project import Project, live
from domain.access import Right, may, require
from domain.agenda import Status
from domain.join_request import REQUEST_LIFE
from domain.people import Member
from domain.task import Task, tasks
from storage import join_request as request_rows
from storage import notice as notice_rows
from storage import roadmap as roadmap_rows
from storage.database import Database


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks, the most pressing first, on a local day; item id → until which day its reminders are put off.

    ``requests`` is how many people ask to be let in; only whoever may do so is told.
    """

    tasks: tuple[Task, ...]
    today: date
    snoozed: Mapping[int, date]
    requests: int = 0

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(task.status is Status.OVERDUE for task in self.tasks)

    @property
    def nearest(self) -> Task | None:
        """What is to be done next: a late one only where nothing runs or begins."""
        current = [task for task in self.tasks if task.status in (Status.RUNNING, Status.COMING)]
        return next(iter([*current, *self.tasks]), None)


class Tasks:
    """Use cases of one's own tasks."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def mine(self, *, by: Member, now: datetime) -> TaskList:
        """Everything that rests on the acting person, for somebody on leave included."""
        person_id = require(by, Right.SEE_TASKS)
        today = self._project.today(now)
        async with self._database.read() as tx:
            roadmaps = live(await roadmap_rows.all_roadmaps(tx), today)
            snoozed = (await notice_rows.snoozed(tx, [person_id])).get(person_id, {})
            asked_after = now - REQUEST_LIFE
            requests = await request_rows.count_waiting(tx, asked_after) if may(by, Right.LET_IN) else 0
        awake = {item: day for item, day in snoozed.items() if day > today}
        return TaskList(tuple(tasks(roadmaps, by.duties, today)), today, awake, requests)
