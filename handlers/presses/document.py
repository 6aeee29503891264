"""Documents of schools. A place of a checklist is named by the school, the kind and the risk (0 where it has none)."""

from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import BaseModel, Field

from domain.document import DocumentKind, DocumentState, Slot
from handlers.presses.base import Id, IdOrNone


class Place(BaseModel):
    """A place of a school's checklist."""

    school: Id
    kind: DocumentKind
    risk: IdOrNone

    @property
    def slot(self) -> Slot:
        """The same for the actions."""
        return Slot(self.school, self.kind, self.risk)


class SchoolDocuments(CallbackData, prefix="docs"):
    """A school's checklist."""

    id: Id


class DocumentsPage(CallbackData, prefix="docspage"):
    """A page of its buttons."""

    id: Id
    page: int


class OpenDocument(Place, CallbackData, prefix="doc"):
    """A document's card."""


class AddToDocument(Place, CallbackData, prefix="docadd"):
    """«Файл или ссылка»."""


class MarkDocument(Place, CallbackData, prefix="docset"):
    """«Размещён», «Черновик»."""

    state: DocumentState


class DropFromDocument(Place, CallbackData, prefix="docdrop"):
    """«Убрать файл», «Убрать ссылку»."""

    what: Literal["file", "link"]


class DocumentFile(Place, CallbackData, prefix="docfile"):
    """«Открыть файл»."""


class AcceptDocument(Place, CallbackData, prefix="docok"):
    """«Принять» the version that was seen."""

    seen: Annotated[int, Field(ge=0, lt=2**63)]


class DocumentNotAccepted(Place, CallbackData, prefix="docundo"):
    """«Отменить приём»."""


class DocumentsLacking(CallbackData, prefix="doclack"):
    """A page of the schools that lack a kind of document."""

    kind: DocumentKind
    page: int


class DocumentsWaiting(CallbackData, prefix="docwait"):
    """A page of the documents that wait to be accepted."""

    page: int
