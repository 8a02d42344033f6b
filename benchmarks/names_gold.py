"""Texts whose names people marked: the Text Anonymization Benchmark and the spoken part of GUM, as spans in passages."""  # noqa: E501

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[2] / "shared" / "data" / "transcripts"
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "doctor",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "general",
        "justice",
        "judge",
        "chief",
        "senator",
        "president",
        "governor",
        "secretary",
        "captain",
        "detective",
        "officer",
        "sergeant",
        "constable",
        "inspector",
        "counsel",
        "attorney",
        "petitioner",
        "respondent",
        "defense",
        "defence",
        "solicitor",
        "director",
        "manager",
        "mayor",
        "honor",
        "honour",
    ]
)


_TITLE = re.compile(rf"(?:(?:{'|'.join(sorted(TITLES))})\b\.?\s+)*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A text with the spans that people marked: (passage, start, end, kind, DIRECT | QUASI | NO_MASK | NAME | OTHER)."""  # noqa: E501

    document: str
    passages: list[str]
    spans: list[tuple[int, int, int, str, str]]


def read_tab(folder: Path = DATA / "tab") -> list[Marked]:
    """Court cases; a passage is a paragraph."""
    marked = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(row)
            paragraphs = list(re.finditer(r"(?:(?!\n\n).)+", case["text"], re.DOTALL))
            spans = []
            for entity in case["entities"]:
                for number, paragraph in enumerate(paragraphs):
                    if paragraph.start() <= entity["start_offset"] < paragraph.end():
                        start, end = (
                            entity["start_offset"] - paragraph.start(),
                            entity["end_offset"] - paragraph.start(),
                        )
                        if entity["entity_type"] == "PERSON":
                            start += len(_TITLE.match(paragraph.group()[start:end])[0])
                        spans.append((number, start, end, entity["entity_type"], entity["identifier_type"]))
            passages = [paragraph.group() for paragraph in paragraphs]
            marked.append(Marked(document=case["metadata"]["data_id"], passages=passages, spans=spans))
    return marked


def read_gum(folder: Path = DATA / "gum_spoken", *, lower: bool = False) -> list[Marked]:
    """Interviews and hearings; a passage is what one speaker says until another does.

    GUM marks every mention of a person, "she" and "the officer" too. A name here is the run of proper nouns (upos
    PROPN) that is the head of a person's mention or stands right after it ("the magician David Gish"), without titles;
    plurals ("Americans") and offices alone ("Petitioner") are no names.
    """
    marked = [_read_conllu(path) for path in sorted(folder.glob("*.conllu"))]
    if not lower:
        return marked
    return [
        Marked(document=each.document, passages=[_lower(text) for text in each.passages], spans=each.spans)
        for each in marked
    ]


def _lower(text: str) -> str:
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _read_conllu(path: Path) -> Marked:
    passages: list[str] = []
    spans: list[tuple[int, int, int, str, str]] = []
    speaker = None
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        notes = dict(line[2:].split(" = ", 1) for line in block.splitlines() if line.startswith("# ") and " = " in line)
        text = notes["text"]
        if not passages or notes.get("speaker") != speaker:
            passages.append("")
        speaker = notes.get("speaker")
        base = len(passages[-1]) + 1 if passages[-1] else 0
        passages[-1] = f"{passages[-1]} {text}" if passages[-1] else text
        rows = [line.split("\t") for line in block.splitlines() if line[0].isdigit()]
        words = _places([row for row in rows if row[0].isdigit()], text)
        for start, end, kind, type_ in _names(words):
            spans.append((len(passages) - 1, base + start, base + end, kind, type_))
    return Marked(document=path.stem, passages=passages, spans=sorted(set(spans)))


def _places(rows: list[list[str]], text: str) -> list[tuple[list[str], int, int]]:
    """Find each word in its sentence."""
    words, at = [], 0
    for row in rows:
        start = text.find(row[1], at)
        if start < 0:
            start = at
        at = start + len(row[1])
        words.append((row, start, at))
    return words


def _names(words: list[tuple[list[str], int, int]]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the runs of proper nouns that are the head of a mention, or stand after it ("the magician David Gish")."""
    mentions = _mentions(words)
    number = 0
    while number < len(words):
        first = number
        inside = [mention for mention in mentions if mention[0] <= first < mention[1]]
        number += 1
        if words[first][0][3] != "PROPN" or not inside:
            continue
        start, end, kind = min(inside, key=lambda mention: mention[1] - mention[0])
        within = [it for it in mentions if start <= it[0] and it[1] <= end and it != (start, end, kind)]
        while number < end and words[number][0][3] == "PROPN" and not any(it[0] <= number < it[1] for it in within):
            number += 1
        run = words[first:number]
        before = words[first - 1][0] if first > start else None
        places = {row[0] for row, _, _ in words[start:end]}
        is_head = any(row[6] not in places for row, _, _ in run)
        is_after = before is not None and before[3] == "NOUN" and any(row[6] == before[0] for row, _, _ in run)
        if is_head or is_after:
            yield _name(run, kind)


def _mentions(words: list[tuple[list[str], int, int]]) -> list[tuple[int, int, str]]:
    """Return first word, word after the last, and type of each mention."""
    opened: dict[str, list[tuple[int, str]]] = {}
    closed = []
    for number, (row, _, _) in enumerate(words):
        found = re.search(r"(?:^|\|)Entity=([^|]+)", row[9])
        for sign in re.findall(r"\([^()]+\)?|[^()]+\)", found.group(1) if found else ""):
            group, *rest = sign.strip("()").split("-")
            if sign.startswith("("):
                opened.setdefault(group, []).append((number, rest[0]))
            if sign.endswith(")") and opened.get(group):
                first, kind = opened[group].pop()
                closed.append((first, number + 1, kind))
    return closed


def _name(run: list[tuple[list[str], int, int]], kind: str) -> tuple[int, int, str, str]:
    last_title = max(
        (place for place, (row, _, _) in enumerate(run) if row[1].lower().rstrip(".") in TITLES), default=-1
    )
    plural = any("Number=Plur" in row[5] for row, _, _ in run)
    named = run[last_title + 1 :] or run
    return named[0][1], named[-1][2], kind, "OTHER" if plural or last_title == len(run) - 1 else "NAME"
