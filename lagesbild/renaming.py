"""A report in which rows are called otherwise. What points to a row, in running text too, follows."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from lagesbild.document import ReportDocument, decode
from lagesbild.rows import rows
from samverkan.document import encode


def renamed(document: ReportDocument, names: Mapping[UUID, UUID]) -> ReportDocument:
    """The same, where each row that has a name among these is called by it."""
    content = encode(document).decode()
    # By way of names that nobody has: two rows may be given each other's.
    between = {uuid: uuid4() for uuid in names}
    for uuid, other in between.items():
        content = content.replace(str(uuid), str(other))
    for uuid, other in between.items():
        content = content.replace(str(other), str(names[uuid]))
    return decode(content.encode())


def renewed(document: ReportDocument) -> ReportDocument:
    """The same, in which every row is a new one."""
    return renamed(document, {row.uuid: uuid4() for row in rows(document) if row.uuid})
