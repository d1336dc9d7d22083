from django.apps import AppConfig

from samverkan.collaboration import wings


class LagesbildConfig(AppConfig):
    name = "lagesbild"
    verbose_name = "Lägesbilder"

    def ready(self) -> None:
        from lagesbild.access import known
        from lagesbild.addresses import work_address
        from lagesbild.editable import KINDS
        from lagesbild.models import Report
        from lagesbild.services.shape import SHAPE
        from samverkan.collaboration.turns import Turn

        wings.register(Report, wings.Wing(KINDS, SHAPE, Turn, work_address, known))
