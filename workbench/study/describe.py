"""What the study rests on: its talk, its codings, its methods, each as a Finding."""

from typing import Any

import pandas as pd

from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance, package_version
from workbench.study.consent_state import told_of_quotes
from workbench.study.describe_talk import NOBODY, told_of_state
from workbench.study.study import Study


def describe_corpus(study: Study) -> Finding:
    """Count documents, people and words by scheme and role."""
    turns = study.corpus.turns
    talk = turns[turns["role"] != "interviewer"]
    known = talk["person"].where(~talk["speaker"].isin(NOBODY))
    groups = talk.assign(person=known).groupby(["scheme", "role"], dropna=False)
    table = groups.agg(
        n=("document", "nunique"), people=("person", "nunique"), turns=("turn", "size"), words=("words", "sum")
    ).reset_index()
    table["scheme"] = _given(table["scheme"])
    documents = study.corpus.documents
    groups_held = int((documents["kind"] == "focus_group").sum())
    hold = "holds" if len(documents) == 1 else "hold"
    notes = ["A person is a speaker within one transcript: somebody interviewed twice counts twice."]
    if table["n"].sum() > (heard := talk["document"].nunique()):
        notes.append(
            "A transcript stands in every row whose people speak in it: added up, the rows give "
            f"{table['n'].sum():,} for {counted(heard, 'transcript')}."
        )
    return Finding(
        name="corpus",
        title="Whose talk this rests on",
        table=table,
        statements=[
            f"{counted(len(documents), 'transcript')}, {groups_held} of them of focus groups, {hold} "
            f"{counted(int(talk['words'].sum()), 'word')} by {counted(known.nunique(), 'person', 'people')} "
            "beside the interviewers.",
            *told_of_state(study),
        ],
        notes=notes,
        provenance=Provenance(
            call=f"read_corpus({study.settings.transcripts!r})",
            inputs=dict(zip(documents["source"], documents["sha256"], strict=True)),
        ),
        evidence=lambda row: _documents(talk, table, row),
    )


def _documents(talk: pd.DataFrame, table: pd.DataFrame, row: int) -> tuple[str, ...]:
    asked = table.iloc[row]
    here = (_given(talk["scheme"]) == asked["scheme"]) & (talk["role"] == asked["role"])
    return tuple(talk.loc[here, "document"].unique())


def _given(schemes: "pd.Series[Any]") -> "pd.Series[Any]":
    return schemes.astype(object).where(schemes.notna(), "not given")


def describe_coding(study: Study) -> Finding:
    """Count codings, people and documents by code and coder."""
    codings = study.store.codings()
    groups = codings.groupby(["code", "coder"])
    table = groups.agg(n=("id", "size"), people=("person", "nunique"), documents=("document", "nunique")).reset_index()
    names = study.codebook  # which may not have what another's change of codes made of a code
    table["note"] = [names.name(code) if names.known(code) else "not in the codebook" for code in table["code"]]
    read = study.store.read_by()
    both = int((read.groupby("document").size() > 1).sum())
    return Finding(
        name="coding",
        title="What was coded, by whom",
        table=table,
        statements=[
            f"{counted(len(codings), 'coding')} of {counted(codings['code'].nunique(), 'code')} by "
            f"{counted(codings['coder'].nunique(), 'coder')}; {both} of {counted(len(study.corpus), 'transcript')} "
            f"{'was' if both == 1 else 'were'} finished by more than one of them.",
            *_suggested(study),
            *_code_changes(study),
            *_settled(study),
            *told_of_quotes(study.quote_permissions().counts(codings)),
        ],
        notes=["A code says what a passage is about, not that it is true."],
        provenance=Provenance(
            call="store.codings()",
            inputs={"acts": study.store.fingerprint()},
            definitions={"codebook": study.codebook.version + _changed_since(study)},
        ),
        evidence=lambda row: tuple(
            codings.loc[(codings["code"] == table["code"][row]) & (codings["coder"] == table["coder"][row]), "id"]
        ),
    )


def _suggested(study: Study) -> list[str]:
    """Say what became of suggestions; whether a coder looked at those that nobody decided on is not known."""
    table = study.store.suggestions()
    if table.empty:
        return ["No suggestions stood in the store when codings were counted."]
    accepted, rejected = table["accepted_by"].map(len) > 0, table["rejected_by"].map(len) > 0
    stood = "stood" if len(table) > 1 else "was"
    return [
        f"{counted(len(table), 'suggestion')} {stood} in the store when codings were counted: {accepted.sum():,} "
        f"accepted by somebody, {rejected.sum():,} rejected by somebody, {(~accepted & ~rejected).sum():,} decided on "
        "by nobody."
    ]


def _code_changes(study: Study) -> list[str]:
    """Say how codes were changed in the course of coding, when, and how many codings wait because of it."""
    changes = study.store.code_changes().drop_duplicates("id")  # codes merged at once are one change
    if changes.empty:
        return []
    numbers = changes["kind"].value_counts(sort=False)
    kinds = ", ".join(counted(int(number), str(kind)) for kind, number in numbers.items())
    first, last = (f"{pd.Timestamp(at):%d %B %Y}" for at in (changes["at"].min(), changes["at"].max()))
    when = f"on {first}" if first == last else f"from {first} to {last}"
    stand = "stands" if len(changes) == 1 else "stand"
    many = counted(len(changes), "change")
    said = f"Beside codebook {study.codebook.version} {stand} {many} of codes ({kinds}), {when}."
    waiting = len(study.store.to_recode())
    wait = "waits" if waiting == 1 else "wait"
    left = f"{counted(waiting, 'coding')} under split codes {wait} to be given a narrower one."
    return [said, left] if waiting else [said]


def _changed_since(study: Study) -> str:
    """Return what a codebook's version leaves out: how often codes were changed, and when last."""
    changes = study.store.code_changes().drop_duplicates("id")
    if changes.empty:
        return ""
    return f" with {counted(len(changes), 'change')} of codes, last on {changes['at'].max()[:10]}"


def _settled(study: Study) -> list[str]:
    settled = study.store.settled()
    if settled.empty:
        return []
    people = counted(settled["by"].nunique(), "person", "people")
    were = "was" if len(settled) == 1 else "were"
    return [f"{counted(len(settled), 'difference')} between coders {were} settled, by {people}."]


def describe_methods(study: Study, findings: dict[str, Finding]) -> Finding:
    """List each analysis with its call, its definitions' versions and the hash of its inputs."""
    rows = []
    for finding in findings.values():
        used = finding.provenance
        versions = "; ".join(f"{name} {version}" for name, version in used.definitions.items())
        note = "; ".join(f"{name} {digest[:12]}" for name, digest in list(used.inputs.items())[:4])
        more = f" and {len(used.inputs) - 4} more" if len(used.inputs) > 4 else ""
        rows.append((finding.name, used.call, versions, used.as_of or "", note + more))
    settings = study.settings
    rule = settings.verdict
    return Finding(
        name="methods",
        title="How each result was made",
        table=pd.DataFrame(rows, columns=["finding", "call", "definitions", "period", "note"]),
        statements=[
            f"Made with workbench {package_version()}; cut-off of the records {settings.as_of:%d %B %Y}.",
            f"A link is called supported when at least {rule.people} people of at least {rule.roles} roles and "
            f"{rule.schemes} schemes speak for it and nobody against it; refuted when at least {rule.against} speak "
            "against it and nobody for it.",
            f"Counts from records below {settings.threshold} are withheld, and others rounded to {settings.rounding}, "
            "before release; people interviewed are counted by the groups that their quotes are given to.",
        ],
        notes=["Of each input the first twelve signs of its SHA-256 are shown."],
        provenance=Provenance(call="describe_methods(study, findings)"),
    )
