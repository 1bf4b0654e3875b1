"""What is asked when a job is over, and who is told what was answered. No stars: words, for a next time."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.notices.base import Choice, Notice, Row
from dialogs import commands as do

Side = Literal["doer", "source"]
ANSWERS = ("yes", "partly", "no", "unknown")


@dataclass(frozen=True)
class EvaluationAsked(Notice):
    """One of three questions about a job; `name` is who did it. The third is open."""

    evaluation_id: int
    side: Side
    question: Literal[1, 2, 3]
    title: str
    name: str

    @property
    def variant(self) -> str:
        """Whom it is asked, and which question it is."""
        return f"{self.side}_{self.question}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A few answers; the last question can be passed over."""
        if self.question == 3:
            return (Choice("skip_evaluation", do.Evaluate(self.evaluation_id, 3, "")),)
        return tuple(
            Choice(self._label(each), do.Evaluate(self.evaluation_id, self.question, each))
            for each in ANSWERS
        )

    def _label(self, answer: str) -> str:
        """The second question is about another time, so half a yes is a perhaps."""
        return "evaluation.perhaps" if (self.question, answer) == (2, "partly") else f"evaluation.{answer}"


@dataclass(frozen=True)
class EvaluationNoted(Notice):
    """Thank you; who sees it."""

    name: str
    side: Side

    @property
    def variant(self) -> str:
        """Whether it was about one's own work."""
        return self.side


@dataclass(frozen=True)
class EvaluationLine(Row):
    """What one side told of one job."""

    row: ClassVar[str] = "evaluation_line"
    title: str
    by: str
    first: str
    second: str
    words: str | None


@dataclass(frozen=True)
class EvaluationHeard(Notice):
    """To who did the job and to the coordinators: what was told of it."""

    name: str
    lines: tuple[EvaluationLine, ...]
    own: bool

    @property
    def variant(self) -> str:
        """Whether it is about the reader's own work."""
        return "own" if self.own else "other"


@dataclass(frozen=True)
class EvaluationsShown(Notice):
    """What was told of the jobs of one member: for themself and the coordinator."""

    name: str
    lines: tuple[EvaluationLine, ...]
    own: bool

    @property
    def variant(self) -> str:
        """Whether there is anything, and whose it is."""
        return f"{'own' if self.own else 'other'}_{'some' if self.lines else 'none'}"


@dataclass(frozen=True)
class NoEvaluation(Notice):
    """A question that is not there, or was answered already."""
