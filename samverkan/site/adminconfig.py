"""Django's admin with our own site: see administration.py."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "samverkan.site.administration.Administration"
