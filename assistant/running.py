"""What goes on with a lead that is out: whether somebody or its present wave still has to be waited for."""

from datetime import datetime, timedelta

from assistant.desk import Desk
from assistant.loading import lead_of, period, wanted
from assistant.rules import availability as rules
from assistant.rules import quiet
from db import availability, offers, prompts
from db.leads import Lead

STALE = "stale"  # the question whether what was said about availability still holds


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


def rests_on_old_word(desk: Desk, member_id: int, lead: Lead) -> bool:
    """Whether asking this member now would rely on what they said too long ago, and were not asked about lately."""
    wish = wanted(desk, lead_of(lead), lead.source_id)
    periods = [period(row) for row in availability.of_members(desk.session, [member_id])[member_id]]
    room = rules.room(periods, wish.start or desk.today, wish.end, desk.today)
    if not (room.known and room.available and rules.is_stale(room.stated_on, desk.today)):
        return False
    before = prompts.of_member(desk.session, member_id, STALE)
    lately = desk.now - timedelta(days=rules.MAX_AGE_DAYS)
    return before is None or before.asked_at is None or before.asked_at <= lately


def confirmed_by(desk: Desk, lead: Lead) -> datetime:
    """Until when an offer waits for that word; then it goes out with the doubt."""
    hours = rules.confirm_hours(urgent=lead_of(lead).asap)
    return quiet.add_working_hours(desk.now, hours, desk.policy.quiet)
