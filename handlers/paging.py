"""Long lists, a page at a time: a keyboard has eight rows at most (messengers.md)."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.button import Button
from texts import Texts

PAGE = 6
"""Rows of a page: one more turns it, and one leads back."""

Row = tuple[Button, ...]
Listed = TypeVar("Listed")


def paged(
    texts: Texts, rows: Sequence[Row], page: int, turn: Callable[[int], str], size: int = PAGE
) -> tuple[Row, ...]:
    """The rows of a page and the row that turns it; ``turn`` gives the callback data of another page.

    A page that is not there (any more) is the nearest one.
    """
    turns = turning(texts, len(rows), page, turn, size)
    shown = tuple(on_page(rows, page, size)[0])
    return (*shown, turns) if turns else shown


def on_page(listed: Sequence[Listed], page: int, size: int = PAGE) -> tuple[Sequence[Listed], int, int]:
    """What stands on a page or on the nearest one, its number from 1 on, and how many there are."""
    page, last = _within(len(listed), page, size)
    return listed[page * size : (page + 1) * size], page + 1, last + 1


def turning(texts: Texts, count: int, page: int, turn: Callable[[int], str], size: int = PAGE) -> Row:
    """The buttons that turn the page of a list; none where there is one page."""
    page, last = _within(count, page, size)
    turns = []
    if page > 0:
        turns.append(Button(texts.plain("menu.button-page-before"), turn(page - 1)))
    if page < last:
        turns.append(Button(texts.plain("menu.button-page-after"), turn(page + 1)))
    return tuple(turns)


def _within(count: int, page: int, size: int) -> tuple[int, int]:
    last = max(0, (count - 1) // size)
    return min(max(page, 0), last), last
