"""Whose the rows of meetings are: the author's, coordinators', and of guests their own alone."""

from domain.access import Right, may
from domain.meeting import MeetingState
from domain.people import Member, Role
from tests.handlers.access.region import Region
from tests.handlers.access.watching import Change

TABLES = {
    *("meeting", "meeting_file", "meeting_guest", "meeting_slot", "calendar_feed"),
    *("broadcast", "broadcast_part", "broadcast_file"),
}
"""An invitation is an announcement."""
RIGHTS = {Right.HOLD_MEETINGS, Right.ATTEND}


def is_met_by(change: Change, right: Right, member: Member, region: Region) -> bool:
    """Whether that row is of a meeting that this person leads, or tells of nobody but themselves and their school."""
    if right is Right.ATTEND:
        return may(member, right) and _is_own(change, member, region)
    return may(member, right) and _is_led(change, member, region)


def _is_own(change: Change, member: Member, region: Region) -> bool:
    """A wish of the school that asks one's own ends with what becomes of the time it asks for; with any time the
    interview is another in calendars."""
    row, schools = change.row, {duty.school_id for duty in member.duties if duty.role is Role.SCHOOL}
    if change.table == "meeting_slot":
        asking = {region.interview.asker} if region.interview.asked in schools else set()
        return row["school_id"] in {None, *schools, *asking}
    if change.table == "meeting":
        return row["id"] == region.interview.id and not schools.isdisjoint(region.interview.schools)
    return change.table in ("meeting_guest", "calendar_feed") and row["person_id"] == member.person_id


def _is_led(change: Change, member: Member, region: Region) -> bool:
    """Of a draft its author alone; what was not there before is whoever's made it."""
    row, met = change.row, region.met
    if change.table == "meeting" and row["state"] == MeetingState.DRAFT:
        return bool(row["author_id"] == member.person_id)
    if "meeting_id" in row:
        author = met.authors.get(row["meeting_id"], member.person_id)
    elif change.table == "meeting":
        author = row["author_id"]
    else:
        author = region.announced.authors.get(row["broadcast_id"], member.person_id)
    return author == member.person_id or Role.COORDINATOR in member.roles
