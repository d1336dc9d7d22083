"""Comments in a plan."""

from collections.abc import Iterator

from plans.editable import KINDS
from plans.models import Plan
from plans.rows import RowKind, rows
from plans.services.loading import current_document
from plans.views.writing import DESK
from samverkan.collaboration import conversation
from samverkan.collaboration.conversation import Spoken


class Conversation(conversation.Conversation):
    def rows(self, work: Plan) -> Iterator[Spoken]:
        for row in rows(current_document(work)):
            uuid = work.uuid if row.kind == RowKind.PLAN else row.uuid
            if uuid and row.kind.value in KINDS:
                yield Spoken(uuid, row.kind.label, row.title)


CONVERSATION = Conversation(DESK)
