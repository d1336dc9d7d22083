from django.apps import AppConfig

from samverkan import triggers
from samverkan.collaboration import wings
from samverkan.workflow import wings as workflow


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Åtgärdsplaner"

    def ready(self) -> None:
        from plans.access import known
        from plans.addresses import work_address
        from plans.editable import KINDS
        from plans.models import Plan, paper, rules
        from plans.services.shape import SHAPE
        from plans.services.turns import PlanTurn
        from plans.services.workflow import PLANS

        triggers.register(*rules.TRIGGERS, *paper.TRIGGERS)
        wings.register(Plan, wings.Wing(KINDS, SHAPE, PlanTurn, work_address, known))
        workflow.register(Plan, PLANS)
