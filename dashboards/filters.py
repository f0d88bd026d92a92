"""The choices that several pages share: component, unit, period. Each is kept in the address.

A view is a link: what is chosen stands in the address, survives a reload and can be sent. What
an address asks for and cannot be had falls back to the default, and a sentence says so.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards import formats
from dashboards.access import current_reader
from dashboards.queries import shared
from dashboards.strings.catalogue import text

RANGE = 13  # periods that a range has at first
_INDENT = "\u2007\u2007"  # figure spaces: a select box drops ordinary ones


def choose(name: str, options: Mapping[str, str], *, default: str) -> str:
    """One choice from a closed list, kept in the address under ``name``.

    Args:
        name: The word in the address, and of the label in the catalogue.
        options: Key to label, in the order shown.
        default: The key that stands when nothing, or nothing possible, was asked for.
    """
    key = f"filter_{name}"
    if key in st.session_state and st.session_state[key] in options:
        wanted = st.session_state[key]
    else:
        wanted = _asked_for(name, options, default=default)
        st.session_state[key] = wanted
    chosen = st.selectbox(
        text(f"filter.{name}"), list(options), format_func=lambda code: options[code], key=key
    )
    st.session_state[f"kept_{name}"] = chosen
    if st.query_params.get(name) != chosen:
        st.query_params[name] = chosen
    return str(chosen)


def choose_unit() -> str:
    """The org unit, shown as the tree it is part of."""
    units = shared.org_units()
    options = {
        row["org_unit_key"]: _INDENT * row["depth"] + row["org_unit_name"]
        for row in units.iter_rows(named=True)
    }
    return choose("unit", options, default=current_reader().home_unit)


def choose_grain(grains: Sequence[str], *, default: str) -> str:
    """Week, month or quarter."""
    return choose("grain", {grain: text(f"grain.{grain}") for grain in grains}, default=default)


def choose_period(
    name: str, periods: Sequence[dt.date], grain: str, *, default: dt.date
) -> dt.date:
    """One period of that grain by its name."""
    options = {day.isoformat(): formats.period(day, grain) for day in periods}
    return dt.date.fromisoformat(choose(name, options, default=default.isoformat()))


def choose_range(
    periods: pl.DataFrame, grain: str, left: DeltaGenerator, right: DeltaGenerator
) -> tuple[dt.date, dt.date]:
    """First and last period of a range; a range that runs backwards is turned round.

    Args:
        periods: ``period_start``, ``is_complete`` and ``has_figures``, oldest first; a period
            that is still running or hidden does not end the range until it is asked for.
        grain: What the periods are.
        left: Where the first is chosen.
        right: Where the last is chosen.
    """
    every = periods["period_start"].to_list()
    latest = best(periods)["period_start"][-1]
    end = every.index(latest) + 1
    with left:
        first = choose_period("from", every, grain, default=every[max(0, end - RANGE) : end][0])
    with right:
        last = choose_period("to", every, grain, default=latest)
    return min(first, last), max(first, last)


def best(periods: pl.DataFrame) -> pl.DataFrame:
    """The periods that a page may open on: over and not hidden, else over, else all."""
    for wanted in (("is_complete", "has_figures"), ("is_complete",)):
        found = periods.filter(*wanted)
        if found.height:
            return found
    return periods


def _asked_for(name: str, options: Mapping[str, str], *, default: str) -> str:
    asked = st.query_params.get(name)
    if asked is None:
        kept = st.session_state.get(f"kept_{name}")
        return str(kept) if kept in options else _first(options, default)
    if asked in options:
        return asked
    fallback = _first(options, default)
    if f"kept_{name}" not in st.session_state:  # a choice that another choice removed needs no word
        st.info(
            text("filter.unknown", label=text(f"filter.{name}"), used=options[fallback].strip())
        )
    return fallback


def _first(options: Mapping[str, str], default: str) -> str:
    return default if default in options else next(iter(options))
