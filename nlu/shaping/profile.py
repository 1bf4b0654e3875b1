"""Makes a description of a member's work of what was found in their own words."""

from nlu.components.names import Spans
from nlu.finds import Find
from nlu.meaning import Profile, Remote
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.lead import place, rate, remote


def _remote(findings: Findings, slots: Slots) -> Remote | None:
    """Who names a place and adds "remote kan ook" travels as well; who says "remote" does not."""
    said = remote(findings, slots)
    travels = findings.has("may_be_remote") and findings.has("place") and not findings.has("radius_km")
    return "hybrid" if said == "remote" and travels else said


def shape_profile(findings: Findings, slots: Slots) -> Profile:
    """Fill the fields of a profile; what was not said stays empty, and what is taken off is not put on."""
    gone = Spans((find.start, find.end) for find in findings.all("drop"))

    def kept(*kinds: str) -> list[Find]:
        finds = [find for kind in kinds for find in findings.all(kind)]
        return [find for find in finds if not gone.touch(find.start, find.end)]

    return Profile(
        name=slots.take("name", findings.first("profile_name")),
        roles=slots.take_all("roles", kept("own_role", "role")),
        skills=slots.take_all("skills", kept("skill")),
        sectors=slots.take_all("sectors", kept("sector")),
        languages=slots.take_all("languages", kept("language_skill")),
        years=slots.take("years", findings.first("years")),
        place=place(findings, slots),
        radius_km=slots.take("radius_km", findings.first("radius_km")),
        remote=_remote(findings, slots),
        rate=rate(findings, slots),
        hours_per_week=slots.take("hours_per_week", findings.first("hours")),
        days_per_week=slots.take("days_per_week", findings.first("days")),
        likes=slots.take_all("likes", findings.all("like")),
        dislikes=slots.take_all("dislikes", findings.all("dislike")),
        dropped=slots.take_all("dropped", findings.all("drop")),
        cleared=slots.take_all("cleared", findings.all("clear")),
    )
