"""Names that may be the same person or the same school, written another way. A guess to ask about, never to act on."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from domain.registry import Registered, Registry, School, name_key

ALIKE = 88
"""Of 100: how alike two names of schools are."""
MISPRINT = 1
"""Letters wrong, left out, added or swapped in a word: «Наталья» and «Наталия», but not «Анна» and «Алла»."""
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
_OF_EVERY_MUNICIPALITY = frozenset(
    ("муниципальный", "муниципальное", "образование", "городской", "округ", "город", "г", "го", "мо", "район", "р", "н")
)
"""The same of municipalities; «р-н» is two words."""


def alike_people(name: str, people: Iterable[Registered]) -> list[Registered]:
    """Whoever may be the person of that name: words in another order, a patronymic or initials, a misprint."""
    return [one for one in people if same_person(name, one.name)]


def people_meant(typed: str, registry: Registry) -> list[Registered]:
    """Whoever may be meant by what was typed: a whole name, also with a misprint, or a part of a name or a place."""
    alike = alike_people(typed, registry.people)
    known = {one.id for one in alike}
    return [*alike, *(one for one in registry.people_like(typed) if one.id not in known)]


def alike_schools(name: str, schools: Iterable[School]) -> list[School]:
    """Whichever of a municipality's schools may be the one of that name: «МБОУ СОШ № 7» and «Школа № 7»."""
    return [one for one in schools if same_school(name, one.name)]


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: every word of the shorter has its own in the longer.

    Names are not compared as wholes: three words of which one differs («Анна Ивановна», «Елена Ивановна») would pass.
    """
    words, others = words_of(one), words_of(other)
    if "".join(words) == "".join(others):  # a space forgotten
        return True
    fewest = min(len(words), len(others))
    return fewest >= 2 and alike_words(one, other) == fewest  # «Ольга» alone is every Olga


def alike_words(one: str, other: str) -> int:
    """How many words two names have in common, in any order: initials and misprints count."""
    shorter, longer = sorted((words_of(one), words_of(other)), key=len)
    count = 0
    for word in shorter:
        fitting = next((there for there in longer if _fits(word, there)), None)
        if fitting is not None:
            longer.remove(fitting)
            count += 1
    return count


def same_school(one: str, other: str) -> bool:
    """Whether two names in one municipality may be one school's. Different numbers are different schools."""
    numbers, others = _numbers(one), _numbers(other)
    if numbers and others:
        return numbers == others
    return fuzz.token_set_ratio(_telling(one), _telling(other)) >= ALIKE


def same_municipality(one: str, other: str) -> bool:
    """Whether two names may be one municipality's: «Южский р-н» and «Южский муниципальный район»."""
    own, others = _telling(one, _OF_EVERY_MUNICIPALITY), _telling(other, _OF_EVERY_MUNICIPALITY)
    return _numbers(one) == _numbers(other) and fuzz.ratio(own, others) >= ALIKE


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return re.findall(r"\w+", name_key(name))


def _fits(word: str, other: str) -> bool:
    """The same word, its initial, or a misprint of it."""
    if 1 in (len(word), len(other)):
        return word[0] == other[0]
    return word == other or (min(len(word), len(other)) >= _LONG and within_misprint(word, other))


def within_misprint(one: str, other: str) -> bool:
    """Whether they differ by a misprint at most."""
    return OSA.distance(one, other, score_cutoff=MISPRINT) <= MISPRINT


@lru_cache(4096)
def _numbers(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", name))


@lru_cache(4096)
def _telling(name: str, common: frozenset[str] = _OF_EVERY_SCHOOL) -> str:
    """What tells a school, or a municipality, from others; the whole name where nothing does."""
    return " ".join(word for word in words_of(name) if word not in common) or name_key(name)
