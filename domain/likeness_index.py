"""Names alike among thousands: what ``domain.likeness.same_person`` says, without asking it of every pair."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from domain.likeness import same_person, within_misprint, words_of
from domain.registry import name_key

_Shape = tuple[int, int]
"""How many words a name has, and how many of them are initials."""
_LONGEST = 40
"""Letters of a word in which misprints are looked for."""


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
        self._one_short: dict[str, list[str]] = defaultdict(list)
        for word in {word for there in self._with.values() for word in there if len(word) > 1}:
            for rest in _one_short(word):
                self._one_short[rest].append(word)
        self._near: dict[str, set[str]] = {}
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
        """Names of a shape with as many of these words as it takes.

        Every word of the shorter name has its own in the longer: a written-out one, or an initial that stands for it.
        A word that stands twice in the asked name is looked for once.
        """
        written = [word for word in words if len(word) > 1]
        distinct = set(written)
        needed = _written_of_shorter(_shape(words), shape) - (len(written) - len(distinct))
        found = sorted((self._having(word, shape) for word in distinct), key=len)
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

    def _near_to(self, word: str) -> set[str]:
        """Two words a misprint apart become the same one when a letter at most is left out of each."""
        if word not in self._near:
            likely = {one for rest in _one_short(word) for one in self._one_short.get(rest, ())}
            self._near[word] = {one for one in likely if within_misprint(word, one)}
        return self._near[word]


def _shape(words: list[str]) -> _Shape:
    return len(words), sum(len(word) == 1 for word in words)


def _written_of_shorter(one: _Shape, other: _Shape) -> int:
    """How many written-out words of the shorter name no initial of the longer can stand for."""
    shorter, longer = sorted((one, other))
    return shorter[0] - shorter[1] - longer[1]


def _one_short(word: str) -> set[str]:
    """The word, and what is left of it without one of its letters; one that is too long for a name only as it is."""
    places = range(len(word)) if len(word) <= _LONGEST else ()
    return {word, *(word[:place] + word[place + 1 :] for place in places)}
