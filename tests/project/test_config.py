"""Settings from the environment and a TOML file; what cannot be used is refused in a sentence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.project.config import Config, ConfigError, read_config, unknown_variables, variable
from gongkai.project.database import databases
from gongkai.project.mail import mail_settings


def test_defaults_are_a_local_start() -> None:
    config = read_config({})
    assert not config.production
    assert not config.debug
    assert config.bind == "127.0.0.1"


def test_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "gongkai.toml"
    file.write_text('port = 9000\nhosts = ["a.test", "b.test"]\nhttps_proxy = true\n', "utf-8")
    config = read_config({"GONGKAI_CONFIG": str(file), "GONGKAI_PORT": "9001"})
    assert (config.port, config.hosts, config.https_proxy) == (9001, ("a.test", "b.test"), True)


def test_an_empty_variable_means_not_set() -> None:
    assert read_config({"GONGKAI_PORT": ""}).port == Config().port


def test_lists_are_written_with_commas() -> None:
    assert read_config({"GONGKAI_HOSTS": " a.test, b.test ,"}).hosts == ("a.test", "b.test")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("DEBUG", "maybe"),
        ("MODE", "test"),
        ("WEB_WORKERS", "0"),
        ("LANGUAGE", "fr"),
        ("JOURNAL_KEY", "abc"),
        ("PERSONAL_KEY", "z" * 64),
        ("CONFIG", "/nowhere/at/all.toml"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read_config({f"GONGKAI_{name}": value})
    sentence = str(refused.value)
    assert sentence.endswith("。")
    assert name.lower() in sentence.lower() or value in sentence


@pytest.mark.parametrize("text", ["prot = 9000", "port = [1]", "hosts = 3", "port = ", "bind = 1"])
def test_a_slip_in_the_file_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "gongkai.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError):
        read_config({"GONGKAI_CONFIG": str(file)})


def test_a_misspelt_variable_is_noticed() -> None:
    known = {variable("port"): "1", "GONGKAI_CONFIG": "x", "GONGKAI_TEST_THING": "1", "PATH": ""}
    assert unknown_variables(known | {"GONGKAI_PROT": "1"}) == ["GONGKAI_PROT"]


@given(st.integers(1, 65535))
def test_every_port_is_read_as_it_is_written(port: int) -> None:
    assert read_config({"GONGKAI_PORT": str(port)}).port == port


def test_sqlite_keeps_its_word() -> None:
    options = databases(read_config({}))["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_postgresql_from_one_address() -> None:
    url = "postgresql://us%40er:p%3Ass@db.test:5433/open%20data?sslmode=verify-full"
    found = databases(read_config({"GONGKAI_DATABASE_URL": url}))["default"]
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("us@er", "p:ss", "open data")
    assert (found["HOST"], found["PORT"]) == ("db.test", "5433")
    assert found["OPTIONS"] == {"sslmode": "verify-full"}


def test_postgresql_through_a_socket() -> None:
    url = "postgresql://gongkai@/name?host=%2Frun%2Fpg"
    found = databases(read_config({"GONGKAI_DATABASE_URL": url}))["default"]
    assert (found["HOST"], found["NAME"], found["OPTIONS"]) == ("/run/pg", "name", {})


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "postgresql://h:x/n"])
def test_a_wrong_database_address_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="GONGKAI_DATABASE_URL"):
        databases(read_config({"GONGKAI_DATABASE_URL": url}))


def test_mail_without_a_server_is_kept_in_files() -> None:
    assert mail_settings(read_config({}))["EMAIL_BACKEND"].endswith("filebased.EmailBackend")


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://u:p@mail.test:587?tls=1", 587, True, False),
        ("smtps://u:p@mail.test", 465, False, True),
        ("smtp://mail.test", 25, False, False),
    ],
)
def test_mail_server_from_one_address(url: str, port: int, tls: bool, ssl: bool) -> None:
    found = mail_settings(read_config({"GONGKAI_EMAIL_URL": url}))
    assert found["EMAIL_HOST"] == "mail.test"
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, tls, ssl)
