"""What a file is by its content, and which kinds are taken as evidence: whatever runs by itself is not."""

import io
import re
import zipfile
from collections.abc import Collection, Iterable

from domain.refusal import Refusal

ZIP = "application/zip"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_OFFICE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_TAKEN = frozenset(
    {
        *("application/pdf", "application/rtf", "image/vnd.djvu"),
        *(f"image/{one}" for one in ("jpeg", "png", "gif", "webp", "bmp", "tiff", "heic", "avif")),
    }
)
_HEARD_OR_SEEN = ("audio/", "video/")
_ARCHIVES = frozenset(
    {"application/x-rar-compressed", "application/x-7z-compressed", "application/gzip", "application/x-tar"}
)
_RUNS = frozenset({"application/x-msdownload", "application/x-executable", "application/x-dosexec"})
_RUNNING_ENDINGS = frozenset(
    {
        *("apk", "app", "bat", "cmd", "com", "cpl", "dex", "dll", "exe", "hta", "jar", "js", "jse", "lnk"),
        *("msc", "msi", "msp", "ps1", "reg", "scr", "sh", "vb", "vbe", "vbs", "wsf", "wsh"),
    }
)
_TEXT_ENDINGS = ("csv", "txt")
_CODES = ("utf-8", "cp1251")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def kind_of(content: bytes, name: str) -> str:
    """The MIME type of a file that is taken. ``name`` decides only where the content leaves it open.

    Raises ``Refusal`` for an empty one, a program, a document with macros, an archive that cannot be looked into, and
    whatever is not known.
    """
    if not content:
        raise Refusal("evidence.empty-file")
    ending = ending_of(name)
    found = _guessed(content)
    if ending in _RUNNING_ENDINGS or found in _RUNS or content.startswith(b"#!"):
        raise Refusal("evidence.program")
    if found in _ARCHIVES:
        raise Refusal("evidence.archive")
    if zipfile.is_zipfile(io.BytesIO(content)) and content.startswith(b"PK"):
        return _packed(content)
    if found in _TAKEN or found.startswith(_HEARD_OR_SEEN):
        return found
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    if content.startswith(_OLE) and ending in _OLD_OFFICE:
        return _OLD_OFFICE[ending]
    if ending in _TEXT_ENDINGS and _is_text(content):
        return "text/plain"
    raise Refusal("evidence.unknown-kind")


def ending_of(name: str) -> str:
    """What stands after the last dot of a name, in small letters."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _guessed(content: bytes) -> str:
    import filetype  # noqa: PLC0415  a table of signatures that only files need

    found = filetype.guess_mime(content)
    return str(found or "")


def _packed(content: bytes) -> str:
    """A document of an office or an archive, by the names inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [one.lower() for one in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refusal("evidence.unknown-kind") from None
    if any(ending_of(name) in _RUNNING_ENDINGS for name in names):
        raise Refusal("evidence.program")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refusal("evidence.macros")
    if "mimetype" in names and "content.xml" in names:
        return _OPEN_DOCUMENT
    return _office(names) or ZIP


def _office(names: Collection[str]) -> str | None:
    if "[content_types].xml" not in names:
        return None
    return next((mime for folder, mime in _OFFICE.items() if _any_in(names, folder)), None)


def _any_in(names: Iterable[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


def _is_text(content: bytes) -> bool:
    for code in _CODES:
        try:
            return _CONTROL.search(content.decode(code)) is None
        except UnicodeDecodeError:
            continue
    return False
