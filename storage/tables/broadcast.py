"""Announcements: what is said, to whom it went, who acknowledged it."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from storage.tables.base import Instant, metadata

_IS_OWED = text("owed IS NOT NULL")

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("author_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("meeting_id", ForeignKey("meeting.id"), index=True),  # whose invitation it is
    Column("text", Text, nullable=False),
    Column("circle", JSON, nullable=False),
    Column("asks_ack", Boolean, nullable=False),
    Column("is_quiet", Boolean, nullable=False),
    Column("timing", String(8), nullable=False),
    Column("at", Instant),
    Column("state", String(12), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("start", Instant),
    Column("launched_at", Instant),
    Column("corrected_at", Instant),
    Column("removed_at", Instant),
    Column("rounds", Integer, nullable=False),  # how often it was set going
    Column("progress_message", String(64)),  # the author's message that is edited while it runs
    Column("progress_done", Boolean, nullable=False),  # its end was told
)

broadcast_file = Table(
    "broadcast_file",
    metadata,
    Column("broadcast_id", ForeignKey("broadcast.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("file_id", ForeignKey("stored_file.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("messenger", String(20), nullable=False),
    Column("remote_id", String(200), nullable=False),
    Column("is_photo", Boolean, nullable=False),
    Column("source", String(100), nullable=False),  # the message it came with
)

broadcast_part = Table(
    "broadcast_part",
    metadata,
    Column("broadcast_id", ForeignKey("broadcast.id"), primary_key=True),
    Column("recipient", String(40), primary_key=True),
    Column("person_id", ForeignKey("person.id")),
    Column("group_id", ForeignKey("group_chat.id")),
    Column("silence", String(12)),  # why nothing was written to them
    Column("outbox_id", ForeignKey("outbox.id"), index=True),  # the latest attempt
    Column("acked_at", Instant),
    Column("owed", String(12)),  # what is still to be put into the outbox for them
    Index("ix_broadcast_part_person_id", "person_id"),
    Index("ix_broadcast_part_owed", "broadcast_id", sqlite_where=_IS_OWED, postgresql_where=_IS_OWED),
    sqlite_with_rowid=False,
)
