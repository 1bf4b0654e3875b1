"""How a lead reaches a member: with a private push at once, or as a line in the weekly digest.

Source: mission row C10 (all, only what fits, only the digest, quiet). The budget of pushes is never spent on a weak
fit: each push can silence a volunteer for a while (Manshadi & Rodilitz 2022).
"""

from typing import Literal

from assistant.rules.matching import Band

Volume = Literal["all", "fitting", "digest"]
LINES = 5  # leads in one digest; what is left comes in the next


def is_pushed(band: Band, volume: str, budget: int, *, is_tip: bool) -> bool:
    """Whether a push may go out now; a colleague's tip by name costs no budget, but is no way past one's own no."""
    if volume == "digest":
        return False
    if is_tip:
        return True
    return budget > 0 and (band != "guess" or volume == "all")
