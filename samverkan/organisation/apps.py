from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "samverkan.organisation"
    verbose_name = "Organisation"
