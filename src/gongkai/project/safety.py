"""Start-up refuses an unsafe combination of settings.

``dangers(config)`` is pure; it is used by the command line before anything starts, by the WSGI
entry (so no other server can go round it) and as a Django system check.
"""

from urllib.parse import parse_qs, urlsplit

from gongkai.project.config import Config, ConfigError

LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]"}
_SAFE_SSL = {"require", "verify-ca", "verify-full"}


def dangers(config: Config) -> list[str]:
    """Sentences saying what to change before the program may start; empty when it is safe."""
    return _production(config) if config.production else _local(config)


def refuse_unsafe(config: Config) -> None:
    """Raise ConfigError with all dangers in one text."""
    found = dangers(config)
    if found:
        raise ConfigError("设置不安全, 拒绝启动: " + " ".join(found))


def _local(config: Config) -> list[str]:
    found = []
    if config.bind not in LOOPBACK:
        found.append(
            "本机模式只能监听 127.0.0.1; 对外服务请设 GONGKAI_MODE=production 并配置 HTTPS。"
        )
    public = set(config.hosts + config.portal_hosts + config.desk_hosts) - LOOPBACK
    if any(not host.endswith(".localhost") for host in public):
        found.append("本机模式不能设对外的主机名; 对外服务请设 GONGKAI_MODE=production。")
    return found


def _production(config: Config) -> list[str]:
    found = []
    if config.debug:
        found.append("请关闭 GONGKAI_DEBUG。")
    hosts = config.hosts + config.portal_hosts + config.desk_hosts
    if not hosts:
        found.append("请在 GONGKAI_HOSTS 写明本站的主机名。")
    if "*" in hosts:
        found.append("GONGKAI_HOSTS 不能用 *, 请逐个写明主机名。")
    if not config.https_proxy:
        found.append("请在前面放终结 HTTPS 的反向代理, 并设 GONGKAI_HTTPS_PROXY=true。")
    elif config.bind not in LOOPBACK and config.proxies == 0:
        found.append("监听地址对外时须设 GONGKAI_PROXIES 为可信反向代理的层数。")
    if config.hsts_seconds < 3600:
        found.append("GONGKAI_HSTS_SECONDS 不能小于 3600。")
    if 0 < len(config.secret_key) < 50:
        found.append("GONGKAI_SECRET_KEY 至少 50 个字符; 留空会自动生成。")
    if _open_database(config.database_url):
        found.append("远程数据库须加密: 请在 GONGKAI_DATABASE_URL 加 sslmode=verify-full。")
    return found


def _open_database(url: str) -> bool:
    """A database on another machine, reached without TLS being required."""
    if not url:
        return False
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    host = query.get("host", [parts.hostname or ""])[0]
    local = not host or host in LOOPBACK or host.startswith("/")
    return not local and query.get("sslmode", [""])[0] not in _SAFE_SSL


def register() -> None:
    """Add the dangers to Django's own checks."""
    from django.conf import settings
    from django.core.checks import Critical, Tags, register
    from django.core.checks import Warning as CheckWarning

    from gongkai.project.config import unknown_variables

    @register(Tags.security)
    def unsafe_settings(**_kwargs: object) -> list[Critical | CheckWarning]:
        found: list[Critical | CheckWarning] = [
            Critical(sentence, id="gongkai.C001") for sentence in dangers(settings.CONFIG)
        ]
        found += [
            CheckWarning(f"环境变量 {name} 不是已知的设置, 请核对写法。", id="gongkai.W001")
            for name in unknown_variables()
        ]
        return found
