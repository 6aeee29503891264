"""Inside a transaction: an announcement as its author sees it, whom it goes to, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.indicator import measured
from actions.meeting_buttons import answer_buttons
from actions.project import Project, live
from actions.survey_asking import asking
from domain.access import Right, reach, require
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
    with_places,
)
from domain.broadcast_circle import within
from domain.broadcast_delivery import Owed, Removal
from domain.button import Button, Keyboard, press
from domain.debtor import acts_for
from domain.outbox import OutboxState, OutFile
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registered, Registry, School, called
from domain.roadmap import Item
from domain.survey_count import Silence, silence
from storage import broadcast as broadcast_rows
from storage import broadcast_owed as owed_rows
from storage import broadcast_sent as sent_rows
from storage import group as group_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.broadcast import Part
from storage.database import Transaction
from storage.group import Group

_FEW = 500
"""People who are looked up by their ids: of more everybody is read."""


@dataclass(frozen=True, slots=True)
class BroadcastCard:
    """A draft, or one that was launched: ``tally`` is what became of it. Of a draft ``registry`` and ``groups`` are as
    far as its author reaches, and ``addressees`` are those whom it would reach now. ``item`` or ``survey`` (its
    title) are what they have not done; ``lost`` is why nobody can be found by that any more. ``start`` is when a draft
    would go if it were sent ``now`` (``None`` where its time has passed). ``is_own`` is whether the viewer is the
    author. ``missed`` is to how many it can be sent once more, ``removal`` how its deletion goes."""

    one: Broadcast
    registry: Registry
    groups: tuple[Group, ...]
    addressees: tuple[Addressee, ...]
    tally: Tally
    zone: ZoneInfo
    may_group: bool
    author: str = ""
    is_own: bool = True
    item: Item | None = None
    survey: str = ""
    lost: str = ""
    start: datetime | None = None
    now: datetime | None = None
    missed: int = 0
    removal: Removal = field(default_factory=Removal)

    @property
    def reached(self) -> list[Addressee]:
        """Those who can be written to."""
        return [one for one in self.addressees if one.silence is None]

    @property
    def silent(self) -> list[Addressee]:
        """Those who cannot."""
        return [one for one in self.addressees if one.silence is not None]

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


async def kept(tx: Transaction, broadcast_id: int, by: Member, *, changes: bool = False) -> Broadcast:
    """Raises ``Refusal`` where there is none, or it is somebody else's: coordinators see all and may stop it,
    only the author ``changes`` it."""
    require(by, Right.ANNOUNCE)
    one = await broadcast_rows.get(tx, broadcast_id)
    leads = Role.COORDINATOR in by.roles
    if one is None or (one.author_id != by.person_id and (changes or not leads or one.state is BroadcastState.DRAFT)):
        raise Refusal("broadcast.gone")
    return one


async def draft_of(tx: Transaction, broadcast_id: int, by: Member) -> Broadcast:
    """One's own that was not launched yet. Raises ``Refusal`` for another."""
    one = await kept(tx, broadcast_id, by, changes=True)
    if one.state is not BroadcastState.DRAFT:
        raise Refusal("broadcast.launched-already")
    return one


async def launched_of(tx: Transaction, broadcast_id: int, by: Member) -> Broadcast:
    """One's own that was launched and is not deleted. Raises ``Refusal`` for another."""
    one = await kept(tx, broadcast_id, by, changes=True)
    if one.state is BroadcastState.DRAFT:
        raise Refusal("broadcast.not-launched")
    if one.removed_at is not None:
        raise Refusal("broadcast.removed-already")
    return one


async def card_of(
    tx: Transaction, project: Project, broadcast_id: int, by: Member, now: datetime, *, changes: bool = False
) -> BroadcastCard:
    """Raises ``Refusal`` as ``kept`` does."""
    one = await kept(tx, broadcast_id, by, changes=changes)
    leads, is_own = Role.COORDINATOR in by.roles, one.author_id == by.person_id
    author = called(await people_rows.name_of(tx, one.author_id), one.author_id)
    if one.state is not BroadcastState.DRAFT:
        counted = (await sent_rows.tallies(tx, [one.id]))[one.id]
        found = BroadcastCard(one, Registry(), (), (), counted, project.zone, leads, author, is_own, now=now)
        if one.removed_at is not None:
            return replace(found, removal=await sent_rows.removal(tx, one.id))
        return replace(found, missed=await owed_rows.missed(tx, one.id) if counted.failed else 0)
    groups = tuple(each for each in await group_rows.all_groups(tx) if each.channel) if leads else ()
    registry = within(await registry_rows.registry(tx), reach(by, Right.ANNOUNCE))
    item, survey = await _about(tx, one.circle)
    start, tally = await _start(tx, project, one, now), Tally(0, 0, 0, 0, 0)
    found = BroadcastCard(
        one, registry, groups, (), tally, project.zone, leads, author, is_own, item, survey, start=start, now=now
    )
    try:
        addressees = await addressees_of(tx, project, one.circle, registry, groups, now)
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


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of an announcement for some, with the names of today."""

    parts: Sequence[Part]
    registry: Registry
    titles: Mapping[int, str]
    stayed: Collection[str] = ()

    @property
    def deliveries(self) -> list[Delivery]:
        """For each of them."""
        return [
            replace(_delivery(part, self.registry, self.titles), has_stayed=part.key in self.stayed)
            for part in self.parts
        ]


async def outcomes_of(tx: Transaction, parts: Sequence[Part], stayed: Collection[str] = ()) -> Outcomes:
    """What is kept of these; with the ``stayed`` it was not deleted."""
    people = [part.person_id for part in parts if part.person_id is not None]
    registry = await registry_rows.registry(tx, people if len(people) <= _FEW else None)
    return Outcomes(parts, registry, {one.id: one.title for one in await group_rows.all_groups(tx)}, stayed)


def _delivery(part: Part, registry: Registry, titles: Mapping[int, str]) -> Delivery:
    person = registry.person(part.person_id)
    if part.group_id is not None:
        whom = Addressee(part.key, titles.get(part.group_id, ""), group_id=part.group_id, silence=part.silence)
    elif person is not None:
        whom = addressee(person, registry, part.silence)
    else:
        whom = Addressee(part.key, called("", part.person_id or 0), part.person_id, silence=Silence.GONE)
    state = OutboxState.PLANNED if part.owed is Owed.SEND else part.state
    return Delivery(
        whom, state, part.reason, part.sent_at, part.acked_at, part.message_id, part.outbox_id, part.maybe_twice
    )


def files_for(one: Broadcast, messenger: str) -> tuple[OutFile, ...]:
    """What goes along in a messenger."""
    return tuple(OutFile(each.remote_id, each.name, each.is_photo) for each in one.files if each.messenger == messenger)


def buttons_for(one: Broadcast, project: Project, *, is_person: bool) -> Keyboard:
    """«Ознакомлен(а)», where it is asked of somebody; under an invitation its answers."""
    if one.meeting_id is not None and is_person:
        return answer_buttons(project.texts, one.meeting_id)
    if not one.asks_ack or not is_person:
        return ()
    return ((Button(project.texts.plain("broadcast.button-ack"), press("bcack", one.id)),),)
