"""Meetings: what they are, who is invited and came, the times of schools, who has a calendar feed."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import Instant, metadata

meeting = Table(
    "meeting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("author_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("item_id", ForeignKey("item.id"), index=True),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, index=True),
    Column("minutes", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("changes", Integer, nullable=False),  # after it was called: SEQUENCE
    Column("slot_minutes", Integer),  # an interview: each school at a time of its own
    Column("slot_break", Integer, nullable=False),  # minutes between two
    Column("code", String(8), nullable=False),  # of the open door; empty where a button opens it
    Column("door_opens", Instant),
    Column("door_closes", Instant),
    Column("made_at", Instant, nullable=False),
    Column("called_at", Instant),
    Column("cancelled_at", Instant),
    Column("cancelled_why", Text, nullable=False),
    Column("minutes_text", Text, nullable=False),  # what was decided, in words
    Column("held_at", Instant),
)

meeting_file = Table(
    "meeting_file",
    metadata,
    Column("meeting_id", ForeignKey("meeting.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("paper", String(12), nullable=False),  # sent with the invitation, or with the minutes
    Column("file_id", ForeignKey("stored_file.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("messenger", String(20), nullable=False),
    Column("remote_id", String(200), nullable=False),
    Column("is_photo", Boolean, nullable=False),
    Column("source", String(100), nullable=False),  # the message it came with
)

meeting_guest = Table(
    "meeting_guest",
    metadata,
    Column("meeting_id", ForeignKey("meeting.id"), primary_key=True),
    Column("recipient", String(40), primary_key=True),
    Column("person_id", ForeignKey("person.id")),
    Column("group_id", ForeignKey("group_chat.id")),
    Column("invited_at", Instant),  # none of whoever came without having been invited
    Column("coming", String(8)),
    Column("why", Text, nullable=False),
    Column("other", Text, nullable=False),  # who comes instead
    Column("answered_at", Instant),
    Column("came_at", Instant),
    Column("came_by", String(8)),
    Column("tries", Integer, nullable=False),  # wrong codes
    Index("ix_meeting_guest_person_id", "person_id"),
    sqlite_with_rowid=False,
)

meeting_slot = Table(
    "meeting_slot",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meeting.id"), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("school_id", ForeignKey("school.id")),
    Column("taken_by", ForeignKey("person.id")),
    Column("taken_at", Instant),
    Column("wants_id", ForeignKey("meeting_slot.id")),  # whose time this school has asked to have instead
    Column("wanted_by", ForeignKey("person.id")),
    Column("wanted_at", Instant),
    UniqueConstraint("meeting_id", "starts_at"),
    UniqueConstraint("meeting_id", "school_id"),  # no school has two; several free ones have none
)

calendar_feed = Table(
    "calendar_feed",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
)
