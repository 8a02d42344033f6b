"""Police records in: as forces send them, to incidents, events and stages."""

from workbench.records.columns import STAGES
from workbench.records.read import read_records
from workbench.records.stages import OUTCOMES
from workbench.records.tables import Records

__all__ = ["OUTCOMES", "STAGES", "Records", "read_records"]
