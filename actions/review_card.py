"""A confirmation as its reviewers see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.project import Project
from actions.reviewing import Whole
from domain.access import Right, may
from domain.completion import Completion, CompletionState, first_sent
from domain.debtor import name_of
from domain.notice import effective
from domain.people import Member, Role
from domain.review import sent_times
from domain.roadmap import KeptItem, OwedBy, Roadmap

_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A confirmation as a reviewer sees it on a local day.

    ``who`` is the debtor's name (empty for executors and for whoever is not there any more), ``home`` a school's
    municipality; ``people`` are how those in the history may be shown. The reader may look at all of it where ``looks``
    is true, decide where ``waits`` is, open it again where ``reopens`` is.
    """

    kept: KeptItem
    roadmap: Roadmap
    completion: Completion
    zone: ZoneInfo
    today: date
    who: str = ""
    home: str = ""
    people: Mapping[int, str] = field(default_factory=dict)
    looks: bool = False
    waits: bool = False
    reopens: bool = False

    def called(self, person_id: int | None) -> str:
        """How somebody of the history is shown; empty where the reader does not know them."""
        return self.people.get(person_id or 0, "")

    @property
    def times(self) -> int:
        """How often it was sent so far."""
        return sent_times(self.completion.rounds)

    @property
    def late(self) -> int:
        """By how many days it was late when it was sent for the first time."""
        sent, end = first_sent(self.completion.rounds), effective(self.kept.item).end
        return max(0, (sent.astimezone(self.zone).date() - end).days) if sent and end else 0


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """One that waits for the reader, the ``place``-th of ``total``, with its neighbours' ids; ``alike`` is how many of
    the same item may be accepted together. Where nothing waits ``card`` is ``None``."""

    total: int = 0
    place: int = 0
    card: ReviewCard | None = None
    before: int | None = None
    after: int | None = None
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """What may be accepted together; ``until`` tells it from what is sent later: microseconds since 1970, UTC."""

    kept: KeptItem
    cards: tuple[ReviewCard, ...]

    @property
    def until(self) -> int:
        """The instant at which the last of them was sent."""
        return max((instant(one.completion.sent_at) for one in self.cards), default=0)


def instant(at: datetime | None) -> int:
    """Microseconds since 1970 (UTC): exact, and fit for a button."""
    return 0 if at is None else (at - _EPOCH) // _MICROSECOND


def card_of(project: Project, known: Whole, completion: Completion, by: Member, now: datetime) -> ReviewCard:
    """With names as ``by`` may know them."""
    kept, roadmap = known.items[completion.item_id]
    debtor, home = completion.debtor, None
    if debtor.party is OwedBy.SCHOOL and (school := known.registry.school(debtor.id)) is not None:
        home = known.registry.municipality(school.municipality_id)
    people = {one.person_id for one in completion.rounds} | {completion.sent_by, completion.decided_by}
    return ReviewCard(
        kept,
        roadmap,
        completion,
        project.zone,
        project.today(now),
        who=name_of(debtor, known.registry),
        home=home.name if home else "",
        people={one: known.called(one, by) for one in people if one is not None},
        looks=may_see(known, completion, by),
        waits=completion.state is CompletionState.SENT and may_decide(known, completion, by),
        reopens=completion.state is CompletionState.ACCEPTED and may(by, Right.CLOSE_ITEM),
    )


def may_decide(known: Whole, completion: Completion, by: Member) -> bool:
    """A coordinator may help where it is somebody else's turn; nobody decides on what they sent themselves while
    somebody else can."""
    leads = Role.COORDINATOR in by.roles and completion.sent_by != by.person_id
    return leads or by.person_id in known.turn(completion)


def may_see(known: Whole, completion: Completion, by: Member) -> bool:
    """Reviewers by the data and coordinators see a confirmation in whatever state, but for drafts."""
    return Role.COORDINATOR in by.roles or known.is_named(by, completion)
