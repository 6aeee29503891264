"""``GET /page/file/<id>``: what was sent, for the browser. Nothing in a file may run as a part of the page."""

from urllib.parse import quote

from aiohttp import web

from rehearsal.files import File
from rehearsal.page.pictures import picture_type
from rehearsal.world import World

_LOCKED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
}
_OGG = b"OggS"


class FileDoor:
    """Pictures and voices are shown, told by their first bytes; anything else is only downloaded."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def give(self, request: web.Request) -> web.Response:
        """The file or a range of it, so that a player can seek."""
        file = self.world.files.get(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        kind, shown = _type_of(file), "inline"
        if kind is None:
            kind, shown = "application/octet-stream", "attachment"
        headers = _LOCKED | {"Content-Type": kind, "Content-Disposition": f"{shown}; filename*=UTF-8''{_quoted(file)}"}
        try:
            asked = request.http_range
        except ValueError:
            raise web.HTTPRequestRangeNotSatisfiable from None
        if asked.start is None:
            return web.Response(body=file.data, headers=headers)
        start, end, _ = asked.indices(len(file.data))
        if start >= end:
            raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{len(file.data)}"})
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(file.data)}"
        return web.Response(status=206, body=file.data[start:end], headers=headers)


def _type_of(file: File) -> str | None:
    if file.kind == "voice":
        return "audio/ogg" if file.data.startswith(_OGG) else None
    return picture_type(file.data)


def _quoted(file: File) -> str:
    """The name as RFC 5987 writes it: no quotation mark, slash or line break can get out."""
    return quote(file.name or file.path.rpartition("/")[2], safe="")
