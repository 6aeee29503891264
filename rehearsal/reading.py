"""What came in a request: parameters and files, whatever they were packed in."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.multipart import MultipartResponseWrapper

from rehearsal.methods.registry import Upload
from rehearsal.refusals import Json, bad_request

MOST_BYTES = 60 * 1024 * 1024


@dataclass(slots=True)
class Received:
    fields: Json
    uploads: dict[str, Upload] = field(default_factory=dict)


async def received(request: web.Request) -> Received:
    """Parameters from the address, a form, a multipart form or a JSON body."""
    fields: Json = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if kind.startswith("multipart/"):
        found = await parts(MultipartReader(request.headers, request.content))
        return Received(fields | found.fields, found.uploads)
    body = await request.read()
    if kind == "application/json":
        return Received(fields | _object(body))
    if kind == "application/x-www-form-urlencoded":
        return Received(fields | dict(parse_qsl(body.decode(), keep_blank_values=True)))
    return Received(fields)


def _object(body: bytes) -> Json:
    try:
        found: Any = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(found, dict):
        raise bad_request("request body must be a JSON object")
    return found


async def parts(reader: MultipartReader | MultipartResponseWrapper) -> Received:
    """Fields and files of a multipart body; over 60 MB it is refused as a whole."""
    got = Received({})
    size = 0
    async for part in reader:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        size += len(data)
        if size > MOST_BYTES:
            raise web.HTTPRequestEntityTooLarge(MOST_BYTES, size)
        if part.filename is None:
            got.fields[part.name] = data.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            got.uploads[part.name] = Upload(part.filename, mime, data)
    return got
