"""What was confirmed, with what, and what became of it."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import Instant, metadata

completion = Table(
    "completion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.id"), nullable=False),
    Column("party", String(20), nullable=False),
    Column("debtor_id", Integer, nullable=False),  # of a school, a municipality or a person; 0 of the executors
    Column("state", String(12), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("sent_by", ForeignKey("person.id")),
    Column("decided_at", Instant),
    Column("decided_by", ForeignKey("person.id")),
    UniqueConstraint("item_id", "party", "debtor_id"),
    Index("ix_completion_state", "state"),
)

completion_step = Table(
    "completion_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("completion_id", ForeignKey("completion.id"), nullable=False, index=True),
    Column("step", String(12), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("comment", Text, nullable=False),
)

stored_file = Table(
    "stored_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("mime", String(100), nullable=False),
    Column("path", String(200), nullable=False),
    Column("kept_at", Instant, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("completion_id", ForeignKey("completion.id"), index=True),
    Column("happening_id", ForeignKey("happening.id"), index=True),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("day", Date),
    Column("name", String(200), nullable=False),
    Column("file_id", ForeignKey("stored_file.id"), index=True),
    Column("messenger", String(20), nullable=False),
    Column("remote_id", String(200), nullable=False),
    Column("is_photo", Boolean, nullable=False),
    Column("source", String(100)),  # the message it came with: the same message again adds nothing
    Column("added_by", ForeignKey("person.id"), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant),
    UniqueConstraint("completion_id", "source"),
    UniqueConstraint("happening_id", "source"),
)

exemption = Table(
    "exemption",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.id"), nullable=False),
    Column("party", String(20), nullable=False),
    Column("debtor_id", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_by", ForeignKey("person.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("item_id", "party", "debtor_id"),
)

happening = Table(
    "happening",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.id"), nullable=False, index=True),
    Column("municipality_id", ForeignKey("municipality.id")),
    Column("day", Date, nullable=False),
    Column("title", String(300), nullable=False),
    Column("link", String(500), nullable=False),
    Column("reported_by", ForeignKey("person.id"), nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("removed_at", Instant),
)

told_number = Table(
    "told_number",
    metadata,
    Column("item_id", ForeignKey("item.id"), primary_key=True),
    Column("done", Integer, nullable=False),
    Column("of", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("told_by", ForeignKey("person.id"), nullable=False),
    Column("told_at", Instant, nullable=False),
)
