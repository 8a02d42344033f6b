"""Transcripts at the scale of a real study, put together from the hand-written ones; for measuring, not for reading."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.corpus import read_corpus
from workbench.demo.make import HERE

SCHEMES = ("durham", "thames-valley", "west-midlands")
ROLES = ("officer", "provider", "service_user")
WORDS = 8_700
"""Words of one transcript: an hour of talk."""


def write_talk(
    folder: Path,
    *,
    interviews: int = 225,
    focus_groups: int = 6,
    seed: int = 225,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write fictional transcripts with as many words as a national evaluation has.

    Each turn is a new order of sentences from the hand-written transcripts'
    turns of that role, so that no two are alike and none makes sense.

    Parameters
    ----------
    folder : Path
        Made; receives `.txt` files and `metadata.csv`.
    interviews, focus_groups : int
        How many of each.
    seed : int
        The same seed gives the same files.
    progress : callable, optional
        Called after each file.

    Returns
    -------
    int
        Words written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    pools = _sentences(read_corpus(HERE / "transcripts").turns)
    rows = ["document,title,scheme,role,wave,kind,date,fictional,speakers"]
    words = 0
    for number in range(interviews + focus_groups):
        role, scheme = ROLES[number % 3], SCHEMES[number // 3 % 3]
        people = 1 if number < interviews else 5
        text = _transcript(rng, pools[role], pools["interviewer"], people)
        name = f"scale-{number:03d}"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        kind = "interview" if people == 1 else "focus_group"
        speakers = "; ".join(["INT=interviewer", *(f"P{person}={role}" for person in range(1, people + 1))])
        rows.append(f"{name},Scale test {number},{scheme},{role},1,{kind},2023-01-01,true,{speakers}")
        words += len(text.split())
        if progress:
            progress(number + 1, interviews + focus_groups)
    (folder / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return words


def _sentences(turns: pd.DataFrame) -> dict[str, list[str]]:
    pools: dict[str, list[str]] = {}
    for role, texts in turns.groupby("role")["text"]:
        split = (part.strip() for text in texts for part in text.replace("?", "?\n").replace(". ", ".\n").split("\n"))
        pools[str(role)] = [part for part in split if part]
    return pools


def _transcript(rng: np.random.Generator, answers: list[str], questions: list[str], people: int) -> str:
    lines = ["FICTIONAL TRANSCRIPT - sentences in random order, made to measure speed; no real person, case or event."]
    words = 0
    while words < WORDS:
        question = questions[rng.integers(len(questions))]
        answer = " ".join(answers[place] for place in rng.integers(len(answers), size=rng.integers(3, 9)))
        lines += [f"INT: {question}", f"P{rng.integers(1, people + 1)}: {answer}"]
        words += len(question.split()) + len(answer.split())
    return "\n".join(lines) + "\n"
