"""Names alike among thousands: what ``domain.likeness.same_person`` says, without asking it of every pair."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.likeness import MISPRINT, same_person
from domain.registry import name_key


class NamesLike:
    """Asked many times over the same names. Two that share no written-out word, misprints included, are not alike."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys = sorted({name_key(name) for name in names})
        self._words = [_words(key) for key in self._keys]
        self._shapes = [_shape(words) for words in self._words]
        self._with: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in set(words):
                self._with[word].append(place)
        self._written_out = [word for word in self._with if len(word) > 1]
        self._near: dict[str, list[str]] = {}

    def like(self, name: str) -> list[str]:
        """The keys of those that may be the same person's, in their order; the name itself is not one of them."""
        key = name_key(name)
        words = _words(key)
        needed = {shape: _needed(_shape(words), shape) for shape in set(self._shapes)}
        shapes = self._shapes
        places = [place for place, shared in self._sharing(words).items() if shared >= needed[shapes[place]]]
        return [
            other
            for other in (self._keys[place] for place in sorted(places))
            if other != key and same_person(key, other)
        ]

    def _sharing(self, words: list[str]) -> Counter[int]:
        """Place of a name → how many of these words it has."""
        found: Counter[int] = Counter()
        for word in set(words):
            for near in self._near_to(word):
                found.update(self._with[near])
        return found

    def _near_to(self, word: str) -> list[str]:
        if len(word) < 2:
            return []
        if word not in self._near:
            near = process.extract(word, self._written_out, scorer=OSA.distance, score_cutoff=MISPRINT, limit=None)
            self._near[word] = [one for one, *_ in near]
        return self._near[word]


def _words(key: str) -> list[str]:
    return re.findall(r"\w+", key)


def _shape(words: list[str]) -> tuple[int, int]:
    """How many words, and how many of them are initials."""
    return len(words), sum(len(word) == 1 for word in words)


def _needed(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Every word of the shorter name has to be shared: an initial may stand for any, a forgotten space joins two."""
    fewest = min(one[0], other[0]) - (one[0] != other[0])
    return fewest - one[1] - other[1]
