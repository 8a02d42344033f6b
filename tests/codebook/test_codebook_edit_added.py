"""New codes go to the end of codebook.yaml, and every other character stays as it is."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from workbench.codebook.edit import with_codes
from workbench.definitions import shipped
from workbench.errors import InputError

MORE = [{"id": "B", "name": 'Cost: of "x" # not a comment', "definition": "Ünï – 😀"}, {"id": "C", "name": "null"}]
LAYOUTS = {
    "flow": "title: T\ncodes:\n- {id: A, name: x}\nversion: 1\n",
    "block": "codes:\n  - id: A\n    name: x\n\n# the end\n",
    "windows": "codes:\r\n  - id: A\r\n    definition: |\r\n      some\r\n      lines\r\n\r\n# end\r\nversion: 1",
    "no last line break": "codes:\n  - id: A\n    name: some lines",
    "list inside": "codes:\n- id: A\n  patterns:\n    - one\n    - {LOWER: two}\n",
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_codes_are_added_after_the_last_one_in_any_layout(text: str) -> None:
    new = with_codes(text, MORE)
    before, after = yaml.safe_load(text), yaml.safe_load(new)
    assert after.pop("codes") == [*before.pop("codes"), *MORE]
    assert after == before
    kept = iter(new)
    assert all(character in kept for character in text)  # the old text is still there, in its order


def test_the_shipped_codebook_takes_more_codes() -> None:
    text = (shipped("codebooks/diversion") / "codebook.yaml").read_text(encoding="utf-8")
    assert with_codes(text, MORE).startswith(text.rstrip("\n"))


@pytest.mark.parametrize("text", ["codes: [{id: A, name: x}]\n", "codes:\n  - id: A\n    name: >\n      folded words"])
def test_what_would_change_another_code_is_left_to_a_person(text: str) -> None:
    with pytest.raises(InputError, match="Begin each code on a line of its own"):
        with_codes(text, MORE)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_words_come_back_as_they_were_written(words: str) -> None:
    new = with_codes(LAYOUTS["block"], [{"id": "B", "name": words}])
    assert yaml.safe_load(new)["codes"][1]["name"] == words
