"""Inside a transaction: the schools that the order names."""

from collections.abc import Collection

from domain.registry import name_key
from domain.roadmap import NamedSchool
from storage import registry as registry_rows
from storage.database import Transaction


async def lay_schools(tx: Transaction, named: Collection[NamedSchool]) -> int:
    """The schools of the order, once: a registry that has any is the coordinator's to keep. Returns how many."""
    if not named or await registry_rows.has_schools(tx):
        return 0
    home = {name_key(one.name): one.id for one in (await registry_rows.registry(tx)).municipalities}
    for school in named:
        key = name_key(school.municipality)
        if key not in home:
            home[key] = await registry_rows.add_municipality(tx, school.municipality)
        await registry_rows.add_school(tx, school.name, home[key])
    return len(named)
