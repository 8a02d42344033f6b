"""The part of a store that is about codes: what was renamed, merged, split, moved, retired, and what follows."""

from workbench.coding.base_store import BaseStore


class CodeStore(BaseStore):
    """The part of a store that is about codes; use `open_store`."""
