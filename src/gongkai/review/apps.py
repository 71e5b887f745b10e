from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "gongkai.review"
    label = "review"
    verbose_name = "审查"
    default_auto_field = "django.db.models.BigAutoField"
