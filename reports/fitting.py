"""How much room a text takes in «Times New Roman», reckoned a little too wide: what is said to fit does fit."""

from functools import lru_cache
from typing import Final

from reports.cells import fit_for_xml

_CLASSES: Final = {
    0.28: " ,.'|il/\\",
    0.35: "jtfI!()-[]`:;",
    0.42: "гзsJr",
    0.5: 'авеёстьэяacez?“”„^{}"',
    0.56: "0123456789#$*_«»–~",
    0.62: "FPSELTZРБЬГЕЁЗТ",
    0.7: "жмфыЧЭBCR+<=>",
    1.06: "ЖМШЩЫЮMW%@№—…",
}
"""Width in heights of the letters → characters as wide at most."""
_KNOWN: Final = {letter: width for width, letters in _CLASSES.items() for letter in letters}
_NARROWEST: Final = min(_CLASSES)
_SMALL, _CAPITAL, _OTHER = 0.56, 0.8, 1.4
_WIDE_SMALL: Final = frozenset("шщюwm")
_BOLD: Final = 1.15


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points across of a text in letters of ``size`` points."""
    return sum(map(_of_letter, text)) * size * (_BOLD if bold else 1)


@lru_cache(4096)
def _of_letter(letter: str) -> float:
    if (known := _KNOWN.get(letter)) is not None:
        return known
    if not ("A" <= letter <= "z" or "А" <= letter <= "я"):
        return _OTHER
    return _CAPITAL if letter.isupper() or letter in _WIDE_SMALL else _SMALL


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines of ``room`` points it takes, at least one."""
    return len(_ends(text, room, size, bold=bold))


def fitted(text: str, room: float, size: float, most: int, *, bold: bool = False) -> str:
    """The text on as many lines as it needs and ``most`` at most, cut at a word with an ellipsis."""
    whole = " ".join(fit_for_xml(text).split())
    whole = whole[: int(most * room / (size * _NARROWEST)) + 2]  # more than its lines can hold
    ends = _ends(whole, room, size, bold=bold)
    if len(ends) <= most:
        return whole
    kept = whole[: ends[most - 1]]
    while kept and lines(f"{kept}…", room, size, bold=bold) > most:
        shorter, _, word = kept.rpartition(" ")
        kept = shorter if shorter and len(word) < len(kept) / 2 else kept[:-1]
    return kept.rstrip(" ,;:—–") + "…"


def _ends(text: str, room: float, size: float, *, bold: bool) -> list[int]:
    """Where each line ends: words go to the next line whole, one wider than a line is broken anywhere."""
    ends: list[int] = []
    place, used = 0, 0.0
    space = width(" ", size, bold=bold)
    for word in text.split(" "):
        wide = width(word, size, bold=bold)
        if used and used + space + wide > room:
            ends.append(place)
            used = 0.0
        elif used:
            used += space
        for letter, letter_wide in _pieces(word, wide, room, size, bold=bold):
            if used and used + letter_wide > room:
                ends.append(place)
                used = 0.0
            place += len(letter)
            used += letter_wide
        place += 1
    return [*ends, len(text)]


def _pieces(word: str, wide: float, room: float, size: float, *, bold: bool) -> list[tuple[str, float]]:
    return [(word, wide)] if wide <= room else [(letter, width(letter, size, bold=bold)) for letter in word]
