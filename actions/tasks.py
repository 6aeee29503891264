"""«Мои задачи»: what rests on the acting person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from actions.project import Project, live
from actions.reviewing import count_waiting
from actions.survey_answer import waiting_for
from actions.survey_look import Looked
from domain.access import Right, may, reach, require
from domain.agenda import Status
from domain.debtor import speaks_for
from domain.join_request import REQUEST_LIFE
from domain.people import Member, Role
from domain.task import Task, WaitsFor, tasks
from domain.visit import ReportState
from storage import agreed as agreed_rows
from storage import completion as completion_rows
from storage import document as document_rows
from storage import join_request as request_rows
from storage import notice as notice_rows
from storage import remark as remark_rows
from storage import roadmap as roadmap_rows
from storage import visit as visit_rows
from storage.database import Database


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks, the most pressing first, on a local day; item id → until which day its reminders are put off.

    ``requests`` is how many people ask to be let in, ``to_review`` how many confirmations wait for the person's review,
    ``documents`` how many documents of schools wait to be accepted; only whoever may do so is told. ``remarks`` is how
    many remarks wait for the answer of the person's own school, ``surveys`` are those that wait for theirs.
    ``schedules`` and ``reports`` of curators wait for the person; ``agreed`` is what their own school has still to do
    of what it promised, ``next_visit`` the day of the nearest visit of their schools, ``untold`` how many of those a
    curator has not told of.
    """

    tasks: tuple[Task, ...]
    today: date
    snoozed: Mapping[int, date]
    requests: int = 0
    to_review: int = 0
    documents: int = 0
    remarks: int = 0
    surveys: tuple[Looked, ...] = ()
    schedules: int = 0
    reports: int = 0
    agreed: int = 0
    next_visit: date | None = None
    untold: int = 0

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(task.is_late for task in self.tasks)

    @property
    def nearest(self) -> Task | None:
        """What is to be done next: what was returned; a late one only where nothing runs or begins; what waits for its
        review only where there is nothing else."""
        own = [task for task in self.tasks if task.waits_for is not WaitsFor.REVIEW]
        returned = [task for task in own if task.waits_for is WaitsFor.RETURNED]
        current = [task for task in own if task.status in (Status.RUNNING, Status.COMING)]
        return next(iter([*returned, *current, *self.tasks]), None)

    @property
    def to_confirm(self) -> list[Task]:
        """What can be confirmed now."""
        return [task for task in self.tasks if task.may_confirm]

    @property
    def to_report(self) -> list[Task]:
        """Of what the person may tell now that it was held."""
        return [task for task in self.tasks if task.may_report]


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
            known = await roadmap_rows.all_roadmaps(tx)
            snoozed = (await notice_rows.snoozed(tx, [person_id])).get(person_id, {})
            asked_after = now - REQUEST_LIFE
            progress = await completion_rows.progress(tx, speaks_for(by.duties, person_id))
            requests = await request_rows.count_waiting(tx, asked_after) if may(by, Right.LET_IN) else 0
            to_review = await count_waiting(tx, self._project, known, by, now)
            reviews = may(by, Right.REMARK)
            documents = await document_rows.count_waiting(tx, reach(by, Right.REMARK)) if reviews else 0
            own = [duty.school_id for duty in by.duties if duty.role is Role.SCHOOL and duty.school_id is not None]
            remarks = await remark_rows.count_unanswered(tx, own) if own else 0
            surveys = tuple(await waiting_for(tx, self._project, person_id, by.duties, now))
            schedules = await visit_rows.count_waiting(tx) if may(by, Right.APPROVE_VISITS) else 0
            reports = await visit_rows.count_reports(tx, ReportState.SENT) if may(by, Right.APPROVE_VISITS) else 0
            agreed = await agreed_rows.count_open(tx, own) if own else 0
            curated = [duty.school_id for duty in by.duties if duty.role is Role.CURATOR and duty.school_id is not None]
            near = [*own, *curated]
            next_visit = (await visit_rows.nearest(tx, near, today))[0] if near else None
            untold = (await visit_rows.nearest(tx, curated, today))[1] if curated else 0
        awake = {item: day for item, day in snoozed.items() if day > today}
        owed = tasks(live(known, today), by.duties, today, person_id=person_id, progress=progress)
        return TaskList(
            tuple(owed),
            today,
            awake,
            requests,
            to_review,
            documents,
            remarks,
            surveys,
            schedules,
            reports,
            agreed,
            next_visit,
            untold,
        )
