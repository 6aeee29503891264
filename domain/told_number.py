"""A number that the coordinator tells as a whole: «83 из 92», until it is counted by itself."""

import re

from domain.refusal import Refusal

MOST = 100_000
_NUMBERS = re.compile(r"\D*([0-9]{1,9})(?:\D+([0-9]{1,9}))?\D*")


def number_of(typed: str, of: int) -> tuple[int, int]:
    """How many people, of how many; of ``of`` where only one number was typed.

    Raises ``Refusal`` for what is no number, for more than there are, and for nobody of nobody.
    """
    found = _NUMBERS.fullmatch(typed)
    if found is None or "%" in typed or "-" in typed:
        raise Refusal("told_number.no-number")
    done, whole = int(found[1]), int(found[2] or of)
    if not 0 < whole <= MOST:
        raise Refusal("told_number.nobody" if whole == 0 else "told_number.too-many", limit=MOST)
    if done > whole:
        raise Refusal("told_number.more-than-all", done=done, of=whole)
    return done, whole
