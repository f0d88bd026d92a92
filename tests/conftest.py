"""What holds for every test."""

import sys

import pytest


@pytest.fixture(autouse=True)
def _same_main_module():
    """AppTest puts the page in the place of ``__main__``, which new processes import."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
