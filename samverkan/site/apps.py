from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame around both wings: start page, errors, health, the administrator's lists."""

    name = "samverkan.site"
    label = "samverkan_site"

    def ready(self) -> None:
        from samverkan import lookups  # noqa: F401  it registers itself
