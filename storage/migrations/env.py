"""Alembic's entry: runs on the connection it is given (storage/migrate.py)."""

from typing import Any, Literal

from alembic import context

from storage.tables import Instant, metadata


def _written(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """A migration says what a column was, in SQLAlchemy's own types: it outlives ours."""
    return "sa.DateTime()" if kind == "type" and isinstance(value, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_written,
    transactional_ddl=False,
)
context.run_migrations()
