"""Who did what and when. Rows are only ever added."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from storage.tables.base import Instant, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("person_id", ForeignKey("person.id"), index=True),
    Column("deed", String(40), nullable=False),
    Column("about", JSON, nullable=False),
)
