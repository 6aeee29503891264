"""Who may do what, as a Markdown table: what stands in the docs is what the actions check."""

from collections.abc import Iterator

from domain.access import TABLE, Right
from domain.people import Role
from texts import Texts


def as_markdown(texts: Texts) -> Iterator[str]:
    """A row a right, a column a role; a cell says whose things it is about, empty where it is not given."""
    yield texts.plain("rights.heading")
    yield ""
    yield _row([texts.plain("rights.what"), *(texts.plain(f"rights.role-{role}") for role in Role)])
    yield _row(["---"] * (len(Role) + 1))
    for right in Right:
        yield _row([texts.plain(f"rights.{right}"), *(_cell(right, role, texts) for role in Role)])
    yield ""
    yield texts.plain("rights.footnote")


def _cell(right: Right, role: Role, texts: Texts) -> str:
    whose = TABLE[right].get(role)
    return texts.plain(f"rights.whose-{whose}") if whose else ""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
