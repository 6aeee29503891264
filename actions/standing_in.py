"""What deputies, and whoever is away, are told of a leave by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from actions.project import Project
from domain.button import Button, Keyboard, press
from domain.deputy import possible_deputies
from domain.leave import Handover, StandIn, handovers
from domain.people import Duty
from domain.registry import Registered, Registry, called
from storage import leave as leave_rows
from storage import outbox as outbox_rows
from storage import own_reminders as own_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Whole:
    """The registry, everybody's leaves that are not over on a local day, and who blocked the bot."""

    registry: Registry
    leaves: tuple[StandIn, ...]
    blocked: frozenset[int]
    today: date

    def own(self, person_id: int) -> list[StandIn]:
        """The leaves of one person."""
        return [one for one in self.leaves if one.person_id == person_id]

    def name(self, person_id: int) -> str:
        """How a person is shown."""
        person = self.registry.person(person_id)
        return called(person.name if person else "", person_id)

    def possible_deputies(self, person_id: int) -> list[Registered]:
        """Whoever may stand in for a person and takes messages, the nearest first."""
        return [one for one in possible_deputies(self.registry, person_id) if one.id not in self.blocked]

    def held(self, people: Iterable[int]) -> list[tuple[Duty, str]]:
        """What people are answerable for, and where."""
        known: list[Registered | None] = [self.registry.person(one) for one in sorted(people)]
        return [(duty, self.registry.place(duty)) for one in known if one for duty in one.duties]

    def handovers(self, leave: StandIn) -> list[Handover]:
        """Who carries what because of a leave from today on; its own deputy always, even if away all the time."""
        others = [one for one in self.leaves if one.id != leave.id]
        left = replace(leave, since=max(leave.since, self.today))
        found = handovers(others, left)
        if all(one.deputy_id != leave.deputy_id for one in found):
            found.append(Handover(leave.deputy_id, frozenset({leave.person_id}), left.period))
        return found


async def whole(tx: Transaction, today: date) -> Whole:
    """Everything that leaves are decided by."""
    registry, leaves = await registry_rows.registry(tx), await leave_rows.ahead(tx, today)
    return Whole(registry, tuple(leaves), frozenset(await registry_rows.blocked_people(tx)), today)


async def tell_deputies(
    tx: Transaction, project: Project, known: Whole, leave: StandIn, now: datetime, *, but: int | None = None
) -> None:
    """Everybody to whom duties come by a new leave hears which and when, and once more on the day it begins.

    ``but`` is the acting person, who knows.
    """
    hours = await project.hours(tx)
    for one in known.handovers(leave):
        recipient = await people_rows.recipient(tx, one.deputy_id)
        if recipient is None or one.deputy_id == but:
            continue
        own = await own_rows.of(tx, one.deputy_id)
        paused = own.paused_until if own.is_paused(one.days.since) else None
        names, duties = [known.name(who) for who in sorted(one.people)], known.held(one.people)
        told = {"days": one.days, "today": known.today, "names": names, "duties": duties, "paused": paused}
        buttons = _buttons(project, paused=paused is not None)
        await project.tell(tx, [recipient], f"leave:{leave.id}:told", "leave.began", now, buttons, **told)
        first = hours.calendar.forward(one.days.since)
        if one.days.since > known.today + timedelta(days=1) and first <= one.days.until:
            morning = hours.morning(first, digest=False)
            await project.tell(tx, [recipient], f"leave:{leave.id}:begins", "leave.began", morning, buttons, **told)


def _buttons(project: Project, *, paused: bool) -> Keyboard:
    tasks = (Button(project.texts.plain("notice.button-tasks"), press("tasks")),)
    wake = (Button(project.texts.plain("leave.button-reminders"), press("go", "reminders")),)
    return (tasks, wake) if paused else (tasks,)


async def tell_ended(
    tx: Transaction, project: Project, known: Whole, leave: StandIn, now: datetime, *, but: int | None = None
) -> None:
    """Everybody who carried duties by a leave, or was to, hears that it is over; nothing where they never heard of it.

    ``known`` is from before it ended.
    """
    unheard = await outbox_rows.take_back(tx, f"leave:{leave.id}:told:")
    await outbox_rows.take_back(tx, f"leave:{leave.id}:begins:")
    text_id = "leave.ended" if leave.since <= known.today else "leave.cancelled"
    for one in known.handovers(leave):
        recipient = await people_rows.recipient(tx, one.deputy_id)
        if recipient is not None and one.deputy_id not in {but, *unheard}:
            names = [known.name(who) for who in sorted(one.people)]
            told: dict[str, Any] = {"days": one.days, "today": known.today, "names": names}
            await project.tell(tx, [recipient], f"leave:{leave.id}:over", text_id, now, **told)


async def tell_person(
    tx: Transaction, project: Project, known: Whole, leave: StandIn, text_id: str, now: datetime
) -> None:
    """Whoever is away hears what somebody else decided of their leave."""
    recipient = await people_rows.recipient(tx, leave.person_id)
    if recipient is not None:
        away = ((Button(project.texts.plain("leave.button-look"), press("go", "away")),),)
        told = {"days": leave.period, "today": known.today, "name": known.name(leave.deputy_id)}
        await project.tell(tx, [recipient], f"{text_id}:{leave.id}", text_id, now, away, **told)


async def part_with(
    tx: Transaction, project: Project, person_id: int, now: datetime, *, but: int | None = None
) -> None:
    """Called before a person is removed: whoever they stand in for hears that the duties are their own again, whoever
    stands in for them that it is over. ``but`` is the one who takes everything over, and hears that."""
    known = await whole(tx, project.today(now))
    for leave in known.leaves:
        if leave.deputy_id == person_id:
            await tell_person(tx, project, known, leave, "leave.no-deputy", now)
        elif leave.person_id == person_id:
            await tell_ended(tx, project, known, leave, now, but=but)
