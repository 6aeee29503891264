"""Inside a transaction: an announcement as its author sees it, whom it goes to, and what became of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.indicator import measured
from actions.project import Project, live
from actions.survey_asking import asking
from domain.access import Right, reach
from domain.broadcast import (
    Addressee,
    Broadcast,
    BroadcastState,
    Circle,
    Delivery,
    Tally,
    addressee,
    people_of,
    start_of,
    tally,
    with_places,
)
from domain.broadcast_circle import within
from domain.button import Button, Keyboard, press
from domain.debtor import acts_for
from domain.outbox import OutFile
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registered, Registry, School, called
from domain.roadmap import Item
from domain.survey_count import silence
from storage import broadcast as broadcast_rows
from storage import group as group_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.broadcast import Part
from storage.database import Transaction
from storage.group import Group


@dataclass(frozen=True, slots=True)
class BroadcastCard:
    """A draft, or one that was launched. ``registry`` and ``groups`` are as far as the author reaches. ``addressees``
    are those whom a draft would reach now; ``deliveries`` is what became of one that was launched. ``item`` or
    ``survey`` (its title) are what they have not done; ``lost`` is why nobody can be found by that any more. ``start``
    is when a draft would go if it were sent ``now`` (``None`` where its time has passed). ``is_own`` is whether the
    viewer is the author."""

    one: Broadcast
    registry: Registry
    groups: tuple[Group, ...]
    addressees: tuple[Addressee, ...]
    deliveries: tuple[Delivery, ...]
    zone: ZoneInfo
    may_group: bool
    author: str = ""
    is_own: bool = True
    item: Item | None = None
    survey: str = ""
    lost: str = ""
    start: datetime | None = None
    now: datetime | None = None

    @property
    def reached(self) -> list[Addressee]:
        """Those who can be written to."""
        return [one for one in self.addressees if one.silence is None]

    @property
    def silent(self) -> list[Addressee]:
        """Those who cannot."""
        return [one for one in self.addressees if one.silence is not None]

    @property
    def tally(self) -> Tally:
        """What became of it, counted."""
        return tally(self.deliveries)

    @property
    def places(self) -> list[str]:
        """The names of the places that were chosen."""
        audience = self.one.circle.audience
        homes: list[Municipality | School] = [
            one for one in self.registry.municipalities if one.id in audience.municipalities
        ]
        return [one.name for one in (*homes, *(one for one in self.registry.schools if one.id in audience.schools))]

    @property
    def named(self) -> list[Registered]:
        """Those who were chosen by name."""
        return [one for one in self.registry.people if one.id in self.one.circle.audience.people]


async def card_of(
    tx: Transaction, project: Project, broadcast_id: int, by: Member, now: datetime, *, changes: bool = False
) -> BroadcastCard:
    """Raises ``Refusal`` where there is none, or it is somebody else's: coordinators see all, only the author
    ``changes`` it."""
    seen = reach(by, Right.ANNOUNCE)
    one = await broadcast_rows.get(tx, broadcast_id)
    leads = Role.COORDINATOR in by.roles
    if one is None or (one.author_id != by.person_id and (changes or not leads or one.state is BroadcastState.DRAFT)):
        raise Refusal("broadcast.gone")
    registry = await registry_rows.registry(tx)
    groups = tuple(each for each in await group_rows.all_groups(tx) if each.channel) if leads else ()
    author = registry.person(one.author_id)
    item, survey = await _about(tx, one.circle)
    found = BroadcastCard(
        one,
        within(registry, seen),
        groups,
        (),
        (),
        project.zone,
        leads,
        author.name if author else "",
        one.author_id == by.person_id,
        item,
        survey,
    )
    if one.state is not BroadcastState.DRAFT:
        deliveries = deliveries_of(await broadcast_rows.parts(tx, one.id), registry, await group_rows.all_groups(tx))
        return replace(found, deliveries=tuple(deliveries))
    found = replace(found, start=await _start(tx, project, one, now), now=now)
    try:
        addressees = await addressees_of(tx, project, one.circle, found.registry, groups, now)
    except Refusal as gone:
        return replace(found, lost=str(gone.reason))
    return replace(found, addressees=tuple(addressees))


async def _start(tx: Transaction, project: Project, one: Broadcast, now: datetime) -> datetime | None:
    try:
        return start_of(one.timing, one.at, now, await project.hours(tx))
    except Refusal:
        return None


async def _about(tx: Transaction, circle: Circle) -> tuple[Item | None, str]:
    """The item that they have not done, and the title of the survey that they have not answered."""
    if circle.item_id is not None:
        kept = (one for each in await roadmap_rows.all_roadmaps(tx) for one in each.items)
        return next((one.item for one in kept if one.id == circle.item_id), None), ""
    survey = None if circle.survey_id is None else await survey_rows.get(tx, circle.survey_id)
    return None, "" if survey is None else survey.title


async def addressees_of(
    tx: Transaction,
    project: Project,
    circle: Circle,
    registry: Registry,
    groups: Sequence[Group],
    now: datetime,
) -> list[Addressee]:
    """Everybody of the registry whom it goes to, or would, in the order of names, then those of the groups.

    Raises ``Refusal`` where an item is not open any more, or a survey."""
    people = await _people(tx, project, circle, registry, now)
    blocked = await registry_rows.blocked_people(tx)
    found = [addressee(one, registry, silence(one, blocked)) for one in people]
    chosen = [each for each in groups if each.id in circle.groups]
    return [*found, *(Addressee(f"group:{each.id}", each.title, group_id=each.id) for each in chosen)]


async def _people(
    tx: Transaction, project: Project, circle: Circle, registry: Registry, now: datetime
) -> list[Registered]:
    if circle.item_id is not None:
        found = await _who_has_not_done(tx, project, circle.item_id, registry, now)
    elif circle.survey_id is not None:
        found = await _who_has_not_answered(tx, project, circle.survey_id, registry, now)
    else:
        return people_of(circle, registry)
    return with_places(circle, found, registry)


async def _who_has_not_done(
    tx: Transaction, project: Project, item_id: int, registry: Registry, now: datetime
) -> list[Registered]:
    """Whoever acts for those whom the indicator of an item misses; of a school whoever is responsible, or the team."""
    today = project.today(now)
    roadmaps = live(await roadmap_rows.all_roadmaps(tx), today)
    kept = next(((one, each.roadmap) for each in roadmaps for one in each.items if one.id == item_id), None)
    if kept is None:
        raise Refusal("broadcast.no-item")
    number = (await measured(tx, project, roadmaps, today)).get(item_id)
    missing = set(number.count.missing) if number else set()
    item, roadmap = kept[0].item, kept[1]
    return [one for one in registry.people if missing & {*acts_for(one.duties, one.id, item, roadmap)}]


async def _who_has_not_answered(
    tx: Transaction, project: Project, survey_id: int, registry: Registry, now: datetime
) -> list[Registered]:
    found = await asking(tx, project, now, survey_id)
    if not found.surveys:
        raise Refusal("survey.not-running")
    (asked,) = found.surveys
    waiting = {person_id for person_id in found.people if found.mine(person_id, asked)}
    return [one for one in registry.people if one.id in waiting]


def deliveries_of(parts: Iterable[Part], registry: Registry, groups: Collection[Group]) -> list[Delivery]:
    """What became of it for each, by their names of today."""
    titles, people = {one.id: one.title for one in groups}, {one.id: one for one in registry.people}
    return [_delivery(part, people.get(part.person_id or 0), registry, titles) for part in parts]


def _delivery(part: Part, person: Registered | None, registry: Registry, titles: dict[int, str]) -> Delivery:
    if part.group_id is not None:
        whom = Addressee(part.key, titles.get(part.group_id, ""), group_id=part.group_id)
    elif person is not None:
        whom = addressee(person, registry, part.silence)
    else:
        whom = Addressee(part.key, called("", part.person_id or 0), part.person_id, silence=part.silence)
    reason = part.reason or (str(part.silence) if part.silence else "")
    return Delivery(
        whom, part.state, reason, part.sent_at, part.acked_at, part.message_id, part.outbox_id, part.maybe_twice
    )


def files_for(one: Broadcast, messenger: str) -> tuple[OutFile, ...]:
    """What goes along in a messenger."""
    return tuple(OutFile(each.remote_id, each.name, each.is_photo) for each in one.files if each.messenger == messenger)


def buttons_for(one: Broadcast, project: Project, *, is_person: bool) -> Keyboard:
    """«Ознакомлен(а)», where it is asked of somebody."""
    if not one.asks_ack or not is_person:
        return ()
    return ((Button(project.texts.plain("broadcast.button-ack"), press("bcack", one.id)),),)
