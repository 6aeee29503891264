"""Inside a transaction: whose turn it is to review what, and how reviewers hear of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from domain.access import Right, may, reach
from domain.button import Button, press
from domain.completion import Completion
from domain.debtor import Debtor, acts_for, debtors
from domain.join_request import tell_at
from domain.notice import COORDINATOR
from domain.people import Duty, Member, Role
from domain.registry import Registry, called
from domain.review import Panel, reviewers
from domain.roadmap import KeptItem, KeptRoadmap, Roadmap
from storage import completion as completion_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Transaction
from storage.people import Bearer

_REMINDERS = "reviews:"
"""How the keys begin under which reviewers are told how much waits."""
Items = Mapping[int, tuple[KeptItem, Roadmap]]
"""Item id → the item with its roadmap."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that reviews are decided by; ``bearers`` are those who may be written to today."""

    registry: Registry
    items: Items
    bearers: Mapping[int, Bearer]
    panel: Panel
    exempt: Mapping[int, Collection[Debtor]]

    def turn(self, completion: Completion) -> set[int]:
        """Whose turn it is."""
        kept, roadmap = self.items[completion.item_id]
        return self.panel.deciders(completion, kept.item, roadmap)

    def is_named(self, by: Member, completion: Completion) -> bool:
        """Whether somebody is one of the reviewers of a confirmation."""
        kept, roadmap = self.items[completion.item_id]
        return by.person_id in self.panel.named(completion.debtor, kept.item, roadmap)

    def owed(self, found: Iterable[Completion]) -> list[Completion]:
        """Those of the confirmations that are still owed: not of a school that left, nor of whom the item does not ask
        any more."""
        found = list(found)
        owing = {
            one: frozenset(debtors(self.items[one][0].item, self.registry, self.exempt.get(one, ())))
            for one in {completion.item_id for completion in found}
        }
        return [one for one in found if one.debtor in owing[one.item_id]]

    def waiting_for(self, by: Member, waiting: Iterable[Completion]) -> list[Completion]:
        """Those of the waiting ones that are somebody's turn, in their order."""
        return [one for one in self.owed(waiting) if by.person_id in self.turn(one)]

    def acting(self, completion: Completion) -> list[Bearer]:
        """Whoever acts for the debtor today."""
        kept, roadmap = self.items[completion.item_id]
        return [
            one
            for who, one in self.bearers.items()
            if completion.debtor in acts_for(one.duties, who, kept.item, roadmap)
        ]

    def called(self, person_id: int | None, by: Member) -> str:
        """How somebody is shown: by name to coordinators and to whoever sees a school of theirs anyway; coordinators to
        everybody; others not at all."""
        person = self.registry.person(person_id)
        if person is None:
            return ""
        schools = [school for duty in person.duties if (school := self.registry.school(duty.school_id))]
        leads = person.has_agreed and any(duty.role is Role.COORDINATOR for duty in person.duties)
        sees = Role.COORDINATOR in by.roles or bool(reach(by, Right.SEE_SCHOOL).among(schools))
        return called(person.name, person.id) if sees or leads or person.id == by.person_id else ""


async def whole(
    tx: Transaction, project: Project, now: datetime, by: Member | None = None, items: Items | None = None
) -> Whole:
    """``by`` is somebody who acts at this moment, whatever the messenger says of their account."""
    items = items or items_of(await roadmap_rows.all_roadmaps(tx))
    registry = await registry_rows.registry(tx)
    bearers = await people_rows.bearers(tx, project.today(now))
    people: dict[int, Iterable[Duty]] = {who: one.duties for who, one in bearers.items()}
    if by is not None and by.person_id is not None:
        people[by.person_id] = by.duties
    exempt = await completion_rows.exemptions(tx)
    return Whole(registry, items, bearers, Panel(people, registry), exempt)


def items_of(roadmaps: Iterable[KeptRoadmap]) -> Items:
    """Every item of these roadmaps."""
    return {kept.id: (kept, one.roadmap) for one in roadmaps for kept in one.items}


async def count_waiting(
    tx: Transaction, project: Project, roadmaps: Iterable[KeptRoadmap], by: Member, now: datetime
) -> int:
    """How much waits for somebody's review; whom no item names is not looked for in the registry."""
    waiting = await completion_rows.waiting(tx) if may(by, Right.REVIEW) else []
    items, addresses = items_of(roadmaps), {duty.address for duty in by.duties}
    named = [reviewers(kept.item, roadmap) for kept, roadmap in (items[one.item_id] for one in waiting)]
    if not named or not (COORDINATOR in addresses or addresses & frozenset().union(*named)):
        return 0
    return len((await whole(tx, project, now, by, items)).waiting_for(by, waiting))


async def tell_reviewers(tx: Transaction, project: Project, now: datetime, *, anew: bool = False) -> None:
    """«Ждут проверки: 3», to each reviewer once an hour at most, with the number of this moment.

    ``anew`` when something was sent; otherwise only what was to be said already is put right, or taken back.
    """
    was_to_say = await outbox_rows.take_back(tx, _REMINDERS)
    waiting = await completion_rows.waiting(tx)
    if anew:
        for one in waiting:
            if one.sent_at == now:
                await outbox_rows.take_back(tx, decisions(one))
    if not waiting or not (anew or was_to_say):
        return
    known = await whole(tx, project, now)
    turns = [(one, known.turn(one)) for one in known.owed(waiting)]
    for who in sorted(set().union(*(turn for _, turn in turns)) & known.bearers.keys()):
        mine = [one for one, turn in turns if who in turn]
        last = await outbox_rows.latest_due(tx, f"{_REMINDERS}{who}:")
        is_news = anew and any(last is None or (one.sent_at or now) > last for one in mine)
        if is_news or who in was_to_say:
            await _remind(tx, project, known.bearers[who], len(mine), tell_at(now, last))


async def _remind(tx: Transaction, project: Project, whom: Bearer, count: int, moment: datetime) -> None:
    buttons = ((Button(project.texts.plain("review.button-queue"), press("go", "review")),),)
    key = f"{_REMINDERS}{whom.recipient.person_id}:{moment.isoformat()}"
    await project.tell(tx, [whom.recipient], key, "review.waiting-many", moment, buttons, count=count)


def decisions(completion: Completion) -> str:
    """How the keys begin under which the decisions about a confirmation go to its authors."""
    return f"review:{completion.id}:"
