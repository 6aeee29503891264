"""What must hold whatever somebody tries: nobody reads, or changes, what is not theirs."""

from collections.abc import Callable, Iterator

from domain.access import TABLE, Right, may, may_for
from domain.broadcast import BroadcastState
from domain.debtor import Debtor, speaks_for
from domain.people import Account, Member, Role
from domain.roadmap import OwedBy
from domain.survey import Party, schools_of
from tests.handlers.access import judging_meetings
from tests.handlers.access.purpose import Pressed
from tests.handlers.access.region import Region
from tests.handlers.access.watching import Change, Tried, Watch
from tests.handlers.access.work import decides, holds_in

KEEPING = {right for right, roles in TABLE.items() if set(roles) == {Role.COORDINATOR}}
"""What whoever has it does to things that are not their own."""
OWNER = {"person": "id", "evidence": "added_by"} | dict.fromkeys(
    (
        *("account", "attention", "audit", "calendar_feed", "completion_step", "consent", "duty", "invite"),
        *("outbox", "own_reminders", "registry_draft", "stand_in"),
    ),
    "person_id",
)
"""The column that says whose a row is."""
OWN_ROWS = {
    Right.ANSWER_SURVEY: {"attention", "audit", "outbox"},
    Right.CONFIRM: {"attention", "audit", "completion_step", "evidence"},
    Right.KEEP_DOCUMENTS: {"audit"},
    Right.REMARK: {"audit"},
    Right.REPORT_HAPPENING: {"attention", "audit"},
    Right.REVIEW: {"attention", "audit", "completion_step"},
    Right.TICK_RISKS: {"audit"},
    Right.ANNOUNCE: {"audit"},
    Right.ACKNOWLEDGE: {"audit"},
    Right.HOLD_MEETINGS: {"audit"},
    Right.ATTEND: {"audit", "calendar_feed"},
    Right.SEE_ROADMAP: {"attention"},
    Right.SEE_SURVEYS: {"audit"},
    Right.SNOOZE: {"attention"},
    Right.SET_REMINDERS: {"own_reminders", "outbox", "audit"},
    Right.GO_ON_LEAVE: {"stand_in", "audit"},
    Right.OWN_DATA: set(OWNER),
    Right.VISIT: {"audit"},
    Right.HOST_VISITS: {"audit"},
    Right.SEE_REGION: {"audit"},
}
"""The rows of one's own that change by what a right allows; by the others nothing changes at all."""
SCHOOLS_ROWS = {
    Right.KEEP_DOCUMENTS: {"school_document", "remark"},
    Right.REMARK: {"school_document", "remark"},
    Right.TICK_RISKS: {"school_risk"},
    Right.VISIT: {"visit", "visit_step", "agreed_action"},
    Right.HOST_VISITS: {"visit", "visit_step", "agreed_action"},
}
"""The rows of a school's that change by what a right allows, as far as it reaches."""


_OF_FORMS = (Right.ANSWER_SURVEY, Right.REPORT_HAPPENING, Right.OWN_DATA)
"""By what answers change; with whoever erases themselves goes what they have not sent."""


async def wrong(tried: Tried, how: Pressed, viewer: str, region: Region, watch: Watch) -> list[str]:
    """What is not as it has to be, in words for whoever mends it."""
    found = [] if tried.answers == 1 else [f"is answered {tried.answers} times"]
    found += [*_read(tried, viewer, region, watch), *_changed(tried, how, viewer, region)]
    return found + await _waits(tried, how, viewer, region, watch)


def opened(tried: Tried, how: Pressed, viewer: str, region: Region, watch: Watch) -> list[str]:
    """Screens that a button opened for somebody to whom the table gives nothing: they are to be told so, no more."""
    member = region.members[viewer]
    if not member.has_agreed or how.right is None or may(member, how.right):
        return []
    return [f"opens {words}" for chat, words in tried.said if chat == watch.person.id]


def _read(tried: Tried, viewer: str, region: Region, watch: Watch) -> Iterator[str]:
    """Secrets that reached the person or the group; names of people have no place in a group at all."""
    for chat, words in tried.said:
        secrets = region.secrets if chat == watch.group.id else region.hidden_from(region.members[viewer])
        yield from (f"shows {secret!r}" for secret in secrets if secret in words)
        if chat not in (0, watch.person.id, watch.group.id):
            yield f"tells somebody else: {words}"


def _changed(tried: Tried, how: Pressed, viewer: str, region: Region) -> Iterator[str]:
    for change in tried.changes:
        if not _may_change(change, how, region.members[viewer], region):
            yield f"changes {change}"


def _may_change(change: Change, how: Pressed, member: Member, region: Region) -> bool:
    """Whether that row may change by what this person tried."""
    if how.right in judging_meetings.RIGHTS and change.table in judging_meetings.TABLES:
        assert how.right is not None
        return judging_meetings.is_met_by(change, how.right, member, region)
    if how.right is not None and change.table in ("broadcast", "broadcast_part", "broadcast_file"):
        return _is_announced_by(change, how.right, member, region)
    return _may_change_work(change, how, member, region)


def _may_change_work(change: Change, how: Pressed, member: Member, region: Region) -> bool:
    if change.table == "outbox" and (how.tells or change.row["person_id"] in region.coordinators):
        return True
    if change.table == "outbox" and how.right in (Right.REMARK, Right.KEEP_DOCUMENTS):
        return may(member, how.right) and change.row["key"].startswith("remark:")  # answered, it is not told any more
    if how.right is None:
        return _is_of_stranger(change, member)
    if may(member, how.right) and _keeps(member, how.right):
        return True
    if how.right is Right.GO_ON_LEAVE and may(member, Right.KEEP_REGISTRY):
        return True
    if how.right is Right.OWN_DATA and (change.table, change.came) == ("registry_draft", False):
        return True  # with whoever erases themselves goes every list that may name them
    if change.table in SCHOOLS_ROWS.get(how.right, ()):
        return _is_of_school(change, how.right, member, region)
    if change.table == "form_run" and how.right in _OF_FORMS:
        return _is_own_form(change, member, region)
    if (change.table, how.right) in _OF_WORK:
        return _OF_WORK[change.table, how.right](change, member)
    own = change.row.get(OWNER.get(change.table, "")) == member.person_id is not None
    return own and change.table in OWN_ROWS.get(how.right, set())


def _is_of_school(change: Change, right: Right, member: Member, region: Region) -> bool:
    """Whether that row is of a school which the right reaches; what is of a visit that was not there before goes with
    its visit."""
    row = change.row
    school = row["school_id"] if "school_id" in row else region.visits.get(row["visit_id"])
    return may(member, right) if school is None else may_for(member, right, region.school(school))


def _keeps(member: Member, right: Right) -> bool:
    """Whether what a right is for is this person's to keep; reports of visits are coordinators': the data names nobody
    else for item 13."""
    return right in KEEPING or (right is Right.REVIEW_VISITS and Role.COORDINATOR in member.roles)


def _is_confirmed_by(change: Change, member: Member) -> bool:
    """Whether that confirmation is of somebody for whom this person speaks."""
    debtor = Debtor(OwedBy(change.row["party"]), change.row["debtor_id"])
    return may(member, Right.CONFIRM) and debtor in speaks_for(member.duties, member.person_id or 0)


def _is_announced_by(change: Change, right: Right, member: Member, region: Region) -> bool:
    """Whether that row is of an announcement of this person's, or a word of theirs about one that went to them."""
    row = change.row
    if right is Right.ACKNOWLEDGE:
        return (
            change.table == "broadcast_part" and row["person_id"] == member.person_id and row["outbox_id"] is not None
        )
    author = (
        row["author_id"] if "author_id" in row else region.announced.authors.get(row["broadcast_id"], member.person_id)
    )
    allowed = author == member.person_id or _is_stopped_by(change, member)
    return right is Right.ANNOUNCE and may(member, right) and allowed


def _is_stopped_by(change: Change, member: Member) -> bool:
    """Whether a coordinator stops what was going: nothing else of somebody's announcement is theirs."""
    row, state = change.row, BroadcastState.CANCELLED if change.came else BroadcastState.LAUNCHED
    return Role.COORDINATOR in member.roles and change.table == "broadcast" and row["state"] == state


def _is_held_by(change: Change, member: Member) -> bool:
    """Whether that was told of by this person, of a municipality that is theirs; coordinators keep all of it."""
    own = change.row["reported_by"] == member.person_id or Role.COORDINATOR in member.roles
    return own and holds_in(member, change.row["municipality_id"])


def _is_own_form(change: Change, member: Member, region: Region) -> bool:
    """Whether these are this person's answers to a survey, or what they tell of something held."""
    mark = change.row["mark"]
    if not mark.startswith("held:"):
        return mark in region.marks.get(member.person_id or 0, ()) and _is_signed_right(change, member)
    own = mark.endswith(f":person:{member.person_id}") and change.row["person_id"] in (member.person_id, None)
    return own and may(member, Right.REPORT_HAPPENING)


def _is_signed_right(change: Change, member: Member) -> bool:
    """Whether answers are said to be this person's or, as anonymous ones, nobody's at all."""
    row = change.row
    return row["person_id"] == member.person_id if ":" in row["mark"] else not (row["person_id"] or row["changed_at"])


def _is_asked(change: Change, member: Member) -> bool:
    """Whether that place in a survey is this person's, or of a school of theirs."""
    if not may(member, Right.ANSWER_SURVEY):
        return False
    own = schools_of(member.duties) if change.row["party"] == Party.SCHOOL else [member.person_id]
    return change.row["respondent_id"] in own


_OF_WORK: dict[tuple[str, Right], Callable[[Change, Member], bool]] = {
    ("completion", Right.CONFIRM): _is_confirmed_by,
    ("survey_part", Right.ANSWER_SURVEY): _is_asked,
    ("completion", Right.REVIEW): lambda _, member: decides(member),
    ("happening", Right.ANSWER_SURVEY): _is_held_by,
    ("happening", Right.REPORT_HAPPENING): _is_held_by,
}
"""The rows of others that change by what a right allows, and by whom."""


def _is_of_stranger(change: Change, member: Member) -> bool:
    """What strangers leave behind: their own request, with its line in the audit, and a code that was not there."""
    if change.table == "audit":
        return member.is_stranger and change.came and change.row["person_id"] is None
    own = change.row.get("account_id") == member.account.account_id
    return own and change.table in ({"code_try", "join_request"} if member.is_stranger else {"code_try"})


async def _waits(tried: Tried, how: Pressed, viewer: str, region: Region, watch: Watch) -> list[str]:
    """Secrets in messages that wait for somebody who must not know them, as things stand after the try."""
    found, told = [], region.members[viewer].name if how.signed else ""
    for row in (change.row for change in tried.changes if change.table == "outbox" and change.came):
        if row["state"] != "planned":
            continue
        account = Account(row["messenger"], row["chat_id"])
        reader = await watch.desk.app.core.people.member(account, now=watch.desk.world.clock())
        secrets = region.secrets if row["group_id"] else region.hidden_from(reader)
        found += [
            f"will tell {row['chat_id']} {secret!r}"
            for secret in secrets
            if secret in row["text"] and secret not in told
        ]
    return found
