from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    name = "samverkan.collaboration"
