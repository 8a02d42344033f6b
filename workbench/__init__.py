"""workbench: from raw transcripts and police records to a process evaluation.

    transcripts ─► corpus ──┐
    theory.yaml ─► theory ──┼─► codebook ─► coding ─► agreement ──────┐
                            │                  ▲  └─► theory_testing ─┤
                            │             suggestion                  ├─► synthesis ─► report
    manual.yaml ─► manual ──┼──────────────────────► fidelity ────────┤    (EMMIE)       ▲
    police data ─► records ─┴──────────────────────► equity ──────────┘             disclosure

Importing this package does nothing else: each name below is loaded when it
is first used, so that `workbench --help` answers at once.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "open_study": "workbench.study",
    "read_corpus": "workbench.corpus",
    "read_theory": "workbench.theory",
    "read_codebook": "workbench.codebook",
    "read_manual": "workbench.manual",
    "read_records": "workbench.records",
    "open_store": "workbench.coding",
    "suggest": "workbench.suggestion",
    "agreement": "workbench.agreement",
    "weigh_theory": "workbench.theory_testing",
    "check_fidelity": "workbench.fidelity",
    "compare_groups": "workbench.equity",
    "synthesise": "workbench.synthesis",
    "disagreements": "workbench.agreement",
    "Coder": "workbench.notebook",
    "Compare": "workbench.notebook",
    "Matrix": "workbench.notebook",
    "NameReview": "workbench.notebook",
    "Finding": "workbench.finding",
    "Estimate": "workbench.estimates",
    "Span": "workbench.corpus",
    "Coding": "workbench.coding",
    "WorkbenchError": "workbench.errors",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'workbench' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
