"""Looks up the words of the pages. A language is one module of ``dashboards.strings``."""

from dashboards.strings.en import TEXT


def text(key: str, /, **values: object) -> str:
    """The sentence or label of that key, with its values filled in."""
    return TEXT[key].format(**values)


def counted(key: str, count: int, /, **values: object) -> str:
    """The sentence about that many things; ``<key>.one`` where one reads differently."""
    one = f"{key}.one"
    return text(one if count == 1 and one in TEXT else key, count=count, **values)


def has_text(key: str) -> bool:
    """Whether the catalogue has that key."""
    return key in TEXT


def code_text(group: str, code: str | None) -> str:
    """What a code of a closed list is called; an unknown code is shown as words, not as a code."""
    if code is None:
        return text(f"{group}.none")
    known = TEXT.get(f"{group}.{code}")
    return known if known is not None else code.replace("_", " ").replace("-", " ").capitalize()
