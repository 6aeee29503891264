"""A school's own documents, the risks it works on, and what was remarked on them."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import Instant, metadata

risk_factor = Table(
    "risk_factor",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),
    Column("ended_at", Instant),
)

school_risk = Table(
    "school_risk",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("risk_factor_id", ForeignKey("risk_factor.id"), primary_key=True),
)

school_document = Table(
    "school_document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("risk_factor_id", Integer, nullable=False),  # 0 where the kind is no programme against a risk
    Column("state", String(12), nullable=False),
    Column("link", String(500), nullable=False),
    Column("file_id", ForeignKey("stored_file.id")),
    Column("name", String(200), nullable=False),
    Column("messenger", String(20), nullable=False),
    Column("remote_id", String(200), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", ForeignKey("person.id")),
    UniqueConstraint("school_id", "kind", "risk_factor_id"),
)

remark = Table(
    "remark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False, index=True),
    Column("document_id", ForeignKey("school_document.id")),
    Column("item_id", ForeignKey("item.id")),
    Column("visit_id", ForeignKey("visit.id")),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("author_id", ForeignKey("person.id")),
    Column("at", Instant, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", ForeignKey("person.id")),
    Column("answered_at", Instant),
    Column("fixed_at", Instant),
    Column("fixed_by", ForeignKey("person.id")),
    Column("placed_at", Instant),
    Column("placed_by", ForeignKey("person.id")),
    Column("corrected_at", Instant),
)
