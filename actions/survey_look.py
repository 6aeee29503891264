"""Inside a transaction: a survey with its item, its window, and where it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.project import Project
from domain.form import minutes
from domain.hours import Hours
from domain.refusal import Refusal
from domain.registry import Registry, without
from domain.roadmap import Item, OwedBy
from domain.survey import GRACE, Course, Survey, Window, course, target_of, window_of
from storage import completion as completion_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.database import Transaction

_LONGEST = timedelta(days=100)
"""Of a longer window only the beginning is looked through day by day."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A survey as it stands at an instant; ``today`` is the local day."""

    survey: Survey
    item: Item | None
    window: Window | None
    course: Course
    today: date
    zone: ZoneInfo
    is_item_open: bool = True

    @property
    def asks(self) -> bool:
        """Whether people are invited and reminded: while it is open, and its item was not closed before its end."""
        return self.course is Course.OPEN and self.is_item_open

    @property
    def target(self) -> int | None:
        """What share is wanted, in percent."""
        return target_of(self.survey, self.item)

    @property
    def questions(self) -> int:
        """How many there are for whoever needs no explaining."""
        return sum(one.when is None for one in self.survey.form.questions)

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes(self.survey.form)

    @property
    def closed_on(self) -> date | None:
        """Its last day, or the day on which it was closed before that."""
        closed, last = self.survey.closed_at, None if self.window is None else self.window.closes
        if closed is None:
            return last
        day = closed.astimezone(self.zone).date()
        return day if last is None else min(day, last)


async def look_at(tx: Transaction, project: Project, survey_id: int, now: datetime) -> Looked:
    """The survey of that id. Raises ``Refusal`` where there is none."""
    survey = await survey_rows.get(tx, survey_id)
    if survey is None:
        raise Refusal("survey.gone")
    return await looked(tx, project, survey, now)


async def looked(tx: Transaction, project: Project, survey: Survey, now: datetime) -> Looked:
    """A survey that is known already, as it stands at ``now``."""
    found = None if survey.item_id is None else await roadmap_rows.get_item_of_roadmap(tx, survey.item_id)
    item, is_open = (None, True) if found is None else (found[0].item, found[0].is_open)
    window = window_of(survey, item)
    where = course(survey, window, now, project.zone)
    return Looked(survey, item, window, where, project.today(now), project.zone, is_open)


async def registry_for(tx: Transaction, survey: Survey) -> Registry:
    """The registry as far as a survey asks it: without the schools to which its item does not apply."""
    found = await registry_rows.registry(tx)
    if survey.item_id is None:
        return found
    exempt = (await completion_rows.exemptions(tx, [survey.item_id])).get(survey.item_id, {})
    return without(found, {one.id for one in exempt if one.party is OwedBy.SCHOOL})


async def running(tx: Transaction, project: Project, now: datetime) -> list[Looked]:
    """The surveys that are still to begin, or to be wound up."""
    found = [await looked(tx, project, one, now) for one in await survey_rows.alive(tx)]
    return [one for one in found if one.window is not None and one.survey.ended_at is None]


def survey_moments(one: Looked, hours: Hours) -> Iterator[datetime]:
    """When something of a survey may be said to whoever hears at these hours, and when it is wound up."""
    if one.window is None:
        return
    end = one.window.ends_at(one.zone) if one.survey.closed_at is None else one.survey.closed_at
    yield (end + GRACE).astimezone(UTC)
    day = one.window.opens
    while day <= min(one.window.closes, one.window.opens + _LONGEST):
        yield hours.morning(day, digest=False)
        day += timedelta(days=1)
