"""What goes on with a lead that is out: whether its present wave still has to be waited for."""

from assistant.desk import Desk
from assistant.rules import quiet
from db import offers
from db.leads import Lead


def wave_may_be_over(desk: Desk, lead: Lead, *, lost_yes: bool = False) -> None:
    """When nobody of the wave can still say yes in time, nobody need wait for the window to end.

    `lost_yes`: the yes that held the next wave back is gone.
    """
    desk.session.flush()
    every = offers.of_lead(desk.session, lead.id)
    asked = [o for o in every if o.wave <= lead.wave]
    soon = quiet.next_open(desk.now, desk.policy.quiet)
    coming = [o for o in asked if o.state == "planned" and o.offer_at is not None and o.offer_at <= soon]
    if coming or any(o.state == "yes" for o in asked):
        return
    had_their_time = lead.window_ends_at is None and (lost_yes or len(asked) < len(every))
    if had_their_time or not any(o.state == "offered" for o in asked):
        lead.window_ends_at = desk.now
