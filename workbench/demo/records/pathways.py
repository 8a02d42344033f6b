"""What happened after the contact: events in the order that the manuals prescribe, with their flaws."""

from typing import Any

import numpy as np
import pandas as pd

from workbench.demo.records.plan import COHORT_END, EXTRACT_DAY, FIRST_DAY, Plan
from workbench.demo.records.suspects import choose

COLUMNS = ("case", "activity", "at", "actor", "minutes", "result", "arrested", "outcome", "offence_group")


class Log:
    """Collects events of many cases at once."""

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(self, contacts: pd.DataFrame, activity: str, at: pd.Series, **columns: Any) -> None:
        """Add one event to each of the contacts; columns not given are blank."""
        part = {name: columns.get(name) for name in COLUMNS}
        part.update(case=contacts["case"], activity=activity, at=at, order=len(self._parts))
        part["scheme"] = contacts["scheme"]
        part["pnc"] = contacts["pnc"]
        self._parts.append(pd.DataFrame(part, index=contacts.index))

    def ends(self) -> pd.Series:
        """Return when each contact's pathway ended, by its row; those that never began one are not there."""
        over = [part["at"] for part in self._parts if set(part["activity"]) & {"completion", "non_engagement"}]
        times: pd.Series = pd.concat(over)
        return times

    def to_table(self) -> pd.DataFrame:
        """Return the events known on the day of the extract, by case and time."""
        table = pd.concat([part.astype(object) for part in self._parts], ignore_index=True)
        table["at"] = pd.to_datetime(table["at"])
        known = table[table["at"] < pd.Timestamp(EXTRACT_DAY) + pd.Timedelta(days=1)]
        return known.sort_values(["case", "at", "order"], kind="stable", ignore_index=True).drop(columns="order")


def draw_events(plan: Plan, contacts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the events of all contacts: case, activity, at, actor and what belongs to the activity."""
    log = Log()
    _street(log, contacts, rng)
    contacts = _assess(plan, log, contacts, rng)
    names = np.array([one.scheme for one in plan.schemes], dtype=object)[contacts["scheme"]]
    _sessions(plan, log, contacts[names == "west-midlands"], rng, most=1)
    _sessions(plan, log, contacts[names == "thames-valley"], rng, most=3)
    _contract(log, contacts[names == "durham"], rng)
    _close(log, contacts, names, rng)
    return log.to_table()


def days(values: np.ndarray) -> pd.TimedeltaIndex:
    """Return whole days as time."""
    return pd.to_timedelta(values, unit="D")


def minutes(values: np.ndarray) -> pd.TimedeltaIndex:
    """Return minutes as time."""
    return pd.to_timedelta(values, unit="min")


def working_hour(day: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Return a time between 9 and 17 on a day."""
    time: pd.Series = day.dt.normalize() + minutes(rng.integers(9 * 60, 17 * 60, len(day)))
    return time


def _street(log: Log, contacts: pd.DataFrame, rng: np.random.Generator) -> None:
    yes = contacts["arrested"].map({True: "Y", False: "N"})
    group = contacts["offence_group"]
    log.add(
        contacts,
        "encounter",
        contacts["at"],
        actor="officer",
        result=contacts["drug"],
        arrested=yes,
        offence_group=group,
    )
    offered = contacts[contacts["offered"]]
    log.add(offered, "offer", offered["at"] + minutes(rng.integers(3, 15, len(offered))), actor="officer")
    answer = offered["at"] + minutes(rng.integers(16, 25, len(offered)))
    said_yes = offered["accepted"].to_numpy()
    log.add(offered[said_yes], "acceptance", answer[said_yes], actor="service_user")
    log.add(offered[~said_yes], "refusal", answer[~said_yes], actor="service_user")
    referred = contacts[contacts["referred"]]
    form = choose(rng, len(referred), ("app", "form"), (0.86, 0.14))
    log.add(referred, "referral", _referral(referred), actor="officer", result=form)
    asked_again = contacts[contacts["earlier_case"].notna() & contacts["offered"]]
    earlier = asked_again.assign(case=asked_again["earlier_case"])
    log.add(earlier, "reoffer", earlier["at"] + minutes(np.full(len(earlier), 5)), actor="officer")


def _referral(contacts: pd.DataFrame) -> pd.Series:
    return contacts["at"] + minutes(np.full(len(contacts), 30))


def _assess(plan: Plan, log: Log, contacts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    n = len(contacts)
    chance = np.array([one.assessed_in_time for one in plan.schemes])[contacts["scheme"]]
    # Not 14 or 15 days: whether hours or days are counted must not decide who was in time.
    lag = np.where(rng.random(n) < chance, rng.integers(3, 14, n), rng.integers(16, 50, n))
    contacts = contacts.assign(assessed_at=working_hour(contacts["day"] + days(lag), rng))
    reached = contacts["referred"] & (contacts["assessed"] | (rng.random(n) < 0.6))
    called = contacts[reached]
    log.add(
        called, "contact", working_hour(called["day"] + days(rng.integers(1, 3, len(called))), rng), actor="provider"
    )
    assessed = contacts[contacts["assessed"]]
    names = np.array([one.scheme for one in plan.schemes], dtype=object)[assessed["scheme"]]
    mode = np.where(
        names == "west-midlands",
        "telephone",
        choose(rng, len(assessed), ("face to face", "telephone", "online"), (0.6, 0.25, 0.15)),
    )
    who = np.where(names == "durham", "navigator", "provider")
    log.add(
        assessed,
        "assessment",
        assessed["assessed_at"],
        actor=who,
        minutes=rng.integers(25, 70, len(assessed)),
        result=mode,
    )
    advised = assessed[(names == "west-midlands") & (rng.random(len(assessed)) < _advice(plan, assessed["day"]))]
    log.add(advised, "advice", advised["assessed_at"] + minutes(np.full(len(advised), 10)), actor="provider")
    lost = contacts[contacts["referred"] & ~contacts["assessed"]]
    log.add(
        lost, "non_engagement", working_hour(lost["day"] + days(rng.integers(28, 45, len(lost))), rng), actor="provider"
    )
    return contacts


def _advice(plan: Plan, day: pd.Series) -> np.ndarray:
    start, end = pd.Timestamp(FIRST_DAY), pd.Timestamp(COHORT_END)
    through = ((day - start) / (end - start)).clip(0, 1).to_numpy()
    return np.asarray(plan.advice_at_start + (plan.advice_at_end - plan.advice_at_start) * through)


def _sessions(plan: Plan, log: Log, contacts: pd.DataFrame, rng: np.random.Generator, *, most: int) -> None:
    assessed = contacts[contacts["assessed"]]
    n = len(assessed)
    kind = choose(rng, n, ("group", "one_to_one", "treatment"), (0.78, 0.17, 0.05))
    log.add(assessed, "allocation", assessed["assessed_at"] + minutes(np.full(n, 20)), actor="provider", result=kind)
    done, how = assessed[assessed["completed"]], kind[assessed["completed"].to_numpy()]
    last = done["assessed_at"]
    wanted = np.where(rng.random(len(done)) < 0.8, most, np.maximum(most - 1, 1))
    for number in range(most):
        last = last.where(number >= wanted, working_hour(last + days(rng.integers(5, 22, len(done))), rng))
        going = number < wanted
        alone = going & (how != "group")
        short = rng.random(len(done)) < plan.short_sessions
        length = np.where(short, rng.integers(55, 115, len(done)), rng.integers(120, 181, len(done)))
        together = going & (how == "group")
        log.add(done[together], "group_session", last[together], actor="provider", minutes=length[together])
        log.add(
            done[alone], "one_to_one", last[alone], actor="provider", minutes=rng.integers(40, 75, int(alone.sum()))
        )
    onward = (how != "group") | (rng.random(len(done)) < 0.05)
    log.add(done[onward], "onward_referral", last[onward] + minutes(np.full(int(onward.sum()), 200)), actor="provider")
    _finish(log, done, last + minutes(np.full(len(done), 240)), rng)
    left = assessed[~assessed["completed"]]
    log.add(
        left,
        "non_engagement",
        working_hour(left["assessed_at"] + days(rng.integers(25, 40, len(left))), rng),
        actor="provider",
    )


def _finish(log: Log, done: pd.DataFrame, at: pd.Series, rng: np.random.Generator) -> None:
    log.add(done, "completion", at, actor="provider")
    told = rng.random(len(done)) < 0.85
    log.add(done[told], "police_feedback", at[told] + days(rng.integers(1, 6, int(told.sum()))), actor="provider")


def _contract(log: Log, contacts: pd.DataFrame, rng: np.random.Generator) -> None:
    assessed = contacts[contacts["assessed"]]
    n = len(assessed)
    signed = assessed["assessed_at"] + days(
        np.where(rng.random(n) < 0.92, rng.integers(0, 9, n), rng.integers(30, 50, n))
    )
    conditions = choose(rng, n, ("1", "2", "3", "4", "5", "6"), (0.1, 0.25, 0.35, 0.2, 0.08, 0.02))
    log.add(assessed, "contract", signed, actor="navigator", result=conditions)
    length = np.where(rng.random(n) < 0.9, rng.integers(112, 126, n), rng.integers(60, 100, n))
    finished = assessed["completed"].to_numpy()
    stop = np.where(finished, length, rng.integers(30, 90, n))
    for month in (1, 2, 3, 4):
        seen = (stop >= month * 28) & (rng.random(n) < 0.92)
        log.add(
            assessed[seen],
            "contract_review",
            signed[seen] + days(np.full(int(seen.sum()), month * 28)),
            actor="navigator",
        )
    met = finished & (rng.random(n) < 0.25)
    log.add(assessed[met], "restorative", signed[met] + days(rng.integers(20, 58, int(met.sum()))), actor="navigator")
    worked = finished & (rng.random(n) < 0.6)
    hours = np.where(rng.random(n) < 0.93, rng.integers(18, 37, n), rng.integers(6, 18, n))[worked]
    log.add(
        assessed[worked],
        "community_work",
        signed[worked] + days(rng.integers(25, 58, int(worked.sum()))),
        actor="provider",
        minutes=hours * 60,
    )
    end = signed + days(stop)
    _finish(log, assessed[finished], end[finished], rng)
    log.add(assessed[~finished], "non_engagement", end[~finished], actor="navigator")


def _close(log: Log, contacts: pd.DataFrame, names: np.ndarray, rng: np.random.Generator) -> None:
    n = len(contacts)
    wait = np.where(rng.random(n) < 0.88, rng.integers(1, 26, n), rng.integers(30, 70, n))
    begun = log.ends().reindex(contacts.index).fillna(contacts["day"])
    later = working_hour(begun + days(wait), rng)
    # A community resolution is recorded at the scene; the other two wait for the end of the pathway.
    same_day = contacts["referred"] & (names == "west-midlands") & (rng.random(n) < 0.97)
    at = later.where(~same_day, contacts["at"] + minutes(np.full(n, 40)))
    log.add(contacts, "closing", at, actor="officer", outcome=contacts["outcome"])


def draw_outcomes(plan: Plan, contacts: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Return the Home Office outcome that each case is closed with."""
    n = len(contacts)
    names = np.array([one.scheme for one in plan.schemes], dtype=object)[contacts["scheme"]]
    usual = choose(
        rng, n, ("1", "1A", "3", "6", "7", "8", "15", "21"), (0.40, 0.02, 0.12, 0.04, 0.12, 0.12, 0.10, 0.08)
    )
    diverted = np.where(names == "west-midlands", "8", choose(rng, n, ("22", "8"), (0.7, 0.3)))
    prosecuted = choose(rng, n, ("1", "3", "21"), (0.7, 0.2, 0.1))
    kept = contacts["completed"] | (names == "west-midlands")
    return pd.Series(np.where(contacts["referred"], np.where(kept, diverted, prosecuted), usual), index=contacts.index)
