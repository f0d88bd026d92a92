"""The default company, made once and read back once."""

import importlib.util
import sys
from pathlib import Path

import pytest

from xapi_ingest.simulator.company import simulate

_spec = importlib.util.spec_from_file_location("exported", Path(__file__).with_name("exported.py"))
exported = importlib.util.module_from_spec(_spec)
sys.modules["exported"] = exported
_spec.loader.exec_module(exported)


@pytest.fixture(scope="session")
def company(tmp_path_factory):
    out = tmp_path_factory.mktemp("company") / "out"
    simulate(out=out)
    return exported.Exported(out)
