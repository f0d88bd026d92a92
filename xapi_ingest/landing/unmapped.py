"""What is said of a table that no mapping takes: which shipped one would, or how to write one."""

from typing import Final

from xapi_ingest.archives.guard import Guard, UnpackLimits
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.load import find_mapping, shipped_names
from xapi_ingest.mapping.run import fits
from xapi_ingest.sources.files import InputFile

_MOST_NAMED: Final = 3


def objection_to(file: InputFile) -> InputError:
    """The error for ``file``: it holds rows, and nothing says what they mean."""
    guard = file.guard or Guard(UnpackLimits(), file.path.stat().st_size)
    fitting = [
        name
        for name in shipped_names()
        if (mapping := find_mapping(name)).model.input.format == file.form
        and fits(mapping, file.path, name=file.name, guard=guard)
    ]
    if fitting:
        called = " and ".join(fitting[:_MOST_NAMED])
        message = f"holds rows, and no mapping says what they mean; {called} would fit its columns."
        first = fitting[0]
    else:
        message = "holds rows, and no mapping says what they mean; none that ships fits."
        first = "your-mapping.yaml"
    return InputError(
        message,
        remedy=f"Try `tilth map {first} FILE`, then `tilth ingest --mapping {first} FILE`, or put "
        "it as mapping.yaml beside the file into inbox/<source>/. docs/howto/mapping.md",
    )
