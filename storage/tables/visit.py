"""Visits of curators: planned, moved, reported and reviewed; what was agreed on in them."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import Instant, metadata

visit = Table(
    "visit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False, index=True),
    Column("curator_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("day", Date, index=True),  # the approved one
    Column("proposed_day", Date),
    Column("proposal", String(12)),
    Column("proposal_why", Text, nullable=False),  # why it is to be moved
    Column("proposal_comment", Text, nullable=False),  # why it was returned
    Column("sent_at", Instant),
    Column("wished_day", Date),
    Column("wished_why", Text, nullable=False),
    Column("wished_by", ForeignKey("person.id")),
    Column("missed_on", Date),
    Column("missed_why", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("cancelled_at", Instant),
)

visit_step = Table(
    "visit_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("visit_id", ForeignKey("visit.id"), nullable=False, index=True),
    Column("step", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("day", Date),
    Column("words", Text, nullable=False),
)

visit_report = Table(
    "visit_report",
    metadata,
    Column("visit_id", ForeignKey("visit.id"), primary_key=True),
    Column("state", String(12), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("form", Text, nullable=False),  # as it was asked: JSON
    Column("first_sent_at", Instant, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("sent_by", ForeignKey("person.id")),
    Column("times", Integer, nullable=False),  # how often it was sent or changed: what a reviewer has seen
    Column("decided_at", Instant),
    Column("decided_by", ForeignKey("person.id")),
    Column("comment", Text, nullable=False),
)

visit_change = Table(
    "visit_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("visit_id", ForeignKey("visit.id"), nullable=False, index=True),
    Column("question", String(16), nullable=False),
    Column("before", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("person.id")),
)

agreed_action = Table(
    "agreed_action",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("visit_id", ForeignKey("visit.id"), nullable=False, index=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("until", Date, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("done_by", ForeignKey("person.id")),
    Column("dropped_at", Instant),
    Index("ix_agreed_action_school_id_until", "school_id", "until"),
)
