"""Fidelity of one scheme: what the manual prescribes, what records show, what people say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding.settle import decided
from workbench.fidelity.cases import as_date
from workbench.fidelity.evaluate import evaluate
from workbench.fidelity.log import EventLog, read_log
from workbench.fidelity.people import hear
from workbench.fidelity.rows import ALL, Result, table_of
from workbench.fidelity.sentences import limits, statements
from workbench.fidelity.status import MET, OTHERWISE
from workbench.finding import Finding
from workbench.manual import Manual
from workbench.provenance import Provenance


def check_fidelity(records: Any, manual: Manual, *, as_of: str | date, store: Any | None = None) -> Finding:
    """Hold a scheme's events and what people say against its manual.

    Parameters
    ----------
    records : Records
        With `events`, an Ibis table; only the scheme's events and the columns
        that the rules name are fetched.
    manual : Manual
        From `read_manual`.
    as_of : str or date
        Last day that is seen; events after it do not exist.
    store : Store or None
        Codings whose code is a component's id: `supports` is delivered as
        written, `qualifies` adapted, `contradicts` not delivered.

    Returns
    -------
    Finding
        Named `fidelity-<scheme>`. One row a component (period "all"), then one
        a month of first activation ("2022-03") for components with rules.
        `status` is observed, not observable, or undefined. `n` of `total`
        decided cases kept the component; `value` is that share with its Wilson
        interval. Higher means more cases as the manual has it. `missed` is
        total less n, of which `otherwise` are recorded late, out of order, or
        in another amount. `not_due`, `not_applicable` and `unknown` are cases
        outside the base. `value_closed` is the share among cases whose time
        had run out, free of the head start of what happens soon. `delivered`,
        `adapted`, `not_delivered` and `mixed` (says both) count people, each
        once; `coders_differ` counts people of whom coders do not agree on what
        they say. Where coders' differences were settled, the decision counts;
        the notes say how many were. `drift_p` is the p-value of a trend over
        complete months.

    Raises
    ------
    InputError
        If `as_of` is no date, or a rule names a column that the events lack.

    References
    ----------
    Carroll et al. (2007), Implementation Science 2:40 (adherence). Pesic,
    Schonenberg and van der Aalst (2007), EDOC, 287-298 (constraints on events).
    Wilson (1927), JASA 22(158), 209-212 (interval). Armitage (1955),
    Biometrics 11, 375-386 (trend).
    """
    day = as_date(as_of)
    log = read_log(records, manual, as_of=day)
    settled = None if store is None else decided(store)
    voices = hear(manual, store, settled)
    results = [
        Result(
            component=component,
            scheme=manual.scheme,
            decisions=evaluate(log, component, manual),
            voices=voices[component.id],
        )
        for component in manual.components.values()
    ]
    table = table_of(results)
    return Finding(
        name=f"fidelity-{manual.scheme}",
        title=f"Delivery against the manual: {manual.title}",
        table=table,
        statements=statements(results, manual),
        notes=[
            *limits(results, log, as_of=day),
            *(settled.notes(manual.components) if settled else []),
            *([manual.note.strip()] if manual.note else []),
        ],
        provenance=_provenance(records, manual, day, store),
        evidence=_evidence(table, {result.component.id: result for result in results}, log),
    )


def _provenance(records: Any, manual: Manual, as_of: date, store: Any | None) -> Provenance:
    inputs = dict(getattr(records, "sources", {})) | {manual.path.name: manual.sha256}
    if store is not None and hasattr(store, "fingerprint"):
        inputs["acts"] = store.fingerprint()
    talk = "" if store is None else ", store=store"
    return Provenance(
        call=f"check_fidelity(records, manual, as_of={as_of.isoformat()!r}{talk})",
        inputs=inputs,
        definitions={f"manual {manual.scheme}": manual.version},
        as_of=as_of.isoformat(),
    )


def _evidence(table: pd.DataFrame, results: dict[str, Result], log: EventLog) -> Callable[[int], tuple[str, ...]]:
    """Return the way back from a row: events that set off what was missed, then what was met, then codings."""

    def behind(row: int) -> tuple[str, ...]:
        result = results[str(table["component"][row])]
        period = str(table["period"][row])
        decisions = result.decisions
        chosen = decisions.select(None if period == ALL else np.datetime64(period, "M"))[log.case_of[decisions.anchors]]
        missed = decisions.anchors[chosen & (decisions.codes >= OTHERWISE)]
        met = decisions.anchors[chosen & (decisions.codes == MET)]
        events = log.events["event"] if log.events["event"].notna().any() else log.events["case"]
        ids = tuple(events.iloc[np.concatenate([missed, met])].astype(str))
        return ids + (result.voices.codings if result.voices and period == ALL else ())

    return behind
