"""The project as an app: its templates, its start-up checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers the checks of ``safety``."""

    name = "gongkai.project"
    label = "project"
    verbose_name = "总装"

    def ready(self) -> None:
        """Plug in the system checks."""
        from gongkai.project import safety

        safety.register()
