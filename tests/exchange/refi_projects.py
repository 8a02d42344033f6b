"""Projects of every kind, for properties that hold for all."""

import unicodedata
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from refi_files import DATA

from workbench.exchange.refi import (
    WHOLE_PROJECT,
    Case,
    Link,
    Note,
    Project,
    RefiCode,
    RefiCoding,
    Selection,
    Set,
    Source,
    User,
    Value,
    Variable,
    new_guid,
)
from workbench.exchange.refi.counting import given_words, same_words

SIGNS = st.one_of(
    st.sampled_from(
        [
            "a",
            "e",
            " ",
            "\n",
            "\t",
            "é",
            "😀",
            "👩‍👧",
            "\u2028",
            "e\u0323\u0307",
            "\x85",
            "<",
            "&",
            "]]>",
            '"',
            "\u00a0",
        ]
    ),
    st.characters(codec="utf-8", exclude_characters="\r\ufeff\ufffe\uffff", exclude_categories=("Cs", "Cc")),
)
WORDS = st.lists(SIGNS, max_size=12).map("".join)
"""What XML can hold."""
TEXTS = st.lists(st.one_of(SIGNS, st.sampled_from(["\x00", "\x0b", "\x1b", "\ufeff"])), max_size=40).map(
    lambda signs: unicodedata.normalize("NFC", "".join(signs).lstrip("\ufeff"))
)
"""What a text file can hold, in the normal form."""
DATES = st.datetimes().map(lambda date: date.isoformat() + "Z")
COLOURS = st.none() | st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
VALUES = {
    "Text": WORDS.filter(bool),
    "Boolean": st.sampled_from(["true", "false"]),
    "Integer": st.integers().map(str),
    "Float": st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda number: f"{number:f}"),
    "Date": st.dates().map(str),
    "DateTime": DATES,
}


@lru_cache
def schema(name: str) -> Any:
    """The standard's schema, or None where it is not at hand."""
    from lxml import etree

    path = DATA / name
    return etree.XMLSchema(etree.parse(str(path))) if path.is_file() else None


class _Numbers:
    """Gives GUIDs one after the other."""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self) -> str:
        self.given += 1
        return new_guid("test", str(self.given))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    number = _Numbers()
    users = tuple(User(guid=number(), name=draw(WORDS)) for _ in range(draw(st.integers(0, 2))))
    someone = st.sampled_from([None, *(user.guid for user in users)])
    when = st.just("") | DATES
    codes = draw_codes(draw, number, None, 2)

    def codings(user: str | None, at: str) -> tuple[RefiCoding, ...]:
        chosen = draw(st.lists(st.sampled_from(codes), max_size=3)) if codes else []
        by = st.sampled_from([one.guid for one in users]) if user else someone
        return tuple(
            RefiCoding(guid=number(), code=code.guid, user=draw(by), at=draw(DATES if at else when)) for code in chosen
        )

    variables = tuple(
        Variable(guid=number(), name=draw(WORDS), kind=draw(st.sampled_from(sorted(VALUES))), description=draw(WORDS))  # type: ignore[arg-type]
        for _ in range(draw(st.integers(0, 2)))
    )

    def values() -> tuple[Value, ...]:
        held = draw(st.lists(st.sampled_from(variables), unique=True)) if variables else []
        return tuple(Value(variable.guid, draw(VALUES[variable.kind])) for variable in held)

    def selection(text: str) -> Selection:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        user, at, name = draw(someone), draw(when), given_words(draw(WORDS))
        return Selection(
            guid=number(),
            start=start,
            end=end,
            user=user,
            at=at,
            description=draw(WORDS),
            name="" if same_words(name, text[start:end]) else name,
            codings=codings(user, at),
        )

    def source() -> Source:
        kind = draw(st.sampled_from(["text", "text", "text", "pdf", "picture", "audio", "video"]))
        text = draw(TEXTS) if kind == "text" else ""
        selections = tuple(selection(text) for _ in range(draw(st.integers(0, 3)))) if text else ()
        return Source(
            guid=number(),
            name=draw(WORDS),
            kind=kind,
            text=text,
            selections=selections,  # type: ignore[arg-type]
            codings=codings(None, ""),
            values=values(),
            description=draw(WORDS),
            user=draw(someone),
            at=draw(when),
        )

    sources = tuple(source() for _ in range(draw(st.integers(0, 3))))
    selections = [one.guid for held in sources for one in held.selections]

    def some(guids: list[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(guids), unique=True))) if guids else ()

    code_guids, source_guids = [one.guid for one in codes], [one.guid for one in sources]
    cases = tuple(
        Case(
            guid=number(),
            name=draw(WORDS),
            description=draw(WORDS),
            sources=some(source_guids),
            codes=some(code_guids),
            selections=some(selections),
            values=values(),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    note_guids = [number() for _ in range(draw(st.integers(0, 2)))]
    bearing = [WHOLE_PROJECT, *code_guids, *source_guids, *selections, *note_guids]
    notes = tuple(
        Note(
            guid=guid,
            name=draw(WORDS),
            text=unicodedata.normalize("NFC", draw(WORDS)),
            user=draw(someone),
            at=draw(when),
            about=frozenset(some(bearing)),
        )
        for guid in note_guids
    )
    ends = st.sampled_from([None, *bearing[1:]])
    direction = st.sampled_from([None, "Associative", "OneWay", "Bidirectional"])
    links = tuple(
        Link(
            guid=number(),
            name=draw(WORDS),
            direction=draw(direction),
            colour=draw(COLOURS),
            origin=draw(ends),
            target=draw(ends),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    sets = tuple(
        Set(
            guid=number(),
            name=draw(WORDS),
            description=draw(WORDS),
            codes=some(code_guids),
            sources=some(source_guids),
            notes=some(note_guids),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    return Project(
        name=draw(WORDS.filter(bool)),
        origin="workbench",
        users=users,
        codes=codes,
        variables=variables,
        cases=cases,
        sources=sources,
        notes=notes,
        links=links,
        sets=sets,
        description=draw(WORDS),
        user=draw(someone),
        at=draw(when),
    )


def draw_codes(draw: st.DrawFn, number: _Numbers, parent: str | None, depth: int) -> tuple[RefiCode, ...]:
    found: list[RefiCode] = []
    for _ in range(draw(st.integers(0, 2))):
        code = RefiCode(
            guid=number(),
            name=draw(WORDS.filter(bool)),
            parent=parent,
            colour=draw(COLOURS),
            description=draw(WORDS),
            codable=draw(st.booleans()),
        )
        found += [code, *(draw_codes(draw, number, code.guid, depth - 1) if depth else ())]
    return tuple(found)
