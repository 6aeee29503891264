"""An item that counts what was held, as somebody sees it who may tell of it; and one thing held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.draft import item_of
from actions.form_sheet import Said
from actions.indicator import measured_item
from actions.project import Project
from domain.button import Button, press
from domain.happening import Happening, is_by_place, is_held, may_report, places
from domain.indicator import Indicator
from domain.notice import effective, window
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Municipality, called
from domain.roadmap import KeptItem, OwedBy, Roadmap
from storage import completion as completion_rows
from storage import happening as happening_rows
from storage import indicator as indicator_rows
from storage import people as people_rows
from storage.database import Transaction
from texts import Texts


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item of which somebody may tell what was held, on a local day. ``places`` are the municipalities for which
    they may; none where it is not held by each for itself. ``names`` are of all municipalities."""

    kept: KeptItem
    roadmap: Roadmap
    today: date
    number: Indicator
    places: tuple[Municipality, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that count."""
        return window(effective(self.kept.item), self.roadmap.year)

    def counts(self, day: date) -> bool:
        """Whether something held on a day is in the item's number."""
        start, end = self.span
        return start <= day <= end

    def place(self, place_id: int | None) -> str:
        """What a municipality is called; empty for none."""
        return self.names.get(place_id or 0, "")

    def is_theirs(self, place_id: int | None) -> bool:
        """Whether a municipality is one for which they may tell of it."""
        return any(one.id == place_id for one in self.places)

    def refuse_nothing_to_tell(self) -> None:
        """Raises ``Refusal`` where it is closed, and where it applies to no municipality of theirs."""
        if not self.kept.is_open:
            raise Refusal("happening.item-closed")
        if is_by_place(self.kept.item) and not self.places:
            raise Refusal("happening.no-place")


@dataclass(frozen=True, slots=True)
class HeldCard:
    """One thing held. ``reporter`` is who told of it, ``is_own`` whether the reader may take it away."""

    held: HeldItem
    happening: Happening
    reporter: str
    is_own: bool


async def held_item(tx: Transaction, project: Project, item_id: int, by: Member, now: datetime) -> HeldItem:
    """Raises ``Refusal`` for whoever does not carry it out, and for an item that is confirmed instead."""
    kept, roadmap = await item_of(tx, item_id)
    if not is_held(kept.item):
        raise Refusal("happening.not-counted")
    if not may_report(by.duties, kept.item, roadmap):
        raise Refusal("access.refused")
    today = project.today(now)
    number = await measured_item(tx, project, kept, roadmap, today)
    registry = await indicator_rows.owing(tx, {OwedBy.MUNICIPALITY})
    exempt = (await completion_rows.exemptions(tx, [item_id])).get(item_id, {})
    theirs = tuple(places(by.duties, kept.item, roadmap, registry, exempt))
    names = {one.id: one.name for one in registry.municipalities}
    return HeldItem(kept, roadmap, today, number, theirs, names)


async def held_card(tx: Transaction, project: Project, happening_id: int, by: Member, now: datetime) -> HeldCard:
    """Raises ``Refusal`` where it is not there (any more), and for whoever may not tell of it."""
    one = await happening_rows.get(tx, happening_id)
    if one is None:
        raise Refusal("happening.gone")
    held = await held_item(tx, project, one.item_id, by, now)
    if not sees(held, one, by):
        raise Refusal("access.refused")
    who = called(await people_rows.name_of(tx, one.reported_by), one.reported_by)
    return HeldCard(held, one, who, one.reported_by == by.person_id or Role.COORDINATOR in by.roles)


def sees(held: HeldItem, one: Happening, by: Member) -> bool:
    """Of what each municipality holds for itself, one's own; coordinators see also those to whom it does not apply."""
    return not is_by_place(held.kept.item) or Role.COORDINATOR in by.roles or held.is_theirs(one.place)


def card_said(texts: Texts, card: HeldCard, toast: str | None = None) -> Said:
    """One thing held in words, with the number of the item as it is now, and what can be done with it."""
    one, kept, row = card.happening, card.held.kept, []
    if one.files:
        row.append(Button(texts.plain("happening.button-files"), press("heldfiles", one.id)))
    if card.is_own:
        row.append(Button(texts.plain("happening.button-take-away"), press("unheld", one.id)))
    everything = (Button(texts.plain("happening.button-list"), press("heldlist", kept.id, 0)),)
    item = Button(texts.plain("item.button-card"), press("item", kept.id))
    menu = Button(texts.plain("menu.button-back"), press("go", "menu"))
    number, today = card.held.number, card.held.today
    text = texts.html("happening.card", card=card, one=one, item=kept.item, number=number, today=today)
    return Said(text, tuple(line for line in (tuple(row), everything, (item, menu)) if line), toast)
