"""Real mail servers for one test run: Debian's dovecot in a temporary folder, and an SMTP sink.

Both on loopback; dovecot is a plain process, started and ended by the test.
"""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "only-for-tests-2"
DOVECOT = Path("/usr/sbin/dovecot")
_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/log
ssl = yes
ssl_cert = <{root}/tls/cert.pem
ssl_key = <{root}/tls/key.pem
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{root}/mail/%u
first_valid_uid = 1
auth_mechanisms = plain
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Unavailable(Exception):
    """No IMAP server here; ``str()`` is a sentence saying why."""


def free_port() -> int:
    """A port nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Imap:
    """A running server; any account name signs in with `PASSWORD`.

    `certificate` is the file of its own certificate, for `localhost`, that nobody else has signed.
    """

    port: int
    tls_port: int
    certificate: Path

    @contextmanager
    def signed_in(self, account: str) -> Iterator[imaplib.IMAP4]:
        """A client of the test's own."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login(account, PASSWORD)
            yield client

    def deliver(self, account: str, raw: bytes, when: datetime, folder: str = "INBOX") -> None:
        """Put a mail into the folder as if it had arrived at that moment."""
        with self.signed_in(account) as client:
            stamp = imaplib.Time2Internaldate(when)
            done, _ = client.append(folder, "", stamp, raw)
            assert done == "OK"

    def lying(self, account: str, folder: str = "INBOX", criterion: str = "ALL") -> int:
        """How many mails lie in the folder."""
        with self.signed_in(account) as client:
            if client.select(folder, readonly=True)[0] != "OK":
                return 0
            return len(client.search(None, criterion)[1][0].split())


@contextmanager
def imap_server() -> Iterator[Imap]:
    """Start one; stop and remove it at the end."""
    if not DOVECOT.exists():
        raise Unavailable("这台机器没有 dovecot, IMAP 测试跳过 (apt-get install dovecot-imapd)。")
    version = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True).stdout
    if not version.startswith("2.3"):
        raise Unavailable(f"测试的 dovecot 配置是 2.3 版的写法, 这里是 {version.strip()}。")
    root = Path(tempfile.mkdtemp(prefix="gongkai-imap-"))
    try:
        with _running(root) as server:
            yield server
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def _running(root: Path) -> Iterator[Imap]:
    as_root, me = os.getuid() == 0, pwd.getpwuid(os.getuid())
    owner = pwd.getpwnam("nobody") if as_root else me
    (root / "mail").mkdir(mode=0o700)
    if as_root:
        root.chmod(0o755)
        shutil.chown(root / "mail", owner.pw_uid, owner.pw_gid)
    certificate = _certificate(root / "tls")
    port, tls_port = free_port(), free_port()
    values = {
        "root": root, "port": port, "tls_port": tls_port, "password": PASSWORD,
        "uid": owner.pw_uid, "gid": owner.pw_gid,
        "internal": "dovecot" if as_root else me.pw_name,
        "group": "dovecot" if as_root else me.pw_gid,
        "login": "dovenull" if as_root else me.pw_name,
    }  # fmt: skip
    (root / "conf").write_text(_CONFIG.format(**values))
    server = subprocess.Popen(
        [DOVECOT, "-F", "-c", root / "conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, server, root)
        yield Imap(port, tls_port, certificate)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _certificate(folder: Path) -> Path:
    """A key and its own certificate for `localhost`, made with the library the product uses."""
    folder.mkdir(mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, plain))
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    return folder / "cert.pem"


def _wait(port: int, server: "subprocess.Popen[bytes]", root: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = root / "log"
    said = log.read_text().splitlines()[-1:] if log.exists() else []
    raise Unavailable(f"dovecot 没有启动: {said}")


@dataclass
class Sink:
    """An SMTP server that keeps what it is given; `refuse` is its answer to every recipient."""

    port: int = 0
    refuse: str = ""
    got: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # fmt: skip # noqa: E501
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append((envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 OK"

    def messages(self) -> list[Message]:
        """What came, parsed."""
        return [message_from_bytes(content) for _, _, content in self.got]


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """Start one on a free port of loopback."""
    sink = Sink(port=free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
