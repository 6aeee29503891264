"""Long lists of buttons, a page at a time: a keyboard has eight rows at most (messengers.md)."""

from collections.abc import Callable, Sequence

from domain.button import Button
from texts import Texts

PAGE = 6
"""Rows of a page: one more turns it, and one leads back."""

Row = tuple[Button, ...]


def paged(texts: Texts, rows: Sequence[Row], page: int, turn: Callable[[int], str]) -> tuple[Row, ...]:
    """The rows of a page and the row that turns it; ``turn`` gives the callback data of another page.

    A page that is not there (any more) is the nearest one.
    """
    last = max(0, (len(rows) - 1) // PAGE)
    page = min(max(page, 0), last)
    turns = []
    if page > 0:
        turns.append(Button(texts.plain("menu.button-page-before"), turn(page - 1)))
    if page < last:
        turns.append(Button(texts.plain("menu.button-page-after"), turn(page + 1)))
    shown = tuple(rows[page * PAGE : (page + 1) * PAGE])
    return (*shown, tuple(turns)) if turns else shown
