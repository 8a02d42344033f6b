"""Codes that lie under others, and their colours."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from workbench.codebook import Codebook, read_codebook
from workbench.codebook.colours import PALETTE
from workbench.definitions import shipped
from workbench.errors import InputError

HEAD = 'title: t\nversion: "1"\ndate: 2025-01-01\ncodes:\n'
PARTS = "kind: inductive, definition: d, include: i, exclude: e, example: x, near_miss: n"


def codebook(folder: Path, *codes: str) -> Codebook:
    path = folder / "codebook.yaml"
    path.write_text(HEAD + "".join(f"  - {{{code}, name: n{n}, {PARTS}}}\n" for n, code in enumerate(codes)), "utf-8")
    return read_codebook(path)


def test_a_tree_has_each_parent_right_before_what_lies_under_it(tmp_path: Path) -> None:
    read = codebook(tmp_path, "id: B, parent: A", "id: A", "id: D", "id: C, parent: A", "id: E, parent: B")
    assert read.tree() == [(0, "A"), (1, "B"), (2, "E"), (1, "C"), (0, "D")]
    assert (read.children("A"), read.children("E"), read.children()) == (["B", "C"], [], ["A", "D"])
    assert read.to_table()["parent"].tolist() == ["A", None, None, "A", "B"]
    assert read.check() == []


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["id: I01, parent: I1"], ["line 5: I01 lies under 'I1', which is no code. Did you mean 'I01'?"]),
        (["id: A, parent: A"], ["line 5: the code lies under itself: A under A. Take one `parent` out."]),
        (
            ["id: A, parent: B", "id: B, parent: A", "id: C, parent: A"],
            [
                "line 5: the code lies under itself: A under B under A. Take one `parent` out.",
                "line 6: the code lies under itself: B under A under B. Take one `parent` out.",
            ],
        ),
    ],
)
def test_a_code_under_itself_or_under_none_that_is_there_is_refused(
    tmp_path: Path, codes: list[str], told: list[str]
) -> None:
    with pytest.raises(InputError) as refused:
        codebook(tmp_path, *codes)
    assert [str(problem) for problem in refused.value.problems] == [f"codebook.yaml, {line}" for line in told]


def test_a_live_code_under_a_retired_one_is_doubtful(tmp_path: Path) -> None:
    read = codebook(tmp_path, "id: A, retired: 2025-01-01", "id: B, parent: A", "id: C, parent: A, retired: 2025-01-01")
    assert [problem.what for problem in read.check()] == ["B lies under A, which is retired"]


def test_a_colour_is_the_given_one_or_one_by_place_and_stays_when_codes_are_added(tmp_path: Path) -> None:
    few = codebook(tmp_path, "id: A", "id: B", "id: C, colour: '#123ABC'", "id: D")
    more = codebook(tmp_path, "id: A", "id: B2", "id: C, colour: '#123ABC'", "id: D", "id: E")
    assert [few.colour(code) for code in "ABCD"] == [PALETTE[0], PALETTE[1], "#123ABC", PALETTE[3]]
    assert [more.colour(code) for code in ("A", "B2", "C", "D")] == [few.colour(code) for code in "ABCD"]
    assert more.to_table()["colour"].tolist()[-1] == PALETTE[4]
    with pytest.raises(InputError, match="there is no code 'Z'"):
        few.colour("Z")


def test_links_and_components_have_colours_too() -> None:
    from workbench.manual import read_manual
    from workbench.theory import read_theory

    folder = shipped("codebooks/diversion")
    manual = read_manual(folder / "manuals" / "west-midlands.yaml")
    read = read_codebook(folder / "codebook.yaml", theory=read_theory(folder / "theory.yaml"), manuals=[manual])
    links = list(read.link_codes)
    assert [read.colour(link) for link in links[:2]] == list(PALETTE[:2])
    assert read.colour(links[0].replace("→", "->")) == PALETTE[0]
    assert {read.colour(part) for part in read.components} <= set(PALETTE)


# Colours: contrast by WCAG 2.2; sight without one kind of cones by Machado, Oliveira and Fernandes (2009), severity 1.

SIGHT = {
    "all cones": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return float((high + 0.05) / (low + 0.05))


def oklab(light: np.ndarray) -> np.ndarray:
    """Return Ottosson's (2020) coordinates, in which 0.02 is about what the eye can tell."""
    cones = np.array([[0.41222, 0.53633, 0.05145], [0.21190, 0.68070, 0.10740], [0.08830, 0.28172, 0.62998]])
    to_lab = np.array([[0.21045, 0.79362, -0.00407], [1.97800, -2.42859, 0.45059], [0.02590, 0.78277, -0.80868]])
    return to_lab @ np.cbrt(np.clip(cones @ light, 0, None))


@pytest.mark.parametrize("ground", ["#FFFFFF", "#212121", "#111111"])
def test_every_colour_stands_off_white_and_the_dark_theme(ground: str) -> None:
    assert min(contrast(colour, ground) for colour in PALETTE) >= 3


@pytest.mark.parametrize("sight", list(SIGHT))
def test_any_two_colours_can_be_told_apart_with_and_without_all_cones(sight: str) -> None:
    seen = [oklab(np.clip(np.array(SIGHT[sight]) @ linear(colour), 0, 1)) for colour in PALETTE]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)) > 0.065
