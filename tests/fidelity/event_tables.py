"""Events as ASCII tables, and the status of each case under one rule."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ibis
import pandas as pd
import yaml

from workbench.fidelity import case_status
from workbench.manual import Component, Manual

KINDS = {"minutes": float, "arrested": lambda text: text == "yes"}


def events(table: str, scheme: str = "here") -> pd.DataFrame:
    """Read an ASCII table; `-` is empty, `T` joins a date and a time."""
    header, *lines = (line.split() for line in table.strip().splitlines())
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    frame = pd.DataFrame(
        [{name: None if text == "-" else KINDS.get(name, str)(text) for name, text in row.items()} for row in rows],
        dtype=object,
    )
    frame["at"] = pd.to_datetime(frame["at"], format="ISO8601")
    frame["event"] = [f"e{number}" for number in range(1, len(frame) + 1)]
    frame["scheme"] = scheme
    return frame.astype(dict.fromkeys(("case", "activity"), str))


def records(frame: pd.DataFrame) -> SimpleNamespace:
    """Stand in for Records: only its events are looked at."""
    schema = {"minutes": "float64", "arrested": "boolean", "at": "timestamp(6)"}
    return SimpleNamespace(events=ibis.memtable(frame, schema={name: schema.get(name, "string") for name in frame}))


def manual(*rules: str, holidays: tuple[date, ...] = (), **component: Any) -> Manual:
    """Make a manual whose components R1, R2, … have these rules."""
    components = {}
    for number, rule in enumerate(rules, start=1):
        content = {
            "id": f"R{number}", "name": f"Rule {number}", "prescribed": "As the rule says", "actor": "officer",
            "dimension": "timeliness", "essential": True, "observability": ["events"], "source": ["test"],
            "rule": yaml.safe_load(rule) if rule else None,
        }  # fmt: skip
        components[f"R{number}"] = Component.model_validate(content | component)
    return Manual(
        scheme="here", title="A manual", version="1", note="", holidays=holidays, components=components,
        path=Path("manual.yaml"), sha256="0" * 64,
    )  # fmt: skip


def statuses(table: str, rule: str, *, as_of: str = "2022-12-31", **component: Any) -> dict[str, str]:
    """Return each case's status under one rule."""
    found = case_status(records(events(table)), manual(rule, **component), as_of=as_of)
    return dict(zip(found["case"], found["status"], strict=True))


def store(table: str) -> SimpleNamespace:
    """Stand in for a Store: codings from an ASCII table; columns that it lacks take the plainest value."""
    header, *lines = (line.split() for line in table.strip().splitlines())
    codings = pd.DataFrame([dict(zip(header, line, strict=True)) for line in lines])
    plain = {"role": "officer", "coder": "anna", "document": "d1", "origin": "human", "scheme": "here", "read": "yes"}
    for name, value in plain.items():
        codings[name] = codings.get(name, value)
    numbers = [str(number) for number in range(1, len(codings) + 1)]
    codings["turn"] = codings.get("turn", numbers)
    codings["id"] = [f"c{number}" for number in numbers]
    read = codings.loc[codings["read"] == "yes", ["coder", "document"]].drop_duplicates()
    return SimpleNamespace(codings=lambda: codings, turns=lambda: codings, read_by=lambda: read)
