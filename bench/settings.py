"""The real settings, with one empty view added to measure against."""

from gongkai.project.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
