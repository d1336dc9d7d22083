"""A plan as it was: as it stands now, taken back through what has been done since."""

from plans.document import PlanDocument
from plans.models import Plan
from plans.places import rewound
from plans.services.loading import current_document, to_document


def as_of(plan: Plan, version: int | None) -> PlanDocument:
    """As the plan was at the version; at none as it is now. A turn is there whole or not at all."""
    if version is None:
        return current_document(plan)
    return rewound(to_document(plan), plan.changes.filter(turn__gt=version))
