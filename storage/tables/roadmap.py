"""Roadmaps, their items and what was changed in them. Deadlines are dates, small lists are JSON."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import Instant, metadata

roadmap = Table(
    "roadmap",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(40), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("region", String(200), nullable=False),
    Column("order_number", String(100), nullable=False),
    Column("order_date", Date, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("executors", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("loaded_at", Instant, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("roadmap_id", ForeignKey("roadmap.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("short_title", String(200), nullable=False),
    Column("deadline_text", String(200), nullable=False),
    Column("deadline_kind", String(20), nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("exact", Boolean, nullable=False),
    Column("held_on", Date),
    Column("executors", JSON, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("threshold", JSON),
    Column("channels", JSON, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("owed_by", String(20), nullable=False),
    Column("reviewed_by", JSON, nullable=False, server_default="[]"),
    Column("flags", JSON, nullable=False),
    Column("corrected", JSON, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", ForeignKey("person.id")),
    Column("closing_note", Text, nullable=False, default=""),
    UniqueConstraint("roadmap_id", "number"),
)

item_change = Table(
    "item_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("field", String(40), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("note", Text, nullable=False),
)
