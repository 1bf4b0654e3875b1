"""What the coordinator is told about how fairly work goes round."""

from dataclasses import dataclass

from assistant.notices.base import Notice
from assistant.rules.fairness import Fairness
from assistant.rules.missing import Missing


@dataclass(frozen=True)
class FairnessReport(Notice):
    """To a coordinator: how the last quarter's work was shared, in words; numbers about the group, none below three."""

    report: Fairness

    @property
    def variant(self) -> str:
        """Something was shared, or nothing at all."""
        return "shared" if self.report.leads else "nothing"


@dataclass(frozen=True)
class MissingSkills(Notice):
    """To a coordinator: what was asked in the last quarter and nobody has, as counts of leads."""

    found: Missing

    @property
    def variant(self) -> str:
        """No leads at all, nothing missing, or something."""
        if not self.found.leads:
            return "no_leads"
        return "some" if self.found.terms or self.found.without else "nothing"
