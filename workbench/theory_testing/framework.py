"""The framework matrix: each element of the theory against each case, its passages beside their written summary."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from workbench.codebook import Codebook
from workbench.coding.settle import CodedTalk, decided
from workbench.errors import InputError, Problem, did_you_mean
from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.theory import Theory

Axis = Literal["person", "scheme", "document"]
AXES: tuple[Axis, ...] = ("person", "scheme", "document")
SILENT = "silent"
COLUMNS = (
    "element", "name", "case", "role", "scheme", "n", "summary", "by", "at", "earlier", "quotes", "codings",
)  # fmt: skip
PASSAGE = ("element", "case", "document", "turn", "start", "end", "stance", "coder", "quote", "codings")
_ASKS = "interviewer"
_UNKNOWN = ("unknown", "")


@dataclass(frozen=True, kw_only=True)
class Framework(Finding):
    """A framework matrix; see `framework_matrix`.

    Parameters
    ----------
    passages : pandas.DataFrame
        One row a passage and cell: element, case, document, turn, start, end, stance and coder (several are joined by
        commas), quote, codings (tuple of ids).
    axis : {"person", "scheme", "document"}
        What a case is.
    """

    passages: pd.DataFrame
    axis: Axis


def framework_matrix(
    theory: Theory,
    store: CodedTalk,
    *,
    by: Axis = "person",
    elements: Collection[str] | None = None,
    codebook: Codebook | None = None,
) -> Framework:
    """Set the theory's elements against the cases: in each cell the passages, and the summary that somebody wrote.

    Every cell is there, also those without a passage: what is empty is read too. Cases are people who are no
    interviewers, the schemes, or the transcripts that they speak in. Those of unknown role and in transcripts that
    nobody has finished are among them, though no verdict counts them. Decisions on coders' differences stand in the
    place of what coders said there; a passage that lies within another one of its cell is shown with that one, once.
    A question to which somebody said nothing (stance `silent`) belongs to who speaks next.

    Parameters
    ----------
    theory : Theory
        Its nodes and links are the rows.
    store : Store
        Holds codings and summaries; also one as it stood on a day (`store.as_of`).
    by : {"person", "scheme", "document"}
        What a case is. Cases are named as `store.summarise` takes them: a person by their id, `scheme:<id>`,
        `document:<id>`.
    elements : Collection of str, optional
        Only these nodes and links, in the theory's order.
    codebook : Codebook, optional
        Codes whose `node` is an element belong to it. A code with the id of an element always does.

    Returns
    -------
    Framework
        A Finding with one row an element and case: element, name, case, role, scheme, n (passages), summary, by and
        at (who wrote it when), earlier (versions before it), quotes (verbatim, one below the other), codings (ids,
        joined by commas). `.passages` has them one a row; `trace(row)` gives the coding ids.

    Raises
    ------
    InputError
        If an element or the kind of case is not known.

    References
    ----------
    Ritchie & Spencer (1994), in Bryman & Burgess (eds), Analyzing Qualitative Data; Gale et al. (2013), BMC Medical
    Research Methodology 13:117.
    """
    if by not in AXES:
        remedy = did_you_mean(str(by), AXES)
        raise InputError(Problem(place="framework_matrix", what=f"by is {by!r}", choices=AXES, remedy=remedy))
    shown = _asked_for(theory, elements)
    turns = store.turns()
    homes = {code: element for code, element in element_of(theory, codebook).items() if element in shown}
    codings = speakers_codings(decided(store).codings, turns)
    codings = codings[codings["code"].isin(list(homes))]
    passages = _passages(codings.assign(element=codings["code"].map(homes), case=_case(codings, by)))
    summaries, cases = _summaries(store), _cases(turns, by)
    table = _table(shown, cases, passages, summaries)
    ids = table["codings"]
    return Framework(
        name="framework",
        title="What each case says to each element of the theory",
        table=table,
        statements=_statements(table, by),
        notes=[
            "A cell counts passages, not people: one who says more is not more evidence. Verdicts are in `theory`.",
            "People stand under their pseudonyms, and who knows them may know their words: the matrix stays inside.",
            *_elsewhere(summaries, theory, cases, by),
        ],
        provenance=Provenance(
            call=f"framework_matrix(theory, store, by={by!r})",
            inputs={"acts": store.fingerprint(), theory.path.name: theory.sha256},
            definitions={"theory": theory.version},
        ),
        evidence=lambda row: tuple(each for each in str(ids[row]).split(", ") if each),
        passages=passages,
        axis=by,
    )


def element_of(theory: Theory, codebook: Codebook | None = None) -> dict[str, str]:
    """Return which element each code makes visible: code to node or link."""
    own = {element: element for element in (*theory.nodes, *theory.links)}
    codes = codebook.codes.items() if codebook is not None else ()
    return {code: each.node for code, each in codes if each.node is not None and each.node in theory.nodes} | own


def speakers_codings(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Return codings on the talk of who is no interviewer; on a question that got no answer, as of who speaks next.

    Parameters
    ----------
    codings : pandas.DataFrame
        Columns of `Store.codings`.
    turns : pandas.DataFrame
        Columns of `Store.turns`.
    """
    asks = codings["role"] == _ASKS
    questions = codings[asks & (codings["stance"] == SILENT)]
    spoken = codings[~asks & codings["person"].notna()]
    if questions.empty:
        return spoken
    known = turns[~turns["role"].fillna("").isin((_ASKS, *_UNKNOWN))]
    known = known.sort_values("start", kind="stable")[["document", "start", "person", "role", "scheme"]]
    placed = questions.drop(columns=["person", "role", "scheme"]).assign(_order=questions.index).sort_values("start")
    found = pd.merge_asof(placed, known, on="start", by="document", direction="forward").dropna(subset=["person"])
    found = found.set_index("_order").rename_axis(None)[list(codings.columns)]
    return pd.concat([spoken, found.astype(codings.dtypes.to_dict())]).sort_index()


def _asked_for(theory: Theory, elements: Collection[str] | None) -> dict[str, str]:
    """Return the elements that are shown, with their names, in the theory's order."""
    known = (*theory.nodes, *theory.links)
    wanted = set(
        known if elements is None else (each if each in theory.nodes else theory.link_id(each) for each in elements)
    )
    return {element: theory.name(element) for element in known if element in wanted}


def _case(codings: pd.DataFrame, by: Axis) -> "pd.Series[str]":
    return codings["person"] if by == "person" else f"{by}:" + codings[by].fillna("").astype("str")


def _cases(turns: pd.DataFrame, by: Axis) -> dict[str, tuple[str, str]]:
    """Return the cases with their roles and schemes, by scheme and role."""
    known = turns[(turns["role"] != _ASKS) & turns["person"].notna()]
    rows = known.assign(case=_case(known, by))[["case", "role", "scheme"]].drop_duplicates().fillna("")
    found: dict[str, tuple[set[str], set[str]]] = {}
    for case, role, scheme in rows.itertuples(index=False):
        roles, schemes = found.setdefault(case, (set(), set()))
        roles.add(role)
        schemes.add(scheme)
    said = {case: (", ".join(sorted(roles)), ", ".join(sorted(schemes))) for case, (roles, schemes) in found.items()}
    return dict(sorted(said.items(), key=lambda each: (each[1][1], each[1][0], each[0])))


def _passages(codings: pd.DataFrame) -> pd.DataFrame:
    """Return one row a passage and cell; what lies within another passage of its cell is shown with that one."""
    rows: list[list[Any]] = []
    ordered = codings.assign(_end=-codings["end"]).sort_values(["document", "start", "_end"], kind="stable")
    widest: dict[tuple[str, str, str], list[Any]] = {}
    columns = ["element", "case", "document", "turn", "start", "end", "stance", "coder", "quote", "id"]
    for element, case, document, turn, start, end, stance, coder, quote, identity in ordered[columns].itertuples(
        index=False
    ):
        there = widest.get((element, case, document))
        if there is None or end > there[5]:
            turn = None if pd.isna(turn) else int(turn)
            there = [element, case, document, turn, start, end, {}, {}, quote, []]
            widest[element, case, document] = there
            rows.append(there)
        if isinstance(stance, str):
            there[6][stance] = None
        there[7][coder] = None
        there[9].append(identity)
    shown = [[*row[:6], ", ".join(row[6]), ", ".join(row[7]), row[8], tuple(row[9])] for row in rows]
    return pd.DataFrame(shown, columns=list(PASSAGE)).astype({"turn": "Int64"})


def _summaries(store: CodedTalk) -> pd.DataFrame:
    found: pd.DataFrame | None = store.summaries() if hasattr(store, "summaries") else None
    columns = ["element", "case", "text", "by", "at", "earlier"]
    return found[columns] if found is not None else pd.DataFrame(columns=columns)


def _table(
    elements: Mapping[str, str],
    cases: Mapping[str, tuple[str, str]],
    passages: pd.DataFrame,
    summaries: pd.DataFrame,
) -> pd.DataFrame:
    written: dict[Any, Any] = {(row.element, row.case): row for row in summaries.itertuples(index=False)}
    behind: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
    for element, case, quote, ids in passages[["element", "case", "quote", "codings"]].itertuples(index=False):
        behind.setdefault((element, case), []).append((quote, ids))
    rows = []
    for element, name in elements.items():
        for case, (role, scheme) in cases.items():
            said, summary = behind.get((element, case), ()), written.get((element, case))
            told = (summary.text, summary.by, summary.at, int(summary.earlier)) if summary else ("", "", "", 0)
            quotes, ids = "\n".join(quote for quote, _ in said), ", ".join(each for _, own in said for each in own)
            rows.append((element, name, case, role, scheme, len(said), *told, quotes, ids))
    kinds = {name: "int64" if name in ("n", "earlier") else "str" for name in COLUMNS}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds)


def _statements(table: pd.DataFrame, by: Axis) -> list[str]:
    spoken, written = table["n"] > 0, table["summary"] != ""
    elements, cases = table["element"].nunique(), table["case"].nunique()
    return [
        f"{int(table['n'].sum()):,} passages stand in {int(spoken.sum()):,} of {len(table):,} cells "
        f"({elements:,} elements × {cases:,} cases, by {by}).",
        f"{int((spoken & written).sum()):,} of the {int(spoken.sum()):,} cells with a passage have a written summary.",
    ]


def _elsewhere(summaries: pd.DataFrame, theory: Theory, cases: Mapping[str, object], by: Axis) -> list[str]:
    """Tell of summaries that have no cell any more, so that nobody's words are lost in silence."""
    kind = summaries["case"].str.split(":").str[0] if len(summaries) else summaries["case"]
    here = kind == by if by != "person" else ~kind.isin(["scheme", "document"])
    known = {*theory.nodes, *theory.links}
    gone = summaries[(here & ~(summaries["element"].isin(known) & summaries["case"].isin(list(cases)))).astype(bool)]
    gone = gone[gone["text"] != ""]
    if gone.empty:
        return []
    which = "; ".join(f"{row.element} × {row.case} ({row.by})" for row in gone.head(5).itertuples())
    more = f" and {len(gone) - 5:,} more" if len(gone) > 5 else ""
    return [
        f"Summaries without a cell, since their element or case is not here any more: {which}{more}. "
        "`store.summaries()` has their words."
    ]
