"""Back from text with entities to safe HTML, for the page and for reading in tests."""

from html import escape

from rehearsal.refusals import Json

TAG_OF_KIND = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip


def render_html(text: str, entities: list[Json]) -> str:
    """Safe HTML of a message: everything escaped, only Telegram's tags, nested entities nested."""
    if not entities:
        return escape(text, quote=False)
    units = text.encode("utf-16-le")
    return _render(units, sorted(entities, key=lambda e: (e["offset"], -e["length"])), 0, len(units) // 2)


def _render(units: bytes, entities: list[Json], begin: int, end: int) -> str:
    out, at = [], begin
    rest = list(entities)
    while rest:
        entity = rest.pop(0)
        start, stop = entity["offset"], min(entity["offset"] + entity["length"], end)
        if start < at:
            continue
        inner = [e for e in rest if e["offset"] < stop]
        rest = rest[len(inner) :]
        out.append(_plain(units, at, start))
        opening, closing = _tags(entity)
        out.append(f"{opening}{_render(units, inner, start, stop)}{closing}")
        at = stop
    out.append(_plain(units, at, end))
    return "".join(out)


def _plain(units: bytes, begin: int, end: int) -> str:
    return escape(units[2 * begin : 2 * end].decode("utf-16-le", "replace"), quote=False)


def _tags(entity: Json) -> tuple[str, str]:
    if entity["type"] == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    tag = TAG_OF_KIND.get(entity["type"])
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
