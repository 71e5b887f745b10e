"""Every setting of the product, in one frozen dataclass, with its default and its meaning.

A value comes from, in this order: the environment (``GONGKAI_`` + the name in capitals), the TOML
file named by ``GONGKAI_CONFIG`` (same names in small letters), the default. Lists are written with
commas in the environment. ``docs/reference/settings.md`` is generated from this file.

No Django here: the command line reads the configuration before Django is loaded.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

PREFIX = "GONGKAI_"
FILE_VARIABLE = "GONGKAI_CONFIG"
CHECKOUT = Path(__file__).resolve().parents[3]
LOCAL, PRODUCTION = "local", "production"


class ConfigError(Exception):
    """A setting that cannot be used; ``str()`` is one Chinese sentence saying what to change."""


def _set(default: Any, meaning: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"meaning": meaning, "secret": secret})


def _data_default() -> Path:
    """``data`` in a source checkout, ``/var/lib/gongkai`` when installed."""
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "data"
    return Path("/var/lib/gongkai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings. Every field has a safe default; the meaning stands beside it."""

    mode: str = _set(
        LOCAL,
        "`local`: this machine only, plain HTTP on loopback. `production`: HTTPS, public hosts; "
        "start-up refuses an unsafe combination.",
    )
    data: Path = field(
        default_factory=_data_default,
        metadata={
            "meaning": "Data folder: database, files, index, secrets. Default: `data` in a source "
            "checkout, `/var/lib/gongkai` when installed.",
            "secret": False,
        },
    )
    debug: bool = _set(False, "Show tracebacks in the browser. Refused in production.")

    bind: str = _set("127.0.0.1", "Address the web server listens on.")
    port: int = _set(8000, "Port the web server listens on (1–65535).")
    web_workers: int = _set(2, "Web server processes.")
    web_threads: int = _set(4, "Threads in each web server process.")
    queue_workers: int = _set(
        1, "Worker processes started by `gongkai serve` (one is the limit that pays on SQLite)."
    )

    hosts: tuple[str, ...] = _set(
        (), "Host names answered. Local mode adds the loopback names; production must name them."
    )
    portal_hosts: tuple[str, ...] = _set(
        (), "Host names of the public site, when it has its own; desk pages are not found there."
    )
    desk_hosts: tuple[str, ...] = _set(
        (), "Host names of the staff site, when it has its own; desk pages are found only there."
    )
    https_proxy: bool = _set(
        False,
        "A reverse proxy in front ends TLS and always sets `X-Forwarded-Proto` itself. "
        "Set only when that is true.",
    )
    proxies: int = _set(
        0, "Number of trusted reverse proxies in front (for the client address in lock-outs)."
    )
    hsts_seconds: int = _set(
        31_536_000, "Strict-Transport-Security lifetime in seconds, production only."
    )

    secret_key: str = _set(
        "",
        "Key for sessions and signatures, 50 characters or more. Empty: made once and kept in "
        "`secrets/secret_key`. Several machines need the same one.",
        secret=True,
    )
    secret_key_fallbacks: tuple[str, ...] = _set(
        (), "Former keys still accepted after a change of key.", secret=True
    )
    journal_key: str = _set(
        "",
        "MAC key of the journal, 64 hexadecimal digits. Empty: made once and kept in "
        "`secrets/journal_key`. Never change it: old entries would no longer verify.",
        secret=True,
    )
    personal_key: str = _set(
        "",
        "Key that seals applicants' data, 64 hexadecimal digits. Empty: made once and kept in "
        "`secrets/personal_key`. Never change or lose it: nothing sealed could be opened again.",
        secret=True,
    )

    database_url: str = _set(
        "",
        "PostgreSQL as `postgresql://user:password@host:5432/name?sslmode=verify-full`. "
        "Empty: SQLite in the data folder.",
        secret=True,
    )
    database_max_age: int = _set(600, "Seconds a database connection is kept by its thread.")
    database_busy_seconds: int = _set(20, "Seconds SQLite waits for another writer.")

    email_url: str = _set(
        "",
        "Mail server as `smtp://user:password@host:587?tls=1` (`smtps://` for implicit TLS). "
        "Empty: mail is written to the `mail` folder in the data folder.",
        secret=True,
    )
    email_from: str = _set("gongkai@localhost", "Sender address of letters and notices.")

    language: str = _set("zh-hans", "Language of first choice: `zh-hans` or `en`.")
    time_zone: str = _set("Asia/Shanghai", "Time zone in which days are counted.")
    log_level: str = _set("INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`; logs go to stderr.")

    session_hours: int = _set(8, "Hours of idleness after which staff sign in again.")
    lockout_attempts: int = _set(5, "Wrong passwords before a sign-in name is locked out.")
    lockout_minutes: int = _set(15, "Minutes a lock-out lasts.")
    max_upload_mb: int = _set(100, "Largest file taken in, in MiB.")

    archive_files: int = _set(
        20_000, "Most files one ZIP of a clean-up may unpack to, with the ZIPs inside it."
    )
    archive_mb: int = _set(
        4096,
        "Most MiB one ZIP of a clean-up may unpack to, with the ZIPs inside it; also the largest "
        "ZIP that `gongkai intake` takes from disk.",
    )
    archive_ratio: int = _set(
        200, "A ZIP that says it unpacks to more than so many times its own size is refused."
    )
    archive_depth: int = _set(3, "Levels of ZIPs in ZIPs that a clean-up unpacks.")

    compare_least: int = _set(
        10,
        "Cases a section or body must have before its shares are compared with others; below it "
        "the statistics say 数量太少，不作比较.",
    )
    open_data_least: int = _set(
        5,
        "Figures of applicants smaller than this are left out of the open data, so that no cell "
        "can point at one person.",
    )

    search_backend: str = _set(
        "gongkai.backends.search.tantivy_backend.TantivyBackend", "Search engine (dotted name)."
    )
    scanners: tuple[str, ...] = _set(
        (), "Scanners run before review (dotted names). Empty: all that ship."
    )
    extractors: tuple[str, ...] = _set(
        (), "Text extractors for files (dotted names). Empty: all that ship."
    )
    redactors: tuple[str, ...] = _set(
        (), "Redactors for files (dotted names). Empty: all that ship."
    )
    bulk_engine: str = _set(
        "",
        "Engine for bulk reading (dotted name, or a JSON list of name and options). Empty: workers "
        "on this machine.",
    )
    font_dirs: tuple[str, ...] = _set(
        (),
        "Folders with the body's own fonts (小标宋, 仿宋_GB2312) for printed sheets and letters. "
        "Empty: the fonts of the system.",
    )

    @property
    def production(self) -> bool:
        """True when the body's real readers are served."""
        return self.mode == PRODUCTION

    @property
    def files(self) -> Path:
        """Folder of content-addressed files."""
        return self.data / "files"

    @property
    def index(self) -> Path:
        """Folder of search indexes (a cache; may be deleted and rebuilt)."""
        return self.data / "index"

    @property
    def secrets(self) -> Path:
        """Folder only its owner can read: keys, generated passwords."""
        return self.data / "secrets"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the reference page."""

    name: str
    variable: str
    default: str
    meaning: str
    secret: bool


def variable(name: str) -> str:
    """The environment variable of a field: ``data`` → ``GONGKAI_DATA``."""
    return PREFIX + name.upper()


def settings_table() -> list[Setting]:
    """All settings in the order of the dataclass, for docs and ``gongkai doctor``."""
    return [
        Setting(
            name=f.name,
            variable=variable(f.name),
            default=_printed_default(f),
            meaning=f.metadata["meaning"],
            secret=f.metadata["secret"],
        )
        for f in fields(Config)
    ]


def _printed_default(f: "Field[Any]") -> str:
    if f.default is MISSING:
        return "see meaning"
    if f.default in ("", ()):
        return "empty"
    return str(f.default).lower() if isinstance(f.default, bool) else str(f.default)


def read_config(env: Mapping[str, str] | None = None) -> Config:
    """Read the configuration; raises ConfigError with a sentence when a value cannot be used."""
    env = os.environ if env is None else env
    hints = get_type_hints(Config)
    values: dict[str, Any] = {}
    for name, raw in _read_file(env.get(FILE_VARIABLE, "")).items():
        if name not in hints:
            raise ConfigError(
                f"配置文件里的“{name}”不是已知的设置, 请对照 settings.md 改正或删去。"
            )
        values[name] = _typed(name, raw, hints[name], where=f"配置文件中的 {name}")
    for name, hint in hints.items():
        text = env.get(variable(name))
        if text is not None and text != "":
            values[name] = _typed(name, text, hint, where=f"环境变量 {variable(name)}")
    config = Config(**values)
    _check(config)
    return config


def unknown_variables(env: Mapping[str, str] | None = None) -> list[str]:
    """``GONGKAI_*`` variables that mean nothing: most likely a slip of the pen."""
    env = os.environ if env is None else env
    known = {variable(f.name) for f in fields(Config)} | {FILE_VARIABLE}
    return sorted(
        name
        for name in env
        if name.startswith(PREFIX) and name not in known and not name.startswith(PREFIX + "TEST_")
    )


def _read_file(path: str) -> dict[str, Any]:
    if not path:
        return {}
    try:
        with Path(path).open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise ConfigError(
            f"读不到 {FILE_VARIABLE} 指定的配置文件 {path}: {error.strerror}。"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"配置文件 {path} 不是有效的 TOML: {error}。") from None


_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _typed(name: str, raw: Any, hint: Any, *, where: str) -> Any:
    """``raw`` (text from the environment, or a TOML value) as the type of the field."""
    if hint is bool:
        text = str(raw).strip().lower()
        if text in _TRUE | _FALSE:
            return text in _TRUE
        raise ConfigError(f"{where} 应写 true 或 false, 现在是“{raw}”。")
    if hint is int:
        try:
            return int(str(raw))
        except ValueError:
            raise ConfigError(f"{where} 应是整数, 现在是“{raw}”。") from None
    if get_origin(hint) is tuple and get_args(hint)[0] is str:
        parts = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(parts, list) or not all(isinstance(p, str) for p in parts):
            raise ConfigError(f"{where} 应是一列文字。")
        return tuple(part.strip() for part in parts if part.strip())
    if not isinstance(raw, str):
        raise ConfigError(f"{where} 应是文字, 现在是“{raw}”。")
    return Path(raw).expanduser().absolute() if hint is Path else raw


_LEAST = {
    "port": 1, "web_workers": 1, "web_threads": 1, "queue_workers": 0, "proxies": 0,
    "hsts_seconds": 0, "database_max_age": 0, "database_busy_seconds": 1, "session_hours": 1,
    "lockout_attempts": 1, "lockout_minutes": 1, "max_upload_mb": 1,
    "compare_least": 1, "open_data_least": 2, "archive_files": 1, "archive_mb": 1,
    "archive_ratio": 1, "archive_depth": 1,
}  # fmt: skip
_ONE_OF = {
    "mode": (LOCAL, PRODUCTION),
    "language": ("zh-hans", "en"),
    "log_level": ("DEBUG", "INFO", "WARNING", "ERROR"),
}


def _check(config: Config) -> None:
    """Refuse values no part of the program could use, whatever the mode."""
    for name, least in _LEAST.items():
        if getattr(config, name) < least:
            raise ConfigError(f"{variable(name)} 不能小于 {least}。")
    for name, allowed in _ONE_OF.items():
        if getattr(config, name) not in allowed:
            raise ConfigError(f"{variable(name)} 只能是 {'、'.join(allowed)} 之一。")
    if config.port > 65535:
        raise ConfigError(f"{variable('port')} 不能大于 65535。")
    for name in ("journal_key", "personal_key"):
        key = getattr(config, name)
        if key and (len(key) != 64 or not set(key.lower()) <= set("0123456789abcdef")):
            raise ConfigError(f"{variable(name)} 应是 64 位十六进制数字。")
