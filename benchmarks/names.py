"""Names found in texts where people marked them, beside the model alone, lists alone and patterns alone; and the speed.

Real data only, and only where it is there: 92 court cases (Text Anonymization Benchmark, Pilán et al. 2022) and 28
interviews and hearings (GUM, Zeldes 2017), as they are and in small letters.

Gold: in the court cases the spans marked PERSON, without the title before them; in the interviews the run of proper
nouns that is the head of a mention marked person or stands right after it, without titles; plurals and offices alone
are left out (`names_gold`). A name is found when any of its letters lie in a mention of the kind person; a mention is
right when it meets a gold name. Both sets were looked at while rules were chosen: expect less on other texts.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.harness import Stopwatch
from benchmarks.names_gold import DATA, Marked, read_gum, read_tab
from workbench.estimates import bootstrap
from workbench.language.identifiers import identifiers
from workbench.language.name_patterns import by_context
from workbench.language.names import Mention, find_names, names_model
from workbench.language.names_model import find_in, find_model

Passages = Sequence[Sequence[str]]
Finder = Callable[[Passages], list[list[list[Mention]]]]
PEOPLE = {"person"}


def run(stopwatch: Stopwatch) -> None:
    if not (DATA / "tab").is_dir():
        print("no real data here")
        return
    sets = {"GUM": read_gum(), "GUM, small letters": read_gum(lower=True), "TAB": read_tab()}
    stopwatch.lap("read", names_model())
    stopwatch.figures.clear()
    for data, marked in sets.items():
        passages = [each.passages for each in marked]
        words = sum(len(passage.split()) for document in passages for passage in document)
        for name, find in _finders().items():
            found = find(passages)
            stopwatch.lap(f"{data}: {name}")
            speed = words / max(stopwatch.figures[-1].seconds, 1e-9)
            note = f"{_people(marked, found)}; {speed:,.0f} words/s"
            stopwatch.figures[-1] = replace(stopwatch.figures[-1], note=note)
            if name == "workbench":
                _by_kind(stopwatch, data, marked, found)


def _finders() -> dict[str, Finder]:
    finders: dict[str, Finder] = {"workbench": find_names}
    if find_model():
        finders |= {"workbench, lists alone": lambda texts: find_names(texts, model=None), "model alone": _model_alone}
    return finders | {"patterns alone": _patterns_alone}


def _model_alone(documents: Passages) -> list[list[list[Mention]]]:
    folder = find_model()
    if folder is None:
        return []
    kinds = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
    return [
        [
            [Mention(start=start, end=end, kind=kinds.get(label, label), why="") for start, end, label in found]
            for found in find_in(document, folder)
        ]
        for document in documents
    ]


def _patterns_alone(documents: Passages) -> list[list[list[Mention]]]:
    def find(text: str) -> list[Mention]:
        names = [Mention(start=start, end=end, kind=kind, why=why) for start, end, kind, why in by_context(text)]
        return names + [Mention(start=start, end=end, kind=kind, why="") for kind, start, end in identifiers(text)]

    return [[find(text) for text in document] for document in documents]


def _people(marked: Sequence[Marked], found: list[list[list[Mention]]]) -> str:
    """Say recall (any overlap; every letter) and precision of people's names, drawn again by document."""
    rows = []
    for document, mentions in zip(marked, found, strict=True):
        gold = [span for span in document.spans if span[3].lower() == "person" and span[4] != "OTHER"]
        ours = [(place, it.start, it.end) for place, each in enumerate(mentions) for it in each if it.kind in PEOPLE]
        met = sum(_meets(span, ours) for span in gold)
        whole = sum(_covers(document.passages[span[0]], span, ours) for span in gold)
        right = sum(_meets(mention, gold) for mention in ours)
        named = sum(_meets(mention, document.spans) for mention in ours)
        rows.append((len(gold), met, whole, len(ours), right, named))
    table = np.array(rows, dtype=float)
    shares = table[table[:, 0] > 0, 1] / table[table[:, 0] > 0, 0]
    recall, whole, precision, named = (_share(table, top, below) for top, below in ((1, 0), (2, 0), (4, 3), (5, 3)))
    return (
        f"{table[:, 0].sum():.0f} names: recall {recall}, whole {whole}, precision {precision} (any name {named}); "
        f"recall of a document: lowest {shares.min():.2f}, median {np.median(shares):.2f}"
    )


def _by_kind(stopwatch: Stopwatch, data: str, marked: Sequence[Marked], found: list[list[list[Mention]]]) -> None:
    """Add recall of each marked kind, whatever kind we called it."""
    for column, choice in ((3, None), (4, ("DIRECT", "QUASI"))):
        for kind in sorted({span[column] for each in marked for span in each.spans}):
            if choice and kind not in choice:
                continue
            rows = []
            for document, mentions in zip(marked, found, strict=True):
                gold = [span for span in document.spans if span[column] == kind]
                ours = [(place, it.start, it.end) for place, each in enumerate(mentions) for it in each]
                whole = sum(_covers(document.passages[span[0]], span, ours) for span in gold)
                rows.append((len(gold), sum(_meets(span, ours) for span in gold), whole))
            table = np.array(rows, dtype=float)
            stopwatch.lap(f"{data}: {kind}")
            note = f"{table[:, 0].sum():.0f} spans: recall {_share(table, 1, 0)}, whole {_share(table, 2, 0)}"
            stopwatch.figures[-1] = replace(stopwatch.figures[-1], note=note)


def _meets(span: Sequence[object], others: Sequence[Sequence[object]]) -> bool:
    place, start, end = span[:3]
    return any(other[0] == place and other[1] < end and start < other[2] for other in others)  # type: ignore[operator]


def _covers(text: str, span: tuple[int, int, int, str, str], ours: Sequence[tuple[int, int, int]]) -> bool:
    inside = [(start, end) for place, start, end in ours if place == span[0]]
    letters = [at for at in range(span[1], span[2]) if text[at].isalnum()]
    return all(any(start <= at < end for start, end in inside) for at in letters)


def _share(table: np.ndarray, top: int, below: int) -> str:
    def ratio(rows: np.ndarray) -> float | None:
        return float(rows[:, top].sum() / rows[:, below].sum()) if rows[:, below].sum() else None

    estimate = bootstrap(table, ratio, draws=500, rng=np.random.default_rng(3))
    if estimate.value is None:
        return "none"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} [{estimate.low:.2f}, {estimate.high:.2f}]"
