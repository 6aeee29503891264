"""Inside a transaction: whom open surveys still wait for, and who hears that: worked out once for many people."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.project import Project
from actions.survey_look import Looked, looked
from domain.hours import Hours
from domain.people import Role
from domain.survey import Ask, Party, Respondent, asks_today, named_mark
from storage import form_run as run_rows
from storage import people as people_rows
from storage import survey as survey_rows
from storage.database import Transaction
from storage.people import Bearer


@dataclass(frozen=True, slots=True)
class Asked:
    """An open survey: who has not answered, which of them began (of an anonymous one nobody knows), and person id →
    (how often they were invited, reminded)."""

    looked: Looked
    waiting: frozenset[Respondent]
    begun: frozenset[Respondent] = frozenset()
    said: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Of the survey."""
        return self.looked.survey.id


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """What somebody hears of a survey today; ``who`` is the school they answer for, 0 for themselves."""

    looked: Looked
    ask: Ask
    who: int = 0
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """All open surveys, and person id → those for whom somebody who may be written to answers."""

    surveys: tuple[Asked, ...] = ()
    people: Mapping[int, Bearer] = field(default_factory=dict)
    respondents: Mapping[int, tuple[Respondent, ...]] = field(default_factory=dict)

    def mine(self, person_id: int, asked: Asked) -> list[Respondent]:
        """For whom of those who have not answered a person is asked."""
        return [one for one in self.respondents.get(person_id, ()) if one in asked.waiting]

    def lines(self, person_id: int, hours: Hours, today: date, asleep: Mapping[int, date]) -> list[SurveyLine]:
        """What a person hears today, at their own days; ``asleep`` is until when they put items off."""
        found = []
        for asked in self.surveys:
            window, mine = asked.looked.window, self.mine(person_id, asked)
            if window is None or not mine:
                continue
            invited, reminded = asked.said.get(person_id, (0, 0))
            survey, calendar, rules = asked.looked.survey, hours.calendar, hours.rules
            put_off = asleep.get(survey.item_id or 0)
            ask = asks_today(
                survey, window, today, calendar, rules, invited=invited > 0, reminded=reminded, put_off=put_off
            )
            if ask is not None:
                found.append(line_of(asked, mine, ask))
        return found


def line_of(asked: Asked, mine: Collection[Respondent], ask: Ask) -> SurveyLine:
    """The line for these respondents of one person."""
    schools = [one.id for one in mine if one.party is Party.SCHOOL]
    who = schools[0] if len(schools) == 1 else 0
    return SurveyLine(asked.looked, ask, who, any(one in asked.begun for one in mine))


async def asking(tx: Transaction, project: Project, now: datetime, only: int | None = None) -> Asking:
    """As it is at ``now``; of one survey where it is named."""
    surveys = [
        here
        for survey in await survey_rows.alive(tx)
        if survey.opened_at is not None and only in (None, survey.id)
        for here in [await looked(tx, project, survey, now)]
        if here.asks
    ]
    if not surveys:
        return Asking()
    said = await survey_rows.times_said(tx, [one.survey.id for one in surveys])
    bearers = await people_rows.bearers(tx, project.today(now))
    found = tuple([await _asked(tx, one, said.get(one.survey.id, {})) for one in surveys])
    return Asking(found, bearers, _respondents(bearers))


async def _asked(tx: Transaction, here: Looked, said: Mapping[int, tuple[int, int]]) -> Asked:
    survey = here.survey
    parts = await survey_rows.parts(tx, survey.id)
    waiting = frozenset(one.respondent for one in parts if one.answered_on is None and one.left_on is None)
    marks = set() if survey.anonymous or survey.is_external else await run_rows.begun(tx, survey.about)
    return Asked(here, waiting, frozenset(one for one in waiting if named_mark(survey, one) in marks), said)


def _respondents(bearers: Mapping[int, Bearer]) -> dict[int, tuple[Respondent, ...]]:
    """Each for themselves; for a school whoever is responsible for it, and the whole team where nobody is."""
    led = {duty.school_id for one in bearers.values() for duty in one.duties if duty.responsible}
    found: dict[int, list[Respondent]] = defaultdict(list)
    for person_id, bearer in bearers.items():
        found[person_id].append(Respondent(Party.PERSON, person_id))
        for duty in bearer.duties:
            if duty.role is Role.SCHOOL and duty.school_id and (duty.responsible or duty.school_id not in led):
                found[person_id].append(Respondent(Party.SCHOOL, duty.school_id))
    return {person_id: tuple(own) for person_id, own in found.items()}
