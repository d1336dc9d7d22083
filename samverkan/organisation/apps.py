from django.apps import AppConfig

from samverkan import swedish


class OrganisationConfig(AppConfig):
    name = "samverkan.organisation"
    verbose_name = "Organisation"

    def ready(self) -> None:
        swedish.connect()
