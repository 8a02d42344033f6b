"""Every code of a study with what was coded with it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.codebook import Codebook
    from workbench.study.study import Study


def list_codes(study: "Study") -> list[dict[str, Any]]:
    """Return one row a code: those of the codebook as a tree, then links and components in use, then strays.

    Parameters
    ----------
    study : Study
        From `open_study`.

    Returns
    -------
    list of dict
        code, name (None where no definition has it), kind (as the codebook gives it, or link, component, unknown),
        parent, depth (0 for the top), codings, coders, since (day of the first coding in force, or None), waiting
        (codings that wait to be given a part of it), retired (day or None), colour (None for unknown codes).
    """
    codebook, codings = study.codebook, study.store.codings()
    waiting = study.store.to_recode()["code"].value_counts()
    used = {str(code): rows for code, rows in codings.groupby("code")}
    tree = codebook.tree()
    others = [(0, code) for code in sorted(set(used) - set(codebook.codes))]
    rows = []
    for depth, code in [*tree, *others]:
        made = used.get(code)
        rows.append(
            _defined(codebook, code)
            | {"depth": depth, "codings": 0 if made is None else len(made)}
            | {"coders": 0 if made is None else int(made["coder"].nunique())}
            | {"since": None if made is None else str(made["at"].min())[:10], "waiting": int(waiting.get(code, 0))}
        )
    return rows


def _defined(codebook: "Codebook", code: str) -> dict[str, Any]:
    known = codebook.known(code)
    own = codebook.codes.get(code)
    kind = "component" if code in codebook.components else "link" if known else "unknown"
    return {
        "code": code,
        "name": codebook.name(code) if known else None,
        "kind": own.kind if own else kind,
        "parent": own.parent if own else None,
        "retired": own.retired.isoformat() if own and own.retired else None,
        "colour": codebook.colour(code) if known else None,
    }
