"""Texts and captions: parsed, trimmed, measured."""

from rehearsal.detecting import detected
from rehearsal.posting import Words
from rehearsal.refusals import Json, bad_request
from rehearsal.rich_text import parse_html, trimmed

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def parsed(text: str, parse_mode: str | None, entities: list[Json] | None) -> Words:
    """The words as the server would keep them. Only HTML and plain text are spoken here."""
    if not parse_mode:
        plain, found = text, list(entities or [])
    elif parse_mode.lower() == "html":
        plain, found = parse_html(text)
    elif parse_mode.lower() in {"markdown", "markdownv2"}:
        raise bad_request(f"can't parse entities: the rehearsal does not speak {parse_mode}")
    else:
        raise bad_request("unsupported parse_mode")
    plain, found = trimmed(plain, found)
    return Words(plain, tuple(detected(plain, found)))


def text_words(raw: Json, too_long: str = "message is too long") -> Words:
    """The text of a message: 1-4096 characters after the entities are parsed."""
    source = raw.get("text") or ""
    if not source:
        raise bad_request("message text is empty")
    words = parsed(source, raw.get("parse_mode"), raw.get("entities"))
    if not words.text:
        raise bad_request("text must be non-empty")
    if len(words.text) > TEXT_LIMIT:
        raise bad_request(too_long)
    return words


def caption_words(raw: Json) -> Words:
    """The caption under a file: up to 1024 characters after the entities are parsed."""
    words = parsed(raw.get("caption") or "", raw.get("parse_mode"), raw.get("caption_entities"))
    if len(words.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return words
