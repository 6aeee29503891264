"""The course of surveys by the clock: they open and end by themselves, whoever is new is asked, who left is not."""

import logging
from dataclasses import replace
from datetime import datetime

from actions.project import Project
from actions.survey_look import Looked, look_at, registry_for
from actions.survey_telling import tell_invited, tell_of_end
from domain.audit import Deed
from domain.survey import Course, Party, Respondent, Survey, members
from storage import audit as audit_rows
from storage import form_run as run_rows
from storage import outbox as outbox_rows
from storage import survey as survey_rows
from storage.database import Database, Transaction
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


class SurveyCourse:
    """What the clock asks for, a survey at a time: one that goes wrong never stops the others."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def run(self, now: datetime) -> int:
        """Open, wind up, and bring up to date who is asked; returns how many began or ended."""
        async with self._database.read() as tx:
            known = [one.id for one in await survey_rows.alive(tx)]
        return sum([await self._one(survey_id, now) for survey_id in known])

    async def _one(self, survey_id: int, now: datetime) -> bool:
        try:
            async with self._database.transaction() as tx:
                return await self._move(tx, await look_at(tx, self._project, survey_id, now), now)
        except DatabaseUnavailableError:
            raise
        except Exception:
            log.exception("survey %s is not moved on", survey_id)
            return False

    async def _move(self, tx: Transaction, looked: Looked, now: datetime) -> bool:
        survey = looked.survey
        match looked.course:
            case Course.COMING:
                await sync(tx, looked, now)
            case Course.OPEN if survey.ended_at is not None:  # its window was moved on after it was wound up
                await survey_rows.change(tx, replace(survey, ended_at=None))
                await sync(tx, looked, now)
            case Course.OPEN:
                await sync(tx, looked, now)
                return survey.opened_at is None and await self._open(tx, survey, now)
            case Course.CLOSED if survey.ended_at is None and survey.opened_at is not None:
                return await self._end(tx, looked, now)
        return False

    async def _open(self, tx: Transaction, survey: Survey, now: datetime) -> bool:
        """Those who are asked hear of it with their next message of the day."""
        await survey_rows.change(tx, replace(survey, opened_at=now))
        await audit_rows.record(tx, now, None, Deed.SURVEY_OPENED, survey=survey.id)
        await outbox_rows.withdraw_days(tx)
        return True

    async def _end(self, tx: Transaction, looked: Looked, now: datetime) -> bool:
        """Nobody is asked any more, and of anonymous answers nobody finds out any more whose they are. The coordinators
        hear how it ended, the groups of its item its total."""
        survey = looked.survey
        await survey_rows.change(tx, replace(survey, ended_at=now))
        await audit_rows.record(tx, now, None, Deed.SURVEY_CLOSED, survey=survey.id)
        if survey.anonymous:
            await run_rows.seal(tx, survey.about)
        await outbox_rows.withdraw_days(tx)
        await tell_of_end(tx, self._project, looked, now)
        return True


async def sync(tx: Transaction, looked: Looked, now: datetime) -> None:
    """Those who should answer are those of the audience now: the new ones are asked, those who left are not, and of an
    open survey both are written down."""
    survey = looked.survey
    wanted = set(members(survey, await registry_for(tx, survey)))
    there = {one.respondent for one in await survey_rows.parts(tx, survey.id) if one.left_on is None}
    new, gone = sorted(wanted - there), sorted(there - wanted)
    await survey_rows.ask(tx, survey.id, new, looked.today)
    await survey_rows.leave(tx, survey.id, gone, looked.today)
    if survey.opened_at is not None:
        for deed, these in ((Deed.SURVEY_ASKED, new), (Deed.SURVEY_LEFT, gone)):
            for one in these:
                await audit_rows.record(tx, now, None, deed, survey=survey.id, **_about(one))


def _about(respondent: Respondent) -> dict[str, int]:
    return {"school" if respondent.party is Party.SCHOOL else "person": respondent.id}


async def open_now(tx: Transaction, project: Project, survey: Survey, *, by_id: int, now: datetime) -> int:
    """A survey whose first day has come is asked at once and not with the next morning's message (at night it waits
    for the morning); returns how many people are written to."""
    await survey_rows.change(tx, replace(survey, is_draft=False))
    await sync(tx, await look_at(tx, project, survey.id, now), now)
    await survey_rows.change(tx, replace(survey, is_draft=False, opened_at=now))
    await audit_rows.record(tx, now, by_id, Deed.SURVEY_OPENED, survey=survey.id)
    return await tell_invited(tx, project, await look_at(tx, project, survey.id, now), now)
