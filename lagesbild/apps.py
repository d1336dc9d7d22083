from django.apps import AppConfig

from samverkan.collaboration import wings


class LagesbildConfig(AppConfig):
    name = "lagesbild"
    verbose_name = "Lägesbilder"

    def ready(self) -> None:
        from lagesbild.editable import KINDS
        from lagesbild.models import Report
        from lagesbild.origins import find
        from lagesbild.services.shape import SHAPE
        from plans import origins
        from samverkan.collaboration.turns import Turn

        wings.register(Report, wings.Wing(KINDS, SHAPE, Turn))
        origins.register(find)
