"""Files on their way into a chat: ``POST /page/upload``. Names and contents come from anybody."""

import mimetypes
import re
import unicodedata
from base64 import b64decode, b64encode
from pathlib import PurePosixPath

from aiohttp import BodyPartReader, web

from rehearsal.files import DOWN_LIMIT, PHOTO_LIMIT
from rehearsal.page.action import Action, NotDoneError
from rehearsal.page.asking import Asked
from rehearsal.page.pictures import picture_type
from rehearsal.refusals import Json
from rehearsal.world import World

MOST_FILES = 10
LONGEST_CAPTION = 1024
LONGEST_NAME = 120
_LONGEST_ENDING = 12
_CHUNK = 256 * 1024
_IDS = ("person", "chat", "reply_to")


class UploadActions:
    """Photos sent together are one album, anything else goes one by one as a document. The limits are Telegram's."""

    def __init__(self, world: World) -> None:
        self.world = world

    def table(self) -> dict[str, Action]:
        """The actions by their names."""
        return {"upload": self.upload}

    async def upload(self, asked: Json) -> Json:
        """``{"person": id, "chat": id, "kind": "photo" | "document", "caption": "", "files": [{"name", "data"}]}``

        ``data`` is Base64: what a form has brought is written down like any other step.
        """
        step = Asked(self.world, asked)
        chat, caption = step.own_chat, str(asked.get("caption", "")).strip()
        files = [(clean_name(str(file["name"])), b64decode(file["data"])) for file in asked["files"]]
        if not 1 <= len(files) <= MOST_FILES or len(caption) > LONGEST_CAPTION:
            raise ValueError("1-10 files with a caption of up to 1024 characters")
        if asked["kind"] == "photo":
            _check(files, PHOTO_LIMIT, "photo")
            pictures = [data for _, data in files]
            if len(files) > 1:
                step.person.sends_album(pictures, chat, caption)
            else:
                step.person.sends_photo(pictures[0], chat, caption)
        else:
            _check(files, DOWN_LIMIT, "file")
            for number, (name, data) in enumerate(files):
                mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
                step.person.sends_document(data, name, chat, "" if number else caption, mime)
        return {}


def _check(files: list[tuple[str, bytes]], limit: int, kind: str) -> None:
    """Everything is refused before anything is sent."""
    for name, data in files:
        if not data:
            raise NotDoneError("empty-file", name=name)
        if len(data) > limit:
            raise NotDoneError(f"big-{kind}", name=name)
        if kind == "photo" and picture_type(data) is None:
            raise NotDoneError("not-picture", name=name)


def clean_name(name: str) -> str:
    """The last part of a path without what is invisible or turns the writing round; long ones keep their ending."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    if len(shown) > LONGEST_NAME:
        ending = PurePosixPath(shown).suffix[:_LONGEST_ENDING]
        shown = shown[: LONGEST_NAME - len(ending)] + ending
    return shown or "file"


async def read_form(request: web.Request) -> Json:
    """The form as what ``upload`` is asked with. A file over the limit is read to its end but not kept."""
    asked: Json = {"files": []}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise ValueError("a form has fields and files")
        if part.filename is None:
            value = (await part.read(decode=True)).decode()
            asked[part.name] = int(value) if part.name in _IDS else value
        elif len(asked["files"]) < MOST_FILES:
            data = await _content(part)
            asked["files"].append({"name": part.filename, "data": b64encode(data).decode()})
        else:
            raise ValueError("too many files")
    return asked


async def _content(part: BodyPartReader) -> bytes:
    """At most a byte over the limit: enough to be refused."""
    kept = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        kept += chunk[: max(0, DOWN_LIMIT + 1 - len(kept))]
    return bytes(kept)
