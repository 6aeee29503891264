"""Names that may be the same person or the same school, written another way. A guess to ask about, never to act on."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from domain.registry import Registered, School, name_key

ALIKE = 88
"""Of 100: «Наталья» and «Наталия Соловьёва» reach it, «Ольга» and «Олег» do not."""
_LONG = 4
"""Letters of a word in which a misprint is still a misprint and not another word."""
_OF_EVERY_SCHOOL = frozenset(
    (
        *("муниципальное", "государственное", "бюджетное", "казенное", "автономное", "учреждение"),
        *("образовательное", "общеобразовательное", "общеобразовательная", "школа", "средняя", "основная", "начальная"),
        *("мбоу", "мкоу", "маоу", "моу", "мобу", "гбоу", "огбоу"),
        *("сош", "мсош", "мксош", "оош", "нош", "сш", "ош", "имени", "им"),
    )
)
"""Words that tell no school from another, as ``name_key`` writes them."""


def alike_people(name: str, people: Iterable[Registered]) -> list[Registered]:
    """Whoever may be the person of that name: words in another order, a patronymic or initials, a misprint."""
    return [one for one in people if same_person(name, one.name)]


def alike_schools(name: str, schools: Iterable[School]) -> list[School]:
    """Whichever of a municipality's schools may be the one of that name: «МБОУ СОШ № 7» and «Школа № 7»."""
    return [one for one in schools if same_school(name, one.name)]


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's."""
    if fuzz.token_sort_ratio(name_key(one), name_key(other)) >= ALIKE:
        return True
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    if len(shorter) < 2:  # «Ольга» alone is every Olga
        return False
    for word in shorter:
        fitting = next((there for there in longer if _fits(word, there)), None)
        if fitting is None:
            return False
        longer.remove(fitting)
    return True


def same_school(one: str, other: str) -> bool:
    """Whether two names in one municipality may be one school's. Different numbers are different schools."""
    numbers, others = _numbers(one), _numbers(other)
    if numbers and others:
        return numbers == others
    return fuzz.token_set_ratio(_telling(one), _telling(other)) >= ALIKE


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name_key(name))


def _fits(word: str, other: str) -> bool:
    """The same word, its initial, or a misprint of it."""
    if 1 in (len(word), len(other)):
        return word[0] == other[0]
    return word == other or (min(len(word), len(other)) >= _LONG and fuzz.ratio(word, other) >= ALIKE)


def _numbers(name: str) -> set[str]:
    return set(re.findall(r"\d+", name))


def _telling(name: str) -> str:
    """What tells a school from others; the whole name where nothing does."""
    return " ".join(word for word in _words(name) if word not in _OF_EVERY_SCHOOL) or name_key(name)
