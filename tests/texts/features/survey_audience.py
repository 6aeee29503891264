"""Values for «Кого спрашивать»: nobody, one, and everybody by name."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from handlers.person import told
from handlers.picking import label
from tests.texts.features.survey_keeping import a_card, looks

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of every survey."""
    for looked in looks(mood):
        for count in (0, 1, 40):
            card = a_card(looked, count, mood)
            people = told(card.registry, card.registry.people * min(count, 6))
            yield {
                "card": card, "survey": looked.survey, "looked": looked, "item": looked.item, "people": people,
                "name": mood.line, "page": 1, "pages": 10, "total": count, "typed": mood.text[:200], "some": count,
                "chosen": bool(count), "text": label(mood.line), "place": mood.line,
            }  # fmt: skip
