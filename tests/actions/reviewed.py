"""A region whose work is reviewed: schools of two municipalities, and everybody who may decide.

Item 1 is reviewed by the Department, 2 is a survey, 3 is owed by executors, 4 is reviewed by municipalities and
curators, 5 is owed by curators; all «до 20 марта». It is Wednesday, 9 March, noon.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from actions.project import Project
from actions.reviewing import tell_reviewers
from bot.core import Core
from domain.completion import Completion, CompletionState, Step
from domain.debtor import Debtor
from domain.evidence import EvidenceKind
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import Item, ItemKind, OwedBy, ReviewedBy
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import registry as registry_rows
from tests.people import OLGA, SettableClock, Somebody, a_roadmap, a_school, an_item, enrolled

DARYA = Somebody("Дарья Департаментова", Account("telegram", 500_000_011))
MIRA = Somebody("Мира Муниципальнова", Account("telegram", 500_000_012))
KIRA = Somebody("Кира Кураторова", Account("telegram", 500_000_013))
TATYANA = Somebody("Татьяна Учителева", Account("telegram", 500_000_014))
BORIS = Somebody("Борис Дальний", Account("telegram", 500_000_015))


def _owed(number: int, *reviewed_by: ReviewedBy, **more: Any) -> Item:
    values = {"owed_by": OwedBy.SCHOOL, "kind": ItemKind.MONITORING, "executors": ("department",)} | more
    return an_item(number, "до 20 марта", reviewed_by=reviewed_by, **values)


ITEMS = (
    _owed(1, ReviewedBy.ORGANISER),
    _owed(2, kind=ItemKind.SURVEY, executors=("coordinator",)),
    _owed(3, owed_by=OwedBy.EXECUTORS, kind=ItemKind.ORDER),
    _owed(4, ReviewedBy.MUNICIPAL, ReviewedBy.CURATOR),
    _owed(5, owed_by=OwedBy.CURATOR, kind=ItemKind.SCHEDULE),
    an_item(99, "до 30 ноября"),
)


async def sends(
    core: Core, item_id: int, debtor: Debtor, by: int, now: datetime, text: str = "Отчёт готов", **more: Any
) -> int:
    """Somebody adds a text (none where it is empty) and sends a confirmation; its id."""
    async with core.database.transaction() as tx:
        completion = await completion_rows.begin(tx, item_id, debtor, now)
        if text:
            values = {"kind": EvidenceKind.TEXT, "text": text} | more
            await evidence_rows.add(tx, by=by, now=now, completion_id=completion.id, **values)
        assert await completion_rows.step(tx, completion, Step.SENT, CompletionState.SENT, by, now)
        await tell_reviewers(tx, project_of(core), now, anew=True)
    return completion.id


async def withdraws(core: Core, completion_id: int, by: int, now: datetime) -> None:
    """Somebody takes a confirmation back."""
    async with core.database.transaction() as tx:
        completion = await completion_rows.get(tx, completion_id)
        assert completion is not None
        assert await completion_rows.step(tx, completion, Step.WITHDRAWN, CompletionState.DRAFT, by, now)
        await tell_reviewers(tx, project_of(core), now)


def project_of(core: Core) -> Project:
    return core.project


@dataclass
class Region:
    """Olga leads school 1, where Tatyana works as well, Kira is its curator, Mira its municipality's; Boris leads
    school 2 elsewhere; Darya is of the Department."""

    core: Core
    clock: SettableClock
    marina: Member
    darya: Member
    mira: Member
    kira: Member
    olga: Member
    tatyana: Member
    boris: Member

    async def sends(self, item_id: int, who: Member, text: str = "Отчёт готов", **more: Any) -> int:
        """Somebody sends for their school, a curator or an organiser for themselves; an item's number is its id."""
        (duty,) = who.duties
        match duty.role:
            case Role.SCHOOL:
                debtor = Debtor(OwedBy.SCHOOL, duty.school_id or 0)
            case Role.CURATOR:
                debtor = Debtor(OwedBy.CURATOR, who.person_id or 0)
            case _:
                debtor = Debtor(OwedBy.EXECUTORS)
        return await sends(self.core, item_id, debtor, who.person_id or 0, self.clock(), text, **more)

    async def withdraws(self, completion_id: int, who: Member) -> None:
        await withdraws(self.core, completion_id, who.person_id or 0, self.clock())

    async def waits_for(self, who: Member) -> list[int]:
        """What waits for somebody, in the order of the queue."""
        found = await self.core.reviews.queue(by=who, now=self.clock())
        ids: list[int] = []
        while found.card is not None:
            ids.append(found.card.completion.id)
            if found.after is None:
                break
            found = await self.core.reviews.queue(found.after, by=who, now=self.clock())
        return ids

    async def accepts(self, completion_id: int, by: Member, seen: int = 1) -> None:
        await self.core.reviews.accept(completion_id, seen, by=by, now=self.clock())

    async def returns(self, completion_id: int, by: Member, comment: str = "Нет печати", seen: int = 1) -> None:
        await self.core.reviews.give_back(completion_id, seen, comment, by=by, now=self.clock())

    async def kept(self, completion_id: int) -> Completion:
        async with self.core.database.read() as tx:
            found = await completion_rows.get(tx, completion_id)
        assert found is not None
        return found

    async def again(self, who: Somebody) -> Member:
        """Somebody as they are now."""
        return await self.core.people.member(who.account, now=self.clock())


async def refusal(answer: Any) -> str:
    with pytest.raises(Refusal) as caught:
        await answer
    return caught.value.reason


async def a_region(core: Core, clock: SettableClock, marina: Member) -> Region:
    await core.roadmaps.load(a_roadmap(*ITEMS), now=clock())
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "department", "Департамент")
    first, second = await a_school(core), await a_school(core, "Школа № 8", "г. Кохма")
    async with core.database.read() as tx:
        school = (await registry_rows.registry(tx)).school(first)
    assert school is not None
    held = {
        DARYA: Duty(Role.ORGANISER, organisation="department"),
        MIRA: Duty(Role.MUNICIPAL, municipality_id=school.municipality_id),
        KIRA: Duty(Role.CURATOR, first),
        OLGA: Duty(Role.SCHOOL, first, responsible=True),
        TATYANA: Duty(Role.SCHOOL, first),
        BORIS: Duty(Role.SCHOOL, second, responsible=True),
    }
    members = [await enrolled(core, who, duty, now=clock()) for who, duty in held.items()]
    return Region(core, clock, marina, *members)
