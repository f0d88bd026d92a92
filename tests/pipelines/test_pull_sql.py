"""``tilth pull`` reads databases described in tilth.toml as the how-to describes them."""

import re
import sqlite3
import tomllib

from pipelines.lib.docs import DOCS
from pipelines.lib.pulling import pull_configured
from xapi_ingest.settings import Settings
from xapi_ingest.sources.registry import configured_sources
from xapi_ingest.sources.sql.config import SqlSource, SqlTable

HOWTO = (DOCS / "howto" / "sql-tables.md").read_text(encoding="utf-8")
TOML = """
[sources.hris]
kind = "sql"
url_env = "HRIS_URL"

[[sources.hris.tables]]
into = "org_units"
query = "select id as org_unit_id, name as org_unit_name, up as parent_org_unit_id from units"

[[sources.hris.tables]]
into = "skills"
table = "nowhere"
"""


def test_a_pull_and_the_night_read_what_the_file_describes(tilth, settings, tmp_path, monkeypatch):
    with sqlite3.connect(tmp_path / "hris.sqlite") as connection:
        connection.execute("create table units (id text, name text, up text)")
        connection.execute("insert into units values ('company', 'Secret', null)")
    monkeypatch.setenv("HRIS_URL", f"sqlite:///{tmp_path}/hris.sqlite")
    (tmp_path / "tilth.toml").write_text(TOML)
    code, said, problems = tilth("pull")
    assert code == 1
    assert "hris · 1 read · 1 accepted · 0 rejected" in said
    assert "hris, skills: the database refused with OperationalError: no such table" in problems
    assert str(tmp_path) not in said + problems
    (again,) = pull_configured(Settings(home=tmp_path / "data"))
    assert (again.report.already_landed_count, len(again.refusals)) == (1, 1)
    assert again.failure is None


def test_an_address_that_is_not_set_is_a_failure_of_its_source_alone(tilth, settings, tmp_path):
    (tmp_path / "tilth.toml").write_text(TOML.replace("HRIS_URL", "NOBODY_SETS_THIS"))
    code, _, problems = tilth("pull")
    assert code == 1
    assert "the variable NOBODY_SETS_THIS is not set" in problems


def test_the_howto_shows_a_description_that_can_be_used_and_names_every_field():
    shown = tomllib.loads(re.search(r"```toml\n(.*?)```", HOWTO, re.DOTALL)[1])
    assert set(configured_sources(shown["sources"])) == {"hris", "erp"}
    fields = set(SqlSource.model_fields) | set(SqlTable.model_fields)
    assert {name for name in fields if f"`{name}`" not in HOWTO} <= {"name", "kind"}
