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
    table["note"] = [study.codebook.name(code) for code in table["code"]]
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
            *told_of_quotes(study.quote_permissions().counts(codings)),
        ],
        notes=["A code says what a passage is about, not that it is true."],
        provenance=Provenance(
            call="store.codings()",
            inputs={"acts": study.store.fingerprint()},
            definitions={"codebook": study.codebook.version},
        ),
        evidence=lambda row: tuple(
            codings.loc[(codings["code"] == table["code"][row]) & (codings["coder"] == table["coder"][row]), "id"]
        ),
    )


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
