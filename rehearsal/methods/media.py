"""Files in a request: uploaded with it, or sent again by an id the bot already has."""

from typing import Any

from rehearsal.messages import Media
from rehearsal.methods.registry import Call, Upload
from rehearsal.refusals import bad_request

WRONG_FILE = "wrong file identifier/HTTP URL specified"


def photo(call: Call[Any], given: str) -> Media:
    upload = _upload(call, given)
    return call.world.files.photo(upload.data, upload.name) if upload else _again(call, given, "photo")


def document(call: Call[Any], given: str) -> Media:
    upload = _upload(call, given)
    if upload is None:
        return _again(call, given, "document")
    return call.world.files.document(upload.data, upload.name, upload.mime)


def voice(call: Call[Any], given: str, seconds: int) -> Media:
    upload = _upload(call, given)
    return call.world.files.voice(upload.data, seconds) if upload else _again(call, given, "voice")


def _upload(call: Call[Any], given: str) -> Upload | None:
    if not given.startswith("attach://"):
        return None
    upload = call.uploads.get(given.removeprefix("attach://"))
    if upload is None:
        raise bad_request(WRONG_FILE)
    return upload


def _again(call: Call[Any], given: str, kind: str) -> Media:
    """The same file once more. Addresses are not fetched: the rehearsal never leaves the machine."""
    file = call.world.files.get(given)
    if file is None:
        raise bad_request("failed to get HTTP URL content" if given.startswith("http") else WRONG_FILE)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file.media()
