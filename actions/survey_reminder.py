"""«Напомнить»: the coordinator sees how often those who have not answered were reminded, then reminds them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.survey_asking import Asked, Asking, asking
from actions.survey_look import Looked, look_at
from actions.survey_telling import tell_reminded
from domain.access import Right, require
from domain.audit import Deed
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class ReminderSheet:
    """Whom a reminder would reach. ``times`` is (how often they were reminded, how many people), the fewest first;
    ``capped`` of them have had all that the survey allows. ``waiting`` is how many answers are missing, ``silent`` how
    many of those nobody can be written to for."""

    looked: Looked
    waiting: int
    times: tuple[tuple[int, int], ...]
    capped: int
    silent: int

    @property
    def reached(self) -> int:
        """How many people a reminder would go to."""
        return sum(count for _, count in self.times) - self.capped


class SurveyReminders:
    """Use cases of the coordinator."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, survey_id: int, *, by: Member, now: datetime) -> ReminderSheet:
        """What a reminder would do. Raises ``Refusal`` for a survey that is not open."""
        require(by, Right.KEEP_SURVEYS)
        async with self._database.read() as tx:
            looked, found = await self._asking(tx, survey_id, now)
        return _sheet(looked, found)

    async def remind(self, survey_id: int, reached: int, *, by: Member, now: datetime) -> tuple[ReminderSheet, int]:
        """Remind whoever has not answered and has reminders left, at once (at night in the morning); how many are
        written to. Nobody, where ``reached`` is not any more what would be: the sheet is then to be looked at again."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, found = await self._asking(tx, survey_id, now)
            sheet = _sheet(looked, found)
            if sheet.reached != reached or not reached:
                return sheet, 0
            (asked,) = found.surveys
            wanted = [one for one in _people(found, asked) if not _is_capped(asked, one)]
            count = await tell_reminded(tx, self._project, found, wanted, now)
            await audit_rows.record(tx, now, person_id, Deed.SURVEY_REMINDED, survey=survey_id, count=count)
            return sheet, count

    async def _asking(self, tx: Transaction, survey_id: int, now: datetime) -> tuple[Looked, Asking]:
        looked = await look_at(tx, self._project, survey_id, now)
        found = await asking(tx, self._project, now, survey_id)
        if not found.surveys:
            raise Refusal("survey.not-running")
        return looked, found


def _people(found: Asking, asked: Asked) -> list[int]:
    return [person_id for person_id in found.people if found.mine(person_id, asked)]


def _is_capped(asked: Asked, person_id: int) -> bool:
    return asked.said.get(person_id, (0, 0))[1] >= asked.looked.survey.reminders


def _sheet(looked: Looked, found: Asking) -> ReminderSheet:
    (asked,) = found.surveys
    people = _people(found, asked)
    times = Counter(asked.said.get(one, (0, 0))[1] for one in people)
    reached = {respondent for one in people for respondent in found.mine(one, asked)}
    capped = sum(_is_capped(asked, one) for one in people)
    silent = len(asked.waiting - reached)
    return ReminderSheet(looked, len(asked.waiting), tuple(sorted(times.items())), capped, silent)
