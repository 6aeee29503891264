"""Files of the world: what was uploaded, under ids that look like Telegram's."""

import base64
from dataclasses import dataclass
from random import Random

from rehearsal.messages import Media
from rehearsal.refusals import Json, bad_request

DOWN_LIMIT = 20 * 1024 * 1024
UP_LIMIT = 50 * 1024 * 1024
PEOPLES_LIMIT = 2000 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"BM")
SIZES = ((90, 67), (320, 240), (1280, 960))


@dataclass(eq=False, slots=True)
class File:
    id: str
    unique_id: str
    path: str
    data: bytes
    kind: str
    name: str = ""
    mime: str = ""
    sent: Media | None = None
    """The message content it was first sent as."""

    def media(self) -> Media:
        """The same content once more, for sending by id."""
        return self.sent or Media(self.kind, self.wire(), [self.id])

    def wire(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """Keeps uploads for the life of the world. The size limits are Telegram's, in bytes."""

    def __init__(self, random: Random) -> None:
        self._random = Random(random.random())  # noqa: S311 - ids of a toy world, not secrets
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}

    def store(self, kind: str, data: bytes, name: str = "", mime: str = "") -> File:
        number = len(self._by_id) + 1
        suffix = name.rsplit(".", maxsplit=1)[-1] if "." in name else {"photo": "jpg", "voice": "oga"}.get(kind, "bin")
        path = f"{kind}s/file_{number}.{suffix}"
        file = File(self._token(54), self._token(12), path, data, kind, name, mime)
        self._by_id[file.id] = self._by_path[file.path] = file
        return file

    def _token(self, size: int) -> str:
        return "AgAC" + base64.urlsafe_b64encode(self._random.randbytes(size)).decode().rstrip("=")

    def get(self, file_id: str) -> File | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> File | None:
        return self._by_path.get(path)

    def photo(self, data: bytes, name: str = "photo.jpg") -> Media:
        """A picture in three sizes, the largest last, as Telegram keeps photos."""
        check_size(data, PHOTO_LIMIT)
        if not data.startswith(PICTURES):
            raise bad_request("IMAGE_PROCESS_FAILED")
        files = [self.store("photo", data, name, "image/jpeg") for _ in SIZES]
        sizes = [file.wire() | {"width": w, "height": h} for file, (w, h) in zip(files, SIZES, strict=True)]
        return self._sent_as(Media("photo", sizes, [file.id for file in files]))

    def document(self, data: bytes, name: str, mime: str, limit: int = UP_LIMIT) -> Media:
        check_size(data, limit)
        file = self.store("document", data, name, mime)
        return self._sent_as(Media("document", file.wire() | {"file_name": name, "mime_type": mime}, [file.id]))

    def voice(self, data: bytes, seconds: int) -> Media:
        check_size(data, UP_LIMIT)
        file = self.store("voice", data, "voice.oga", "audio/ogg")
        return self._sent_as(Media("voice", file.wire() | {"duration": seconds, "mime_type": "audio/ogg"}, [file.id]))

    def _sent_as(self, media: Media) -> Media:
        for file_id in media.files:
            self._by_id[file_id].sent = media
        return media


def check_size(data: bytes, limit: int) -> None:
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > limit:
        raise bad_request(f"file is too big for this kind of message: {len(data)} bytes")
