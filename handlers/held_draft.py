"""What is told of something held, as it is kept beside the conversation's state until it is saved."""

from dataclasses import asdict
from datetime import date
from typing import Any

from domain.evidence import FileContent, SentFile
from domain.happening import HeldDraft, HeldFile


def as_data(draft: HeldDraft) -> dict[str, Any]:
    """How it is kept."""
    day = None if draft.day is None else draft.day.isoformat()
    return asdict(draft) | {"day": day}


def read_draft(data: dict[str, Any]) -> HeldDraft | None:
    """What is kept; ``None`` where nothing is."""
    if "item_id" not in data:
        return None
    files = tuple(
        HeldFile(SentFile(**one["sent"]), None if one["content"] is None else FileContent(**one["content"]))
        for one in data["files"]
    )
    day = None if data["day"] is None else date.fromisoformat(data["day"])
    return HeldDraft(data["item_id"], data["place"], day, data["title"], data["link"], files)
