"""Municipalities, organisations and schools, and a file of them that waits to be loaded."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from storage.tables.base import Instant, metadata

municipality = Table(
    "municipality",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
)

school = Table(
    "school",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("municipality_id", ForeignKey("municipality.id"), nullable=False),
    Column("name", String(300), nullable=False),
    Column("name_key", String(300), nullable=False),
    Column("address", String(300), nullable=False, server_default=""),
    Column("left_at", Instant),
    UniqueConstraint("municipality_id", "name_key"),
)

registry_draft = Table(
    "registry_draft",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("rows", JSON, nullable=False),
    Column("answers", JSON, nullable=False),
)
