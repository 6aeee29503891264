"""Of what it may be asked who has not done it: the open items and surveys, each with how many are left."""

from dataclasses import dataclass
from datetime import datetime

from actions.broadcast_look import BroadcastCard, card_of
from actions.indicator import measured
from actions.project import Project, live
from actions.survey_asking import asking
from domain.access import Right, require
from domain.broadcast import BroadcastState, with_places
from domain.debtor import acts_for
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptItem
from domain.survey import Survey
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Undone:
    """An open item, and how many people of those whom the author reaches have still to do it."""

    kept: KeptItem
    count: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An open survey, and how many of them it still waits for."""

    survey: Survey
    count: int


class BroadcastChoices:
    """Questions of whoever announces."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def items(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, list[Undone]]:
        """The items that somebody has still to do."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            card = await self._draft(tx, broadcast_id, by, now)
            today = self._project.today(now)
            roadmaps = live(await roadmap_rows.all_roadmaps(tx), today)
            numbers = await measured(tx, self._project, roadmaps, today)
        found = []
        for each in roadmaps:
            for kept in each.items:
                missing = set(numbers[kept.id].count.missing) if kept.id in numbers else set()
                people = [
                    one
                    for one in card.registry.people
                    if missing and missing & {*acts_for(one.duties, one.id, kept.item, each.roadmap)}
                ]
                if count := len(with_places(card.one.circle, people, card.registry)):
                    found.append(Undone(kept, count))
        return card, found

    async def surveys(self, broadcast_id: int, *, by: Member, now: datetime) -> tuple[BroadcastCard, list[Unanswered]]:
        """The surveys that somebody has still to answer."""
        require(by, Right.ANNOUNCE)
        async with self._database.read() as tx:
            card = await self._draft(tx, broadcast_id, by, now)
            asked = await asking(tx, self._project, now)
        found = []
        for survey in asked.surveys:
            waiting = {person_id for person_id in asked.people if asked.mine(person_id, survey)}
            people = [one for one in card.registry.people if one.id in waiting]
            if count := len(with_places(card.one.circle, people, card.registry)):
                found.append(Unanswered(survey.looked.survey, count))
        return card, found

    async def _draft(self, tx: Transaction, broadcast_id: int, by: Member, now: datetime) -> BroadcastCard:
        card = await card_of(tx, self._project, broadcast_id, by, now, changes=True)
        if card.one.state is not BroadcastState.DRAFT:
            raise Refusal("broadcast.launched-already")
        return card
