"""Accounts of the demo: generated passwords and second factors, kept in a file of its owner."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings

from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.orgs.queries import needs_second_factor

FILE = "demo-accounts.txt"
_HEAD = """\
演示账号（虚构的人员，随机密码）。本文件只有本机账号可读，请勿转发。
办公端登录后，凡标有“第二重验证”的账号，还要输入一次性验证码：
运行 gongkai demo code 登录名，或者把密钥录入手机上的验证器。
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account with its password in clear, for the file alone."""

    person: Person
    password: str
    post: str
    roles: tuple[str, ...]


def path() -> Path:
    """Where the passwords lie."""
    return Path(settings.GONGKAI_SECRETS) / FILE


def keep(accounts: list[Account], today: date) -> Path:
    """Give second factors where roles need them, and write the file (0600, never partly there)."""
    lines = [_HEAD]
    for account in accounts:
        person = account.person
        lines.append(f"{person.username}　{person.name}　{account.post}")
        lines.append(f"    角色　　　{'、'.join(account.roles) or '（无）'}")
        lines.append(f"    密码　　　{account.password}")
        if needs_second_factor(person, today):
            lines.append(f"    第二重验证　密钥 {_second_factor(person)}")
        lines.append("")
    return _write("\n".join(lines))


def _second_factor(person: Person) -> str:
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def _write(text: str) -> Path:
    target = path()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{FILE}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return draft.replace(target)


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code and the seconds it is still good for."""

    code: str
    seconds: int


def code(username: str, *, moment: float | None = None) -> Code:
    """The present one-time code of a demo account (RFC 6238); refused for any other account."""
    person = Person.objects.select_related("body").filter(username=username).first()
    if person is None or person.body is None or not person.body.is_demo:
        raise Refusal("demo.not_demo", f"{username}不是演示账号。演示账号见{path()}。")
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if row is None:
        raise Refusal("demo.no_factor", f"账号{username}没有设置第二重验证，用密码即可登录。")
    secret = get_adapter().decrypt(row.data["secret"])
    at = time.time() if moment is None else moment
    counter = int(at) // totp.app_settings.TOTP_PERIOD
    value = totp.hotp_value(secret, counter)
    left = totp.app_settings.TOTP_PERIOD - int(at) % totp.app_settings.TOTP_PERIOD
    return Code(totp.format_hotp_value(value), left)
