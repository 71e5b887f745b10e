"""The same two commands on PostgreSQL (runs only in the second run, on a real server)."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.project.conftest import Gongkai

SERVER = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
pytestmark = [
    pytest.mark.django_db,  # so that the second run picks it
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER, reason="only on PostgreSQL"),
]


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a new, empty database."""
    name = f"backup_{uuid.uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield SERVER.replace("/postgres?", f"/{name}?")
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_what_was_there_comes_back(gongkai: Gongkai, database: str, tmp_path: Path) -> None:
    env = {"GONGKAI_DATABASE_URL": database}
    done = gongkai("setup", **env)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')")
        done = gongkai("backup", str(tmp_path / "b.tar"), "--json", **env)
        assert (done.returncode, '"database.pgdump"' in done.stdout) == (0, True), done.stderr
        connection.execute("CREATE TABLE of_a_newer_version (id int)")
        connection.execute("UPDATE django_content_type SET model = 'lost' WHERE app_label = 'a'")
    assert gongkai("restore", str(tmp_path / "b.tar"), **env).returncode == 1
    done = gongkai("restore", str(tmp_path / "b.tar"), "--replace", **env)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(database) as connection:
        query = "SELECT model FROM django_content_type WHERE app_label = 'a'"
        assert connection.execute(query).fetchall() == [("b",)]
        newer = connection.execute("SELECT to_regclass('of_a_newer_version')").fetchone()
        assert newer == (None,)
    assert list((tmp_path / "data").glob("before-restore-*/database.pgdump"))
    # A backup of the one kind of database does not go into the other.
    done = gongkai("restore", str(tmp_path / "b.tar"))
    assert (done.returncode, "SQLite" in done.stderr or "PostgreSQL" in done.stderr) == (1, True)
