from django.apps import AppConfig

from samverkan import triggers
from samverkan.collaboration import wings
from samverkan.workflow import wings as workflow


class LagesbildConfig(AppConfig):
    name = "lagesbild"
    verbose_name = "Lägesbilder"

    def ready(self) -> None:
        from lagesbild.access import known
        from lagesbild.addresses import work_address
        from lagesbild.editable import KINDS
        from lagesbild.models import Report, rules
        from lagesbild.origins import find
        from lagesbild.services.shape import SHAPE
        from lagesbild.services.turns import ReportTurn
        from lagesbild.services.workflow import REPORTS
        from lagesbild.year_facts import reports_of
        from plans import origins
        from plans.year_facts import ask_about_reports

        ask_about_reports(reports_of)
        origins.register(find)
        triggers.register(*rules.TRIGGERS)
        wings.register(Report, wings.Wing(KINDS, SHAPE, ReportTurn, work_address, known))
        workflow.register(Report, REPORTS)
