"""Which static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticConfig(StaticFilesConfig):
    # Of all that Bootstrap's package brings we use one stylesheet.
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-*.css*",
        "bootstrap.css*",
        "*.rtl.*",
    ]
