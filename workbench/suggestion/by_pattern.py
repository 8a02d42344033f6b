"""Suggestions from the patterns that people wrote into the codebook."""

import pandas as pd

from workbench.codebook import Codebook
from workbench.language import find_patterns

COLUMNS = ["document", "turn", "start", "end", "code", "score", "why", "model"]


def by_pattern(turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Suggest a code for each turn in which one of its patterns matches.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`; the score is the number of matches in the turn; the reason names the words.
    """
    patterns = {code.id: code.patterns for code in codebook.codes.values() if code.patterns and not code.retired}
    hits = find_patterns(patterns, turns["text"].tolist())
    found: dict[tuple[int, str], list[str]] = {}
    for hit in hits:
        found.setdefault((hit.passage, hit.name), []).append(hit.words)
    rows = []
    for (position, code), words in found.items():
        turn = turns.iloc[position]
        why = "pattern: " + ", ".join(f"“{said}”" for said in dict.fromkeys(words))
        rows.append((turn["document"], turn["turn"], turn["start"], turn["end"], code, float(len(words)), why, None))
    return pd.DataFrame(rows, columns=COLUMNS)
