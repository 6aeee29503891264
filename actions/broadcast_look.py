"""Inside a transaction: an announcement as its author sees it, whom it goes to, and what became of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.indicator import measured
from actions.project import Project, live
from actions.survey_asking import asking
from domain.access import Reach, Right, may, reach
from domain.broadcast import (
    Addressee,
    Broadcast,
    BroadcastState,
    Circle,
    Delivery,
    Tally,
    addressee,
    people_of,
    tally,
    with_places,
)
from domain.debtor import acts_for
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Registered, Registry
from domain.survey_count import silence
from storage import broadcast as broadcast_rows
from storage import group as group_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.broadcast import Part
from storage.database import Transaction
from storage.group import Group


@dataclass(frozen=True, slots=True)
class BroadcastCard:
    """A draft, or one that was launched. ``addressees`` are those whom a draft would reach now; ``deliveries`` is what
    became of one that was launched. ``may_group`` is whether the author may write to groups."""

    one: Broadcast
    registry: Registry
    groups: tuple[Group, ...]
    addressees: tuple[Addressee, ...]
    deliveries: tuple[Delivery, ...]
    zone: ZoneInfo
    may_group: bool
    author: str = ""

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
    groups = tuple(each for each in await group_rows.all_groups(tx) if each.channel)
    is_draft = one.state is BroadcastState.DRAFT
    addressees = await addressees_of(tx, project, one.circle, registry, groups, seen, now) if is_draft else []
    deliveries = [] if is_draft else deliveries_of(await broadcast_rows.parts(tx, one.id), registry, groups)
    author = registry.person(one.author_id)
    return BroadcastCard(
        one,
        registry,
        groups,
        tuple(addressees),
        tuple(deliveries),
        project.zone,
        leads,
        author.name if author else "",
    )


async def addressees_of(
    tx: Transaction,
    project: Project,
    circle: Circle,
    registry: Registry,
    groups: Sequence[Group],
    seen: Reach,
    now: datetime,
) -> list[Addressee]:
    """Everybody it goes to, or would, in the order of names, then the groups; never beyond ``seen``."""
    people = await _people(tx, project, circle, registry, now)
    blocked = await registry_rows.blocked_people(tx)
    allowed = [one for one in people if seen.everything or _is_within(one, seen, registry)]
    found = [addressee(one, registry, silence(one, blocked)) for one in allowed]
    chosen = [each for each in groups if each.id in circle.groups and seen.everything]
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


def _is_within(person: Registered, seen: Reach, registry: Registry) -> bool:
    """Whether somebody is of the places that a right reaches."""
    for duty in person.duties:
        school = registry.school(duty.school_id)
        if (school is not None and seen.covers(school)) or duty.municipality_id in seen.municipalities:
            return True
    return False


def deliveries_of(parts: Iterable[Part], registry: Registry, groups: Collection[Group]) -> list[Delivery]:
    """What became of it for each, by their names of today."""
    titles = {one.id: one.title for one in groups}
    return [_delivery(part, registry, titles) for part in parts]


def _delivery(part: Part, registry: Registry, titles: dict[int, str]) -> Delivery:
    person = registry.person(part.person_id)
    if part.group_id is not None:
        whom = Addressee(part.key, titles.get(part.group_id, ""), group_id=part.group_id)
    elif person is not None:
        whom = addressee(person, registry, part.silence)
    else:
        whom = Addressee(part.key, f"участник № {part.person_id}", part.person_id, silence=part.silence)
    reason = part.reason or (str(part.silence) if part.silence else "")
    return Delivery(
        whom, part.state, reason, part.sent_at, part.acked_at, part.message_id, part.outbox_id, part.maybe_twice
    )


def may_write_to_groups(by: Member) -> bool:
    """Whether somebody may announce in groups: coordinators."""
    return may(by, Right.BIND_GROUP)
