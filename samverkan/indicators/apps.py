from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "samverkan.indicators"
    verbose_name = "Indikatorer"
