"""Settings of the tests: the real ones, on a data folder of their own, with cheap hashing.

Every process has its own folder, removed at its end. SQLite is a file as in production (WAL, real
locks between threads), in memory-backed storage where there is some. ``GONGKAI_TEST_DATABASE_URL``
runs the same tests on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("GONGKAI_")]:
    if not _name.startswith("GONGKAI_TEST_"):
        del os.environ[_name]
_fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
_data = Path(tempfile.mkdtemp(prefix="gongkai-test-", dir=_fast))
_owner = os.getpid()


def _remove() -> None:
    if os.getpid() == _owner:  # not in a forked child
        shutil.rmtree(_data, ignore_errors=True)


atexit.register(_remove)
os.environ["GONGKAI_DATA"] = str(_data)
os.environ["GONGKAI_SECRET_KEY"] = "only-for-tests-" * 5
os.environ["GONGKAI_JOURNAL_KEY"] = "5e" * 32
os.environ["GONGKAI_PERSONAL_KEY"] = "a7" * 32
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
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "test.sqlite3")}
