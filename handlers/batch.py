"""Files that come one after another are answered with one message: «Получено 5 из 5»."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from actions.completion import FileAnswer, FileOutcome
from texts import Texts

TOGETHER = timedelta(minutes=1)
"""Files that come within it after each other are answered together; an album is, however long it takes."""
_REMARKS = 5


@dataclass(frozen=True, slots=True)
class Batch:
    """How many of the files that came together were received, and what is to be said of single ones.

    ``message`` is the id of the bot's message that tells it, ``last`` when (ISO, UTC) the latest file came. Kept beside
    the conversation's state: a restart in the middle of an album changes nothing.
    """

    total: int = 0
    kept: int = 0
    later: int = 0
    photos: int = 0
    remarks: tuple[tuple[str, str], ...] = ()
    message: int | None = None
    album: str | None = None
    last: str = ""


def read_batch(data: dict[str, Any]) -> Batch:
    """What is kept beside the state; an empty batch where nothing is."""
    kept = dict(data.get("batch") or {})
    kept["remarks"] = tuple((name, why) for name, why in kept.get("remarks", ()))
    return Batch(**kept)


def as_data(batch: Batch) -> dict[str, Any]:
    """How it is kept."""
    return asdict(batch)


def next_file(batch: Batch, album: str | None, now: datetime) -> Batch:
    """The batch that a further file belongs to: this one or a new one."""
    known = datetime.fromisoformat(batch.last) if batch.last else None
    is_same_album = album is not None and album == batch.album
    goes_on = batch.message is not None and known is not None and (is_same_album or now - known <= TOGETHER)
    found = batch if goes_on else Batch()
    return replace(found, total=found.total + 1, album=album, last=now.isoformat())


def answered(texts: Texts, batch: Batch, name: str, answer: FileAnswer, *, is_photo: bool) -> Batch:
    """With what became of the file."""
    match answer.outcome:
        case FileOutcome.REFUSED if answer.why is not None:
            why = texts.plain(answer.why.reason, **answer.why.details)
            return replace(batch, remarks=(*batch.remarks, (name, why))[-_REMARKS:])
        case FileOutcome.AGAIN:
            why = texts.plain("evidence.again")
            batch = replace(batch, remarks=(*batch.remarks, (name, why))[-_REMARKS:])
        case FileOutcome.LATER:
            batch = replace(batch, later=batch.later + 1)
    return replace(batch, kept=batch.kept + 1, photos=batch.photos + is_photo)
