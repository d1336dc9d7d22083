from django.apps import AppConfig

from samverkan import triggers


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Åtgärdsplaner"

    def ready(self) -> None:
        from plans.models import paper, rules

        triggers.register(*rules.TRIGGERS, *paper.TRIGGERS)
