"""Changing one value in a codebook leaves every other character as it was."""

import difflib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.codebook.edit import edited
from workbench.definitions import shipped
from workbench.errors import InputError

SHIPPED = (shipped("codebooks/diversion") / "codebook.yaml").read_text("utf-8")


def changed_lines(old: str, new: str) -> list[str]:
    lines = difflib.ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


def test_only_the_lines_that_say_so_change_in_the_shipped_codebook() -> None:
    new = edited(SHIPPED, {"I02": {"id": "I02b"}, "I05": {"retired": "2026-11-24"}})
    assert changed_lines(SHIPPED, new) == ["-   - id: I02\n", "+   - id: I02b\n", "+     retired: 2026-11-24\n"]


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ("codes:\n- id: A # a\n  name: b\n", {"id": "B"}, "codes:\n- id: B # a\n  name: b\n"),
        ("codes:\n- id: A # a\n", {"retired": "2026-01-01"}, "codes:\n- id: A # a\n  retired: 2026-01-01\n"),
        ("codes:\r\n- id: A\r\n", {"parent": "B"}, "codes:\r\n- id: A\r\n  parent: B\r\n"),
        ("codes:\n- id: A", {"parent": "B"}, "codes:\n- id: A\n  parent: B"),
        ("codes:\n-   name: 'x: y'\n    id: 'A'\n", {"id": "B"}, "codes:\n-   name: 'x: y'\n    id: B\n"),
        ("codes: [{id: A, name: b}] # c\n", {"parent": "B"}, "codes: [{id: A, name: b, parent: B}] # c\n"),
        ("codes: [{id: A, name: b, }]\n", {"parent": "B"}, "codes: [{id: A, name: b, parent: B, }]\n"),
        ("codes:\n- id: A\n  parent: B # p\n", {"parent": None}, "codes:\n- id: A\n  parent: null # p\n"),
        ("codes:\n- id: A\n  parent:\n", {"parent": "B"}, "codes:\n- id: A\n  parent: B\n"),
        ("codes:\n- id: A\n", {"parent": None}, "codes:\n- id: A\n"),
        ("codes:\n- id: A\n", {"id": "No"}, 'codes:\n- id: "No"\n'),
        ("\ufeffcodes:\n- id: A\n- id: AA\n", {"id": "B"}, "\ufeffcodes:\n- id: B\n- id: AA\n"),
        ("a: 😀\ncodes:\n- id: A\n", {"id": "B"}, "a: 😀\ncodes:\n- id: B\n"),
    ],
)
def test_a_value_changes_in_whatever_style_it_is_written(text: str, change: dict, expected: str) -> None:
    assert edited(text, {"A": change}) == expected


@pytest.mark.parametrize("text", ["codes:\n- id: &a A\n- {id: B, parent: *a}\n", "codes:\n- {<<: {id: A}, name: b}\n"])
def test_what_cannot_be_changed_alone_is_left_to_a_person(text: str) -> None:
    with pytest.raises(InputError, match="it cannot be changed line by line as it is written"):
        edited(text, {"A": {"id": "C"}})


names = st.text("abc dé:#'\"{}[]→\n-|>", min_size=1)


@settings(max_examples=60, deadline=None)
@given(
    codes=st.lists(names, min_size=1, max_size=4),
    flow=st.sampled_from([True, False, None]),
    width=st.sampled_from([20, 80]),
    at=st.integers(min_value=0, max_value=3),
)
def test_whatever_a_codebook_holds_the_change_is_made_and_nothing_else(
    codes: list[str], flow: bool | None, width: int, at: int
) -> None:
    data = {"codes": [{"name": name, "id": f"I{n}", "definition": name} for n, name in enumerate(codes)]}
    text = yaml.safe_dump(data, default_flow_style=flow, width=width, sort_keys=False, allow_unicode=True)
    code = data["codes"][at % len(codes)]
    change = {"id": "J9", "parent": "I0"}
    new = edited(text, {code["id"]: change})
    code |= change
    assert yaml.safe_load(new) == data
