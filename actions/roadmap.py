"""The roadmap: loading, looking, correcting, closing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.closing import close_item, reopen_item
from actions.correcting import correct_item
from actions.draft import why_exempt
from actions.indicator import measured_item, sees_others
from actions.moves import tell_about_move
from actions.named_schools import lay_schools
from actions.named_surveys import carry_surveys, lay_surveys
from actions.project import Project, live
from domain.access import Right, may, require
from domain.agenda import Agenda, agenda, in_month
from domain.audit import Deed
from domain.correction import corrected
from domain.debtor import acts_for
from domain.happening import may_report
from domain.indicator import Indicator
from domain.item_field import Change, ItemField, Merge, merge
from domain.notice import groups
from domain.people import Member
from domain.progress import NO_PART, Part, Surveyed, part_of
from domain.refusal import Refusal
from domain.roadmap import Item, KeptItem, KeptRoadmap, Roadmap
from domain.roadmap_carry import carried_over
from domain.roadmap_checks import YEARS
from domain.task import is_owed
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import group as group_rows
from storage import notice as notice_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.database import Database, Transaction
from storage.roadmap import ChangeBy, ItemChange

SHOWN_CHANGES = 15


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. ``absent`` are numbers that are kept though the file does not name them, ``schools`` how many
    were laid into a registry that had none."""

    slug: str
    added: tuple[int, ...]
    changed: tuple[Change, ...]
    left: tuple[Change, ...]
    absent: tuple[int, ...]
    schools: int = 0

    @property
    def touched(self) -> int:
        """How many items are new or changed."""
        return len({*self.added, *(one.number for one in self.changed)})


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one item. ``today`` is the local day of the look.

    ``keeps`` is whether whoever looks may correct and close it, ``owes`` whether it rests on them, ``sees_who`` whether
    they may see who of several has done it. ``number`` is its live indicator, ``part`` what it asks of them,
    ``reports`` whether they may tell of what was held, ``exempt`` why it applies to none of those for whom they act.
    ``survey`` is what it is done by, where it is, and ``sees_survey`` whether they may see how that goes.
    """

    kept: KeptItem
    roadmap: Roadmap
    today: date
    zone: ZoneInfo
    keeps: bool = False
    owes: bool = False
    number: Indicator | None = None
    sees_who: bool = False
    part: Part = NO_PART
    reports: bool = False
    exempt: str = ""
    survey: Surveyed | None = None
    sees_survey: bool = False

    @property
    def tells_who(self) -> bool:
        """Whether there is somebody to be named."""
        number = self.number
        return self.sees_who and number is not None and number.count.of > 0 and not number.count.measure.is_together


@dataclass(frozen=True, slots=True)
class Overview:
    """The live roadmaps (the newest one where all are over), the local day of the look, and whether whoever looks
    may correct them."""

    roadmaps: tuple[KeptRoadmap, ...]
    today: date
    keeps: bool = False

    def agenda(self) -> Agenda:
        """What is pressing today."""
        return agenda(self.roadmaps, self.today)

    def month(self, first: date) -> list[KeptItem]:
        """The items of a month."""
        return in_month(self.roadmaps, first)


class Roadmaps:
    """Use cases of the roadmap."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def load(self, roadmap: Roadmap, *, now: datetime) -> LoadReport:
        """Store a roadmap or update the one of that slug by item number; what a person corrected stays theirs."""
        async with self._database.transaction() as tx:
            schools = await lay_schools(tx, roadmap.schools)
            known = await roadmap_rows.find_roadmap(tx, roadmap.slug)
            if known is None:
                roadmap_id = await roadmap_rows.add_roadmap(tx, roadmap, now)
                await roadmap_rows.add_items(tx, roadmap_id, roadmap.items)
                report = LoadReport(roadmap.slug, tuple(item.number for item in roadmap.items), (), (), ())
            else:
                roadmap_id = known.id
                report = await self._update(tx, known, roadmap, now)
            await lay_surveys(tx, roadmap_id, roadmap.surveys, now)
            await audit_rows.record(tx, now, None, Deed.ROADMAP_LOADED, roadmap=roadmap_id, count=report.touched)
            return replace(report, schools=schools)

    async def _update(self, tx: Transaction, known: KeptRoadmap, roadmap: Roadmap, now: datetime) -> LoadReport:
        await roadmap_rows.update_roadmap(tx, known.id, roadmap, now)
        kept = {one.item.number: one for one in known.items}
        new = [item for item in roadmap.items if item.number not in kept]
        await roadmap_rows.add_items(tx, known.id, new)
        merges = [
            await self._update_item(tx, roadmap, kept[item.number], item, now)
            for item in roadmap.items
            if item.number in kept
        ]
        return LoadReport(
            slug=roadmap.slug,
            added=tuple(item.number for item in new),
            changed=tuple(change for one in merges for change in one.changed),
            left=tuple(change for one in merges for change in one.left),
            absent=tuple(sorted(kept.keys() - {item.number for item in roadmap.items})),
        )

    async def _update_item(self, tx: Transaction, roadmap: Roadmap, kept: KeptItem, item: Item, now: datetime) -> Merge:
        merged = merge(kept, item)
        if merged.item != kept.item:
            await roadmap_rows.save_item(tx, kept.id, merged.item, kept.corrected)
            history = [ItemChange(kept.id, now, None, one.field, one.before, one.after) for one in merged.changed]
            await roadmap_rows.record_changes(tx, history)
            why = self._project.texts.plain("roadmap.why-file")
            await tell_about_move(tx, self._project, roadmap, kept, replace(kept, item=merged.item), why, now)
        return merged

    async def all(self) -> tuple[KeptRoadmap, ...]:
        """Every roadmap, for the operator."""
        async with self._database.read() as tx:
            return await roadmap_rows.all_roadmaps(tx)

    async def overview(self, *, by: Member, now: datetime) -> Overview:
        """What the screens «Что сейчас», «Месяц» and «Дорожная карта» show."""
        require(by, Right.SEE_ROADMAP)
        async with self._database.read() as tx:
            today = self._today(now)
            known = await roadmap_rows.all_roadmaps(tx)
        return Overview(tuple(live(known, today)) or known[-1:], today, may(by, Right.CORRECT_ITEM))

    async def card(self, item_id: int, *, by: Member, now: datetime, right: Right = Right.SEE_ROADMAP) -> Card:
        """One item, for what ``right`` allows. Looking at it counts as an answer to its reminders.

        Raises ``Refusal`` for an unknown item.
        """
        person_id = require(by, right)
        async with self._database.transaction() as tx:
            card = await self._card(tx, item_id, now, by)
            await notice_rows.look(tx, person_id, item_id, now)
            return card

    async def brief(self, item_id: int, *, messenger: str, chat_id: int, now: datetime) -> Card:
        """One item of the published order, for whoever presses its button in a group that the item is announced in."""
        async with self._database.read() as tx:
            card = await self._card(tx, item_id, now)
            group = await group_rows.find_group(tx, messenger, chat_id)
        if group is None or not group.recipient.addresses & groups(card.kept.item, card.roadmap):
            raise Refusal("access.refused")
        return card

    async def _card(self, tx: Transaction, item_id: int, now: datetime, by: Member | None = None) -> Card:
        found = await roadmap_rows.get_item_of_roadmap(tx, item_id)
        if found is None:
            raise Refusal("roadmap.unknown-item")
        kept, roadmap = found
        keeps = by is not None and may(by, Right.CORRECT_ITEM)
        owes = by is not None and is_owed(kept.item, roadmap, by.duties)
        today = self._today(now)
        number = None if by is None else await measured_item(tx, self._project, kept, roadmap, today)
        sees_who = by is not None and sees_others(by)
        part = NO_PART if by is None else await _part(tx, kept, roadmap, by)
        reports = by is not None and may_report(by.duties, kept.item, roadmap)
        mine = [] if by is None else acts_for(by.duties, by.person_id or 0, kept.item, roadmap)
        exempt = await why_exempt(tx, item_id, mine)
        survey = (await survey_rows.surveyed(tx, [item_id])).get(item_id)
        sees_survey = by is not None and may(by, Right.SEE_SURVEYS)
        zone = self._project.zone
        return Card(
            kept, roadmap, today, zone, keeps, owes, number, sees_who, part, reports, exempt, survey, sees_survey
        )

    async def history(self, item_id: int, *, by: Member, now: datetime) -> tuple[Card, tuple[ChangeBy, ...]]:
        """An item with its newest changes, newest first."""
        require(by, Right.CORRECT_ITEM)
        async with self._database.read() as tx:
            return await self._card(tx, item_id, now, by), await roadmap_rows.changes_of(tx, item_id, SHOWN_CHANGES)

    async def correct(
        self, item_id: int, field: ItemField, text: str, *, why: str = "", by: Member, now: datetime
    ) -> Card:
        """Change one field as the coordinator typed it; its flag «требует уточнения» goes away.

        Raises ``Refusal`` when the text cannot be that field.
        """
        person_id = require(by, Right.CORRECT_ITEM)
        async with self._database.transaction() as tx:
            card = await self._card(tx, item_id, now, by)
            item = corrected(card.kept.item, field, text, card.roadmap)
            if await self._save(tx, card, field, item, why, person_id, now):
                await audit_rows.record(tx, now, person_id, Deed.ITEM_CORRECTED, item=item_id, field=str(field))
            return await self._card(tx, item_id, now, by)

    async def confirm(self, item_id: int, field: ItemField, *, by: Member, now: datetime) -> Card:
        """Say that a flagged field is right as it stands."""
        person_id = require(by, Right.CORRECT_ITEM)
        async with self._database.transaction() as tx:
            card = await self._card(tx, item_id, now, by)
            flags = tuple(flag for flag in card.kept.item.flags if flag.field != field)
            if await self._save(tx, card, field, replace(card.kept.item, flags=flags), "", person_id, now):
                await audit_rows.record(tx, now, person_id, Deed.ITEM_CONFIRMED, item=item_id, field=str(field))
            return await self._card(tx, item_id, now, by)

    async def _save(
        self, tx: Transaction, card: Card, field: ItemField, item: Item, why: str, person_id: int, now: datetime
    ) -> bool:
        """False where nothing is different."""
        found = card.kept, card.roadmap
        return await correct_item(tx, self._project, found, field, item, why, person_id, now)

    async def close(self, item_id: int, note: str, *, by: Member, now: datetime) -> Card:
        """Close an item; nothing more is said of it. Closing twice is closing once."""
        person_id = require(by, Right.CLOSE_ITEM)
        async with self._database.transaction() as tx:
            await self._card(tx, item_id, now)
            await close_item(tx, item_id, note.strip(), person_id, now)
            return await self._card(tx, item_id, now, by)

    async def reopen(self, item_id: int, *, by: Member, now: datetime) -> Card:
        """Open a closed item again."""
        person_id = require(by, Right.CLOSE_ITEM)
        async with self._database.transaction() as tx:
            await reopen_item(tx, item_id, "", person_id, now)
            return await self._card(tx, item_id, now, by)

    async def carry_over(self, roadmap_id: int, year: int, *, by: Member, now: datetime) -> KeptRoadmap:
        """Make the roadmap of another year out of a finished one; pressed twice it is made once."""
        person_id = require(by, Right.CARRY_OVER)
        async with self._database.transaction() as tx:
            old = await roadmap_rows.get_roadmap(tx, roadmap_id)
            if old is None or not old.roadmap.year < year <= min(old.roadmap.year + 20, YEARS[1]):
                raise Refusal("roadmap.cannot-carry-over")
            new = carried_over(old.roadmap, year=year)
            if await roadmap_rows.find_roadmap(tx, new.slug) is None:
                new_id = await roadmap_rows.add_roadmap(tx, new, now)
                await roadmap_rows.add_items(tx, new_id, new.items)
                await audit_rows.record(tx, now, person_id, Deed.CARRIED_OVER, roadmap=new_id)
                await carry_surveys(tx, old, new_id, person_id, now)
            kept = await roadmap_rows.find_roadmap(tx, new.slug)
            assert kept is not None  # noqa: S101  written above in this transaction
            return kept

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._project.zone).date()


async def _part(tx: Transaction, kept: KeptItem, roadmap: Roadmap, by: Member) -> Part:
    if not acts_for(by.duties, by.person_id or 0, kept.item, roadmap):
        return NO_PART
    progress = await completion_rows.progress(tx, item_id=kept.id)
    return part_of(kept, roadmap, by.duties, by.person_id or 0, progress)
