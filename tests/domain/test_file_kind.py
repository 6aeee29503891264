"""Which files are taken, told by what is in them and not by what they are called."""

import pytest

from domain.file_kind import kind_of
from domain.refusal import Refusal
from tests.domain.files import DOCM, DOCX, JPEG, OLE, PDF, PNG, PROGRAM, zipped

XLSX = zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
PPTX = zipped("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")
OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "Программа.pdf", "application/pdf"),
        (PDF, "Программа", "application/pdf"),
        (PDF, "Программа.docx", "application/pdf"),
        (b"\xef\xbb\xbf" + PDF, "а.pdf", "application/pdf"),
        (b"\r\n\r\n" + PDF, "а.pdf", "application/pdf"),
        (PNG, "", "image/png"),
        (JPEG, "скан.pdf", "image/jpeg"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 30, "а.webp", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "IMG_1.HEIC", "image/heic"),
        (DOCX, "а.docx", f"{OFFICE}.wordprocessingml.document"),
        (XLSX, "а.xlsx", f"{OFFICE}.spreadsheetml.sheet"),
        (PPTX, "а.pptx", f"{OFFICE}.presentationml.presentation"),
        (zipped("mimetype", "content.xml"), "а.odt", "application/vnd.oasis.opendocument"),
        (OLE, "старый.DOC", "application/msword"),
        (OLE, "старая.xls", "application/vnd.ms-excel"),
        (b"{\\rtf1\\ansi hi}", "а.rtf", "application/rtf"),
        (zipped("фото 1.jpg", "приказ.pdf"), "всё.zip", "application/zip"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 50, "урок.mp4", "video/mp4"),
        (b"OggS\0\x02" + b"\0" * 50, "голос.ogg", "audio/ogg"),
        ("Провели собрание".encode(), "протокол.txt", "text/plain"),
        ("Провели собрание".encode("cp1251"), "протокол.TXT", "text/plain"),
    ],
)
def test_kind_is_told_by_the_content(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "а.pdf", "empty-file"),
        (PROGRAM, "план.pdf", "program"),
        (PROGRAM, "setup.exe", "program"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "план.pdf", "program"),
        (b"#!/bin/sh\nrm -rf /\n", "план.txt", "program"),
        (PDF, "план.pdf.exe", "program"),
        (b"@echo off", "план.bat", "program"),
        (zipped("а.pdf", "вирус.exe"), "всё.zip", "program"),
        (zipped("AndroidManifest.xml", "classes.dex"), "план.pdf", "program"),
        (DOCM, "план.docm", "macros"),
        (DOCM, "план.docx", "macros"),
        (b"Rar!\x1a\x07\x01\0" + b"\0" * 40, "всё.rar", "archive"),
        (b"7z\xbc\xaf'\x1c\0\x04" + b"\0" * 40, "всё.pdf", "archive"),
        (OLE, "установка.msi", "program"),
        (OLE, "план.docx", "unknown-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "а.svg", "unknown-kind"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "план.html", "unknown-kind"),
        ("Провели собрание".encode(), "план.pdf", "unknown-kind"),
        (bytes(range(256)), "план.txt", "unknown-kind"),
        (b"PK\x03\x04" + b"\0" * 60, "план.zip", "unknown-kind"),
    ],
)
def test_whatever_runs_or_is_not_known_is_refused(content: bytes, name: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        kind_of(content, name)
    assert caught.value.reason == f"evidence.{why}"
