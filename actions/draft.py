"""Inside a transaction: a confirmation as whoever makes it sees it, and whether they may change it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.project import Project
from domain.audit import Deed
from domain.completion import Completion, CompletionState, first_sent, is_confirmed, is_late, may_change
from domain.debtor import Debtor, acts_for
from domain.evidence import MOST_PIECES, EvidenceKind
from domain.notice import effective
from domain.people import Member
from domain.refusal import Refusal
from domain.review import reviewers
from domain.roadmap import KeptItem, OwedBy, Roadmap
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class DraftView:
    """One confirmation as whoever makes it sees it. ``place`` is the debtor's name, empty for the executors; ``today``
    is the local day of the look, ``reviewers`` the addresses of those who will look at it, ``exempt`` why the item does
    not apply to the debtor, empty where it does."""

    completion: Completion
    kept: KeptItem
    roadmap: Roadmap
    place: str
    today: date
    zone: ZoneInfo
    reviewers: frozenset[str]
    exempt: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was first sent, or would be sent now, after the last day."""
        sent = first_sent(self.completion.rounds)
        day = self.today if sent is None else sent.astimezone(self.zone).date()
        return is_late(day, effective(self.kept.item).end)

    @property
    def is_open(self) -> bool:
        """Whether something can be added."""
        return self.completion.is_open and self.is_asked

    @property
    def is_asked(self) -> bool:
        """Whether the item is open, and of the debtor."""
        return self.kept.is_open and not self.exempt


@dataclass(frozen=True, slots=True)
class Choice:
    """For whom an item is to be confirmed, each with their name and how far their confirmation is."""

    kept: KeptItem
    today: date
    debtors: tuple[tuple[Debtor, str, CompletionState], ...]


async def item_of(tx: Transaction, item_id: int) -> tuple[KeptItem, Roadmap]:
    """An item with its roadmap. Raises ``Refusal`` where there is none of that id."""
    found = await roadmap_rows.get_item_of_roadmap(tx, item_id)
    if found is None:
        raise Refusal("roadmap.unknown-item")
    return found


async def owing(tx: Transaction, kept: KeptItem, mine: Collection[Debtor]) -> list[Debtor]:
    """Those of the acting person's debtors to whom the item applies. Raises ``Refusal`` where it is none of them."""
    if not mine:
        raise Refusal("completion.not-yours")
    if not is_confirmed(kept.item):
        raise Refusal("completion.counted")
    if await survey_rows.surveyed(tx, [kept.id]):
        raise Refusal("completion.by-survey")
    exempt = (await completion_rows.exemptions(tx, [kept.id])).get(kept.id, {})
    found = [one for one in mine if one not in exempt]
    if not found:
        raise Refusal("completion.exempt")
    return found


async def why_exempt(tx: Transaction, item_id: int, mine: Collection[Debtor]) -> str:
    """Why an item applies to none of these debtors; empty where it applies to one, and where there are none."""
    exempt = (await completion_rows.exemptions(tx, [item_id])).get(item_id, {})
    return "; ".join(dict.fromkeys(exempt[one] for one in mine)) if all(one in exempt for one in mine) else ""


async def view_of(
    tx: Transaction, project: Project, completion: Completion, kept: KeptItem, roadmap: Roadmap, now: datetime
) -> DraftView:
    """A confirmation with everything about it."""
    place = await completion_rows.place_of(tx, completion.debtor)
    reviewed = reviewers(kept.item, roadmap)
    exempt = await why_exempt(tx, kept.id, [completion.debtor])
    return DraftView(completion, kept, roadmap, place, project.today(now), project.zone, reviewed, exempt)


async def own(tx: Transaction, project: Project, completion_id: int, by: Member, now: datetime) -> DraftView:
    """The confirmation of that id. Raises ``Refusal`` for whoever does not act for its debtor (any more)."""
    completion = await completion_rows.get(tx, completion_id)
    if completion is None:
        raise Refusal("completion.not-yours")
    kept, roadmap = await item_of(tx, completion.item_id)
    if completion.debtor not in acts_for(by.duties, by.person_id or 0, kept.item, roadmap):
        raise Refusal("completion.not-yours")
    return await view_of(tx, project, completion, kept, roadmap, now)


async def changeable(tx: Transaction, project: Project, completion_id: int, by: Member, now: datetime) -> DraftView:
    """The same, to be changed. Raises ``Refusal`` where it was sent, where the item was closed or does not apply."""
    view = await own(tx, project, completion_id, by, now)
    may_change(view.completion)
    refuse_unasked(view)
    await owing(tx, view.kept, [view.completion.debtor])
    return view


def refuse_unasked(view: DraftView) -> None:
    """Raises ``Refusal`` where the item was closed or does not apply: what is there stays as it is."""
    if not view.kept.is_open:
        raise Refusal("completion.item-closed")
    if view.exempt:
        raise Refusal("completion.exempt")


def refuse_more(view: DraftView) -> None:
    """Raises ``Refusal`` where there is no room for one more piece."""
    if len(view.completion.evidence) >= MOST_PIECES:
        raise Refusal("evidence.too-many", limit=MOST_PIECES)


_ABOUT = {OwedBy.SCHOOL: "school", OwedBy.MUNICIPALITY: "municipality", OwedBy.CURATOR: "person"}


async def record(
    tx: Transaction, now: datetime, by: int, deed: Deed, view: DraftView, kind: EvidenceKind | None = None
) -> None:
    """Write down what was done with a confirmation."""
    about: dict[str, int | str | None] = {"item": view.kept.id}
    debtor = view.completion.debtor
    if debtor.party in _ABOUT:
        about[_ABOUT[debtor.party]] = debtor.id
    if kind is not None:
        about["evidence"] = str(kind)
    await audit_rows.record(tx, now, by, deed, **about)
