"""Names alike among thousands: what ``domain.likeness.same_person`` says, without asking it of every pair."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.likeness import MISPRINT, same_person, words_of
from domain.registry import name_key

_Shape = tuple[int, int]
"""How many words a name has, and how many of them are initials or repeat another."""


class NamesLike:
    """Asked many times over the same names. Two that share no written-out word, misprints included, are not alike."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys = sorted({name_key(name) for name in names})
        self._with: dict[_Shape, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._letters: dict[str, set[int]] = defaultdict(set)
        for place, key in enumerate(self._keys):
            words = words_of(key)
            self._letters["".join(words)].add(place)
            for word in words:
                self._with[_shape(words)][word].add(place)
        self._written_out = sorted({word for there in self._with.values() for word in there if len(word) > 1})
        self._near: dict[str, list[str]] = {}
        self._places: dict[tuple[_Shape, str], set[int]] = {}

    def like(self, name: str) -> list[str]:
        """The keys of those that may be the same person's, in their order; the name itself is not one of them."""
        key = name_key(name)
        words = words_of(key)
        likely = set(self._letters.get("".join(words), ()))
        for shape in self._with:
            likely |= self._sharing(words, shape)
        others = (self._keys[place] for place in sorted(likely))
        return [other for other in others if other != key and same_person(key, other)]

    def _sharing(self, words: list[str], shape: _Shape) -> set[int]:
        """Names of a shape with as many of these words as it takes: an initial may stand for any."""
        own = _shape(words)
        needed = min(own[0], shape[0]) - own[1] - shape[1]
        found = sorted((self._having(word, shape) for word in set(words) if len(word) > 1), key=len)
        if not found:
            return set()
        if needed >= len(found):
            return set.intersection(*found)
        shared = Counter(place for places in found for place in places)
        return {place for place, count in shared.items() if count >= needed}

    def _having(self, word: str, shape: _Shape) -> set[int]:
        """Names of a shape with that word or a misprint of it."""
        if (shape, word) not in self._places:
            there = self._with[shape]
            self._places[shape, word] = {place for near in self._near_to(word) for place in there.get(near, ())}
        return self._places[shape, word]

    def _near_to(self, word: str) -> list[str]:
        if word not in self._near:
            near = process.extract(word, self._written_out, scorer=OSA.distance, score_cutoff=MISPRINT, limit=None)
            self._near[word] = [one for one, *_ in near]
        return self._near[word]


def _shape(words: list[str]) -> _Shape:
    return len(words), len(words) - len({word for word in words if len(word) > 1})
