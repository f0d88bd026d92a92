"""Archives for the tests, those included that no honest program writes."""

import io
import zipfile
from pathlib import Path

import pyarrow as pa


def zipped(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def zstd(data: bytes) -> bytes:
    return pa.compress(data, codec="zstd", asbytes=True)


def encrypted(data: bytes) -> bytes:
    """``data``, a zip, with the bit set in every header that says that a member is encrypted."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def overlapping(count: int) -> bytes:
    """A zip whose directory names one member ``count`` times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("0.json", b"x" * 1_000)
        (info,) = archive.infolist()
        for number in range(1, count):
            again = zipfile.ZipInfo(f"{number}.json")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, name, getattr(info, name))
            archive.filelist.append(again)
    return buffer.getvalue()


def saved(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
