"""Callback data: what every messenger keeps."""

import pytest

from domain.button import press


@pytest.mark.parametrize(
    ("values", "data"),
    [(("tasks",), "tasks"), (("list", "all", "-", 0), "list:all:-:0"), (("bind", 3, "ВУ"), "bind:3:ВУ")],
)
def test_the_values_are_joined_by_colons(values: tuple[str, ...], data: str) -> None:
    assert press(*values) == data


@pytest.mark.parametrize("letters", ["a" * 59, "я" * 29 + "a"])
def test_64_bytes_are_kept(letters: str) -> None:
    assert len(press("bind", letters).encode()) == 64


@pytest.mark.parametrize("letters", ["a" * 60, "я" * 30])
def test_65_bytes_are_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="too long"):
        press("bind", letters)
