"""Values for evidence: every kind of piece, files with and without a copy."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.evidence import Evidence, EvidenceKind, KeptFile
from handlers.batch import Batch
from texts import Texts

if TYPE_CHECKING:
    from tests.texts.values import Mood

_WHY = ("program", "macros", "archive", "unknown-kind", "empty-file")


def pieces(mood: "Mood") -> list[Evidence]:
    """The longest first: thirty of them."""
    kept = KeptFile(1, "0" * 64, 20 * 1024 * 1024, "application/pdf", "00/00/0")
    file = Evidence(1, EvidenceKind.FILE, mood.line, None, mood.line[:120], kept)
    rest = [
        Evidence(2, EvidenceKind.FILE, "", None, mood.line[:120]),
        Evidence(3, EvidenceKind.FILE, mood.line, None, "", kept, is_photo=True),
        Evidence(4, EvidenceKind.LINK, "https://школа.рф/" + "ы" * 400),
        Evidence(5, EvidenceKind.TEXT, mood.text),
        Evidence(6, EvidenceKind.ORDER, mood.line[:60], date(2022, 3, 12)),
    ]
    return [*[file] * 20, *rest, *rest]


def a_batch(mood: "Mood") -> Batch:
    """Files that came together, several of them bad."""
    texts = Texts()
    remarks = tuple((mood.line, texts.plain(f"evidence.{why}")) for why in _WHY)
    return Batch(total=10, kept=5, later=5, photos=5, remarks=remarks)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Each piece by itself, a whole page of them, what came together."""
    shown = pieces(mood)
    for one in shown if name == "piece" else shown[19:26]:
        yield {
            "one": one,
            "pieces": list(enumerate(shown[:15], 1)),
            "batch": a_batch(mood),
            "photo": one.is_photo,
            "waits": True,
            "why": Texts().plain("evidence.unknown-kind"),
            "name": mood.line,
            "number": 30,
            "limit": 30,
            "day": date(2022, 3, 12),
        }
    yield {
        "one": shown[0],
        "pieces": [],
        "batch": Batch(1, 1),
        "photo": True,
        "waits": False,
        "why": Texts().plain("evidence.empty-file"),
        "name": "",
        "number": 1,
        "limit": 20,
        "day": date(2022, 3, 12),
    }
