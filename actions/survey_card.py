"""Inside a transaction: a survey as its keeper sees it — whom it asks now, how many have answered, what may change."""

from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.survey_look import Looked, look_at, looked, registry_for
from domain.access import Reach, Right, may, reach
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import Registered, Registry
from domain.survey import Audience, Respondent, Survey, members
from domain.survey_count import Places
from storage import form_run as run_rows
from storage import registry as registry_rows
from storage import survey as survey_rows
from storage.database import Transaction
from storage.survey import Part


@dataclass(frozen=True, slots=True)
class KeptSurvey:
    """A survey in the list: how many have answered of those who should and whom the viewer may see."""

    looked: Looked
    answered: int
    of: int

    @property
    def percent(self) -> int:
        """The share, rounded down."""
        return self.answered * 100 // self.of if self.of else 0


@dataclass(frozen=True, slots=True)
class SurveyList:
    """All surveys that the viewer may see, the newest first."""

    lines: tuple[KeptSurvey, ...]
    keeps: bool


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """Everything about one survey. ``members`` are those whom it asks as things stand now; ``begun`` is whether anybody
    has answered anything, ``keeps`` whether the viewer may change it, ``sees_results`` whether they see everything."""

    line: KeptSurvey
    registry: Registry
    members: tuple[Respondent, ...]
    begun: bool
    keeps: bool
    sees_results: bool = True

    @property
    def looked(self) -> Looked:
        """The survey with its window."""
        return self.line.looked

    @property
    def survey(self) -> Survey:
        """The survey."""
        return self.line.looked.survey

    @property
    def count(self) -> int:
        """How many it asks."""
        return len(self.members)

    @property
    def audience(self) -> Audience:
        """Whom it asks."""
        return self.survey.audience

    @property
    def named(self) -> list[Registered]:
        """The people who are asked by name and are still in the registry."""
        return [one for one in self.registry.people if one.id in self.audience.people]

    @property
    def places(self) -> list[str]:
        """The names of where it asks, municipalities first; nothing where it asks everywhere."""
        homes = [one.name for one in self.registry.municipalities if one.id in self.audience.municipalities]
        return homes + [one.name for one in self.registry.schools if one.id in self.audience.schools]


async def seen_surveys(tx: Transaction, project: Project, by: Member, now: datetime) -> SurveyList:
    """Those that somebody may see: drafts are the keeper's alone, and who sees a municipality sees what asks it."""
    seen, keeps = reach(by, Right.SEE_SURVEYS), may(by, Right.KEEP_SURVEYS)
    registry = await registry_rows.registry(tx)
    lines = []
    for survey in reversed(await survey_rows.all_surveys(tx)):
        if survey.is_draft and (survey.cancelled_at is not None or not keeps):
            continue
        here = await looked(tx, project, survey, now)
        asked = await registry_for(tx, survey) if survey.opened_at is None else registry
        line = _line(here, asked, await survey_rows.parts(tx, survey.id), seen)
        if seen.everything or line.of:
            lines.append(line)
    return SurveyList(tuple(lines), keeps)


async def survey_card(tx: Transaction, project: Project, survey_id: int, by: Member, now: datetime) -> SurveyCard:
    """One survey. Raises ``Refusal`` where there is none, or none that the viewer may see."""
    seen, keeps = reach(by, Right.SEE_SURVEYS), may(by, Right.KEEP_SURVEYS)
    here = await look_at(tx, project, survey_id, now)
    registry = await registry_for(tx, here.survey)
    line = _line(here, registry, await survey_rows.parts(tx, survey_id), seen)
    is_hidden = here.survey.is_draft and (here.survey.cancelled_at is not None or not keeps)
    if is_hidden or not (seen.everything or line.of):
        raise Refusal("survey.gone")
    places = Places(here.survey, registry, seen)
    asked = tuple(one for one in members(here.survey, registry) if places.covers(one))
    return SurveyCard(line, registry, asked, await is_begun(tx, here.survey), keeps, seen.everything)


async def is_begun(tx: Transaction, survey: Survey) -> bool:
    """Whether anybody has answered anything, here or elsewhere."""
    if await run_rows.is_answered(tx, survey.about):
        return True
    return any(one.answered_on is not None for one in await survey_rows.parts(tx, survey.id))


def _line(here: Looked, registry: Registry, parts: list[Part], seen: Reach) -> KeptSurvey:
    """Before it opens those who are asked are the members of now."""
    places = Places(here.survey, registry, seen)
    there = [one for one in parts if one.left_on is None and places.covers(one.respondent)]
    if here.survey.opened_at is None:
        return KeptSurvey(here, 0, sum(places.covers(one) for one in members(here.survey, registry)))
    return KeptSurvey(here, sum(one.answered_on is not None for one in there), len(there))
