"""The words of the registry's file: its sheets, its columns, what stands in the cells."""

from domain.people import Role
from domain.registry import name_key
from domain.registry_file import Column, Lexicon, Sheet
from texts import Texts


class RegistryWords:
    """As they are written, and as they are looked for."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.sheets = {sheet: texts.plain(f"registry_file.sheet-{sheet}") for sheet in Sheet}
        self.columns = {column: texts.plain(f"registry_file.column-{column}") for column in Column}
        self.roles = {role: texts.plain(f"people.role-{role}") for role in Role}
        self.yes, self.no = texts.plain("registry_file.yes"), texts.plain("registry_file.no")

    @property
    def lexicon(self) -> Lexicon:
        """What the cells may say."""
        roles = {name_key(word): role for role, word in self.roles.items()}
        return Lexicon(roles, name_key(self.yes), name_key(self.no))
