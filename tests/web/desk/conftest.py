"""A browser without JavaScript, and people who sign in as people do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Protocol

import pyotp
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import APIRequestContext, Browser, Page

from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person
from tests import factories


class SitDown(Protocol):
    """Signs a person in and gives the page that opens."""

    def __call__(self, person: Person, *, script: bool = False) -> Page: ...


def enter_code(page: Page, secret: str) -> None:
    """The authenticator's code; not one that runs out while the page is on its way."""
    left = 30 - time.time() % 30
    if left < 8:
        time.sleep(left + 0.5)
    page.locator("input[name=code]").fill(pyotp.TOTP(secret).now())
    page.locator("main button[type=submit]").first.click()


@pytest.fixture
def stranger(chromium: Browser) -> Iterator[APIRequestContext]:
    """Somebody without an account, who gets plain bytes."""
    context = chromium.new_context()
    yield context.request
    context.close()


@pytest.fixture
def sit_down(chromium: Browser, live_server: object) -> Iterator[SitDown]:
    """A page of a person who has signed in with password and, where needed, a second factor."""
    pages: list[Page] = []

    def signed_in(person: Person, *, script: bool = False) -> Page:
        context = chromium.new_context(java_script_enabled=script, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(15_000)
        pages.append(page)
        secret = generate_totp_secret()
        needs = orgs.needs_second_factor(person, factories.NOW.date())
        if needs:
            TOTP.activate(person, secret)
        page.goto(f"{live_server}/desk/")
        page.locator("input[name=login]").fill(person.username)
        page.locator("input[type=password]").fill(factories.PASSWORD)
        page.locator("main button[type=submit]").first.click()
        if needs:
            enter_code(page, secret)
        page.get_by_role("heading", name="待办").wait_for()
        return page

    yield signed_in
    for page in pages:
        page.context.close()
