"""A survey: a form, whom it asks, when, and how its answers are kept. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import WorkCalendar
from domain.deadline import Deadline, DeadlineKind
from domain.form import Form
from domain.notice import Occasion, effective, window_notices
from domain.notice_rules import Rules
from domain.people import Duty, Role
from domain.registry import Registered, Registry, School
from domain.roadmap import Item

PARTICIPANTS = frozenset({Role.SCHOOL, Role.CURATOR, Role.MUNICIPAL})
"""«Все участники»: everybody of the project but those who run it."""
GRACE = timedelta(minutes=15)
"""After the end, for whoever was answering."""
FEWEST_ANONYMOUS = 5
"""Anonymous answers are shown from so many on: of fewer one could guess whose they are."""
MOST_REMINDERS = 10


class Party(StrEnum):
    """In what a survey counts: one answer of each person, or one of each school."""

    PERSON = "person"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True, order=True)
class Respondent:
    """Who answers: a person or a school, by its id."""

    party: Party
    id: int


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a survey asks: whoever holds one of the ``roles`` (in these ``schools`` or ``municipalities``, where any are
    named), and the ``people`` named besides."""

    roles: frozenset[Role] = PARTICIPANTS
    schools: frozenset[int] = frozenset()
    municipalities: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def is_everybody(self) -> bool:
        """Whether it is «все участники»."""
        return self.roles == PARTICIPANTS and not (self.schools or self.municipalities or self.people)

    @property
    def is_narrowed(self) -> bool:
        """Whether only some places are asked."""
        return bool(self.schools or self.municipalities)


@dataclass(frozen=True, slots=True)
class Window:
    """Local dates, both included."""

    opens: date
    closes: date

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The instant after its last day: local midnight."""
        return datetime.combine(self.closes + timedelta(days=1), time(), zone)


@dataclass(frozen=True, slots=True)
class Survey:
    """``opens`` and ``closes`` are its own window; where they are empty it is the item's (``item_id``).

    An external one has a ``link``, and a ``code`` where the last page there shows one. ``target`` is in percent,
    empty where the item's threshold counts or none is wanted. ``reminders`` is how many each respondent gets besides
    the invitation. A draft waits for the coordinator. ``opened_at`` is when it began, ``closed_at`` when somebody
    closed it before its last day, ``ended_at`` when it was wound up after its end and the grace (all UTC).
    """

    id: int
    title: str
    form: Form
    audience: Audience = field(default_factory=Audience)
    item_id: int | None = None
    opens: date | None = None
    closes: date | None = None
    per_school: bool = False
    anonymous: bool = False
    link: str = ""
    code: str = ""
    target: int | None = None
    takes_late: bool = False
    reminders: int = 3
    is_poll: bool = False
    is_draft: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    ended_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def is_external(self) -> bool:
        """Whether it is filled in elsewhere."""
        return bool(self.link)

    @property
    def accepts_late(self) -> bool:
        """Whether answers are taken after its end. Anonymous ones never: those few would stand apart from the rest."""
        return self.takes_late and not self.anonymous

    @property
    def shows_answers(self) -> bool:
        """Whether anybody may look at what was answered: at anonymous answers only when no more of them come, for two
        looks with one answer between them would tell whose it is."""
        return not self.anonymous or self.ended_at is not None or self.cancelled_at is not None

    @property
    def about(self) -> str:
        """What the runs of its form are said to belong to."""
        return f"survey:{self.id}"

    @property
    def party(self) -> Party:
        """In what it counts."""
        return Party.SCHOOL if self.per_school else Party.PERSON


def window_of(survey: Survey, item: Item | None) -> Window | None:
    """When it may be answered; ``None`` where no end is set."""
    deadline = Deadline(DeadlineKind.NONE) if item is None else effective(item)
    opens, closes = survey.opens or deadline.start, survey.closes or deadline.end
    return Window(min(opens or closes, closes), closes) if closes is not None else None


def target_of(survey: Survey, item: Item | None) -> int | None:
    """What share is wanted, in percent."""
    if survey.target is not None or item is None or item.threshold is None:
        return survey.target
    return item.threshold.target


class Course(StrEnum):
    """Where a survey is."""

    DRAFT = "draft"
    UNPLANNED = "unplanned"
    COMING = "coming"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nobody is asked any more."""
        return self in (Course.CLOSED, Course.CANCELLED)


def course(survey: Survey, window: Window | None, now: datetime, zone: ZoneInfo) -> Course:
    """Where it is at ``now``: within 15 minutes after its end whoever was answering may finish."""
    if survey.cancelled_at is not None:
        return Course.CANCELLED
    if survey.is_draft:
        return Course.DRAFT
    if window is None:
        return Course.UNPLANNED
    end = window.ends_at(zone) if survey.closed_at is None else min(survey.closed_at, window.ends_at(zone))
    if now >= end:
        return Course.GRACE if now < end + GRACE else Course.CLOSED
    return Course.COMING if now.astimezone(zone).date() < window.opens else Course.OPEN


def members(survey: Survey, registry: Registry) -> list[Respondent]:
    """Everybody who should answer, in the order of names: the denominator (domain.md, «Indicators»)."""
    audience = survey.audience
    if survey.per_school:
        schools = [one for one in registry.schools if not audience.is_narrowed or _is_in(one, audience)]
        return [Respondent(Party.SCHOOL, one.id) for one in schools]
    return [Respondent(Party.PERSON, one.id) for one in registry.people if is_asked(one, audience, registry)]


def is_asked(person: Registered, audience: Audience, registry: Registry) -> bool:
    """Whether somebody of the registry is one of an audience."""
    if person.id in audience.people:
        return True
    return any(_fits(duty, audience, registry) for duty in person.duties)


def _fits(duty: Duty, audience: Audience, registry: Registry) -> bool:
    if duty.role not in audience.roles:
        return False
    if not audience.is_narrowed or duty.municipality_id in audience.municipalities:
        return True
    school = registry.school(duty.school_id)
    return school is not None and _is_in(school, audience)


def _is_in(school: School, audience: Audience) -> bool:
    return school.id in audience.schools or school.municipality_id in audience.municipalities


def named_mark(survey: Survey, respondent: Respondent) -> str:
    """The key of somebody's answers, where it is kept whose they are."""
    return f"{survey.about}:{respondent.party}:{respondent.id}"


class Ask(StrEnum):
    """What a respondent hears of a survey in the morning."""

    INVITE = "invite"
    REMIND = "remind"
    LAST = "last"


def reminder_days(window: Window, calendar: WorkCalendar, rules: Rules) -> dict[date, Occasion]:
    """The days on which whoever has not answered is reminded: as of any window that ends (notices.md)."""
    found = window_notices(window.opens, window.closes, calendar, rules)
    return {one.day: one.occasion for one in found if one.occasion in (Occasion.ENDS_SOON, Occasion.LAST_DAY)}


def asks_today(
    survey: Survey,
    window: Window,
    today: date,
    calendar: WorkCalendar,
    rules: Rules,
    *,
    invited: bool,
    reminded: int,
    put_off: date | None = None,
) -> Ask | None:
    """What somebody who has not answered hears today: first that they are asked, on a working day or the last one;
    then reminders on their days, no more than the survey's cap. Put off, they hear nothing until that day."""
    if not window.opens <= today <= window.closes or (put_off is not None and today < put_off):
        return None
    if put_off == today:
        return Ask.REMIND
    if not invited:
        return Ask.INVITE if calendar.is_working(today) or today == window.closes else None
    occasion = reminder_days(window, calendar, rules).get(today)
    if occasion is None or reminded >= survey.reminders:
        return None
    return Ask.LAST if occasion is Occasion.LAST_DAY else Ask.REMIND


def occasion_of(ask: Ask) -> Occasion:
    """What a line of the day about a survey says of its item."""
    return {Ask.INVITE: Occasion.STARTED, Ask.REMIND: Occasion.ENDS_SOON, Ask.LAST: Occasion.LAST_DAY}[ask]


def schools_of(duties: Iterable[Duty]) -> list[int]:
    """The schools in whose place somebody answers where each school answers once."""
    return sorted({one.school_id for one in duties if one.role is Role.SCHOOL and one.school_id is not None})


def answers_for(
    survey: Survey, person_id: int, duties: Collection[Duty], asked: Collection[Respondent]
) -> list[Respondent]:
    """For whom somebody may answer, of those who are ``asked``: themselves, or their schools; a deputy answers for the
    school, never as the person."""
    own = (
        [Respondent(Party.SCHOOL, school) for school in schools_of(duties)]
        if survey.per_school
        else [Respondent(Party.PERSON, person_id)]
    )
    return [one for one in own if one in asked]
