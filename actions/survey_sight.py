"""Inside a transaction: a survey as far as somebody may see how it goes, and what was answered to it."""

from dataclasses import dataclass, replace
from datetime import datetime
from secrets import SystemRandom

from actions.project import Project
from actions.survey_look import Looked, look_at, registry_for
from domain.access import Reach, Right, may, reach
from domain.indicator import Indicator
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import Registry
from domain.survey import FEWEST_ANONYMOUS, Respondent, named_mark
from domain.survey_count import AskedDays, Places, asked_of, pace, share
from storage import form_run as run_rows
from storage import survey as survey_rows
from storage.database import Transaction
from storage.form_run import Run

_ORDER = SystemRandom()


@dataclass(frozen=True, slots=True)
class Sight:
    """A survey with those who are asked, as far as they are seen. ``number`` is their share; ``began`` are those who
    began and have not answered, ``None`` where nobody may know. ``homes`` are the municipalities, where not everything
    is seen."""

    looked: Looked
    registry: Registry
    places: Places
    asked: AskedDays
    number: Indicator
    began: frozenset[Respondent] | None
    homes: tuple[str, ...]


async def sight(tx: Transaction, project: Project, survey_id: int, by: Member, now: datetime) -> Sight:
    """Raises ``Refusal`` where there is no such survey, or it asks nobody whom the viewer may see."""
    seen = reach(by, Right.SEE_SURVEYS)
    here = await _open(tx, project, survey_id, by, now)
    survey, registry = here.survey, await registry_for(tx, here.survey)
    places = Places(survey, registry, seen)
    known = {one.respondent: one.answered_on for one in await survey_rows.parts(tx, survey_id) if one.left_on is None}
    asked = places.seen(asked_of(survey, registry, known))
    if not (asked or seen.everything):
        raise Refusal("survey.gone")
    window = here.window
    if window is not None and here.closed_on is not None:
        window = replace(window, closes=here.closed_on)
    calendar = await project.calendar(tx)
    number = pace(share(asked, here.target), window, here.course, here.target, here.today, calendar)
    homes = () if seen.everything else tuple(_homes(registry, seen))
    return Sight(here, registry, places, asked, number, await _began(tx, here, asked), homes)


def _homes(registry: Registry, seen: Reach) -> list[str]:
    return [one.name for one in registry.municipalities if one.id in seen.municipalities]


async def _began(tx: Transaction, here: Looked, asked: AskedDays) -> frozenset[Respondent] | None:
    survey = here.survey
    if survey.anonymous or survey.is_external:
        return None
    marks = await run_rows.begun(tx, survey.about)
    return frozenset(one for one, day in asked.items() if day is None and named_mark(survey, one) in marks)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, in the order in which it is shown: the latest first; of an anonymous survey in no order."""

    looked: Looked
    runs: tuple[Run, ...]


async def answered(tx: Transaction, project: Project, survey_id: int, by: Member, now: datetime) -> Answered:
    """Raises ``Refusal`` for whoever does not see everything, for a survey that is filled in elsewhere, and where there
    are no answers; of an anonymous one also before its end, and where there are too few."""
    if not reach(by, Right.SEE_SURVEYS).everything:
        raise Refusal("access.refused")
    here = await _open(tx, project, survey_id, by, now)
    if here.survey.is_external:
        raise Refusal("survey_results.external")
    if not here.survey.shows_answers:
        closes = None if here.window is None else here.window.closes
        raise Refusal("survey_results.after-end", title=here.survey.title, closes=closes)
    runs = await run_rows.sent(tx, here.survey.about)
    if not runs:
        raise Refusal("survey_results.nothing")
    if too_few(here, len(runs)):
        missing = FEWEST_ANONYMOUS - len(runs)
        raise Refusal("survey_results.too-few", title=here.survey.title, fewest=FEWEST_ANONYMOUS, missing=missing)
    if here.survey.anonymous:
        _ORDER.shuffle(runs)
    else:
        runs.sort(key=lambda one: (one.changed_at is not None, one.changed_at), reverse=True)
    return Answered(here, tuple(runs))


def too_few(here: Looked, answers: int) -> bool:
    """Whether one could guess whose the answers are."""
    return here.survey.anonymous and answers < FEWEST_ANONYMOUS


async def _open(tx: Transaction, project: Project, survey_id: int, by: Member, now: datetime) -> Looked:
    """A draft is its keeper's alone."""
    here = await look_at(tx, project, survey_id, now)
    if here.survey.is_draft and (here.survey.cancelled_at is not None or not may(by, Right.KEEP_SURVEYS)):
        raise Refusal("survey.gone")
    return here
