"""After and during the work: three questions, the check, the share of a client."""

from dialogs.commands.base import Command


class Evaluate(Command, frozen=True):
    """The answer to one of the three questions after a job: "yes", "partly", "no", "unknown", or words to the third."""

    evaluation_id: int
    question: int
    answer: str


class ShowEvaluations(Command, frozen=True):
    """What was told of my jobs? A coordinator may ask it of somebody else."""

    name: str = ""


class CheckWork(Command, frozen=True):
    """The nine points of case law, one at a time: `answers` so far are letters, g(reen), a(mber) or q(uestion)."""

    answers: str = ""


class ShowShares(Command, frozen=True):
    """Which part of my turnover comes from this client, or from each?"""

    client: str = ""
