"""Makes a description of a member's work of what was found in their own words."""

from nlu.meaning import Profile
from nlu.shaping.findings import Findings, Slots
from nlu.shaping.lead import place, rate, remote


def shape_profile(findings: Findings, slots: Slots) -> Profile:
    """Fill the fields of a profile; what was not said stays empty."""
    return Profile(
        name=slots.take("name", findings.first("profile_name")),
        roles=slots.take_all("roles", [*findings.all("own_role"), *findings.all("role")]),
        skills=slots.take_all("skills", findings.all("skill")),
        sectors=slots.take_all("sectors", findings.all("sector")),
        languages=slots.take_all("languages", findings.all("language_skill")),
        years=slots.take("years", findings.first("years")),
        place=place(findings, slots),
        radius_km=slots.take("radius_km", findings.first("radius_km")),
        remote=remote(findings, slots),
        rate=rate(findings, slots),
        hours_per_week=slots.take("hours_per_week", findings.first("hours")),
        days_per_week=slots.take("days_per_week", findings.first("days")),
        likes=slots.take_all("likes", findings.all("like")),
        dislikes=slots.take_all("dislikes", findings.all("dislike")),
    )
