"""Settings of the tests: the real ones, on a data folder of their own, with cheap hashing.

``GONGKAI_TEST_DATABASE_URL`` runs the same tests on PostgreSQL.
"""

import os
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("GONGKAI_")]:
    if not _name.startswith("GONGKAI_TEST_"):
        del os.environ[_name]
_data = Path(tempfile.gettempdir()) / f"gongkai-tests-{os.getuid()}"
os.environ["GONGKAI_DATA"] = str(_data)
os.environ["GONGKAI_SECRET_KEY"] = "only-for-tests-" * 5
os.environ["GONGKAI_JOURNAL_KEY"] = "5e" * 32
if os.environ.get("GONGKAI_TEST_DATABASE_URL"):
    os.environ["GONGKAI_DATABASE_URL"] = os.environ["GONGKAI_TEST_DATABASE_URL"]

from gongkai.project.settings import *  # noqa: E402, F403
from gongkai.project.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
