"""The switchboard: one line per command. mypy fails if a command has no line."""

from collections.abc import Callable, Mapping

from assistant import titles
from assistant.actions import (
    allies,
    availability,
    checks,
    claims,
    coins,
    corrections,
    deals,
    delete_me,
    drive,
    dues,
    duty,
    evaluations,
    everybody,
    fairness,
    follows,
    humans,
    inquiries,
    introductions,
    leads,
    linking,
    lookups,
    membership,
    my_data,
    offers,
    origin,
    outside,
    pauses,
    payments,
    payouts,
    policy,
    pools,
    profile,
    replies,
    roles,
    room,
    rotation,
    standing,
    statements,
    teams,
    terms,
    totals,
    turnover,
    vocabulary,
    volume,
    why,
    years,
)
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    AskAvailability,
    AskFollow,
    AskProfile,
    AskStop,
    AskVouch,
    Cancelled,
    ConsentAsked,
    DraftWaiting,
    EditIgnored,
    Help,
    IdeaAsked,
    IdeaReadBack,
    Impossible,
    KeptPrivate,
    LeadReadBack,
    Left,
    NotActiveYet,
    NothingToUndo,
    Notice,
    OwnWorkNoted,
    Pleasantry,
    ProfileReadBack,
    Question,
    Speaking,
    Stale,
    StillAsked,
    TooLong,
    Unclear,
    UnknownShortcut,
    Unreadable,
    WhatIsWrong,
    first_name,
)
from db import changes, questions
from db.accounts import Account
from db.changes import Change
from db.members import Member
from dialogs import Conversation
from dialogs import commands as do
from dialogs.commands import Command, TalkCommand

TAKE_BACK: Mapping[str, Callable[[Desk, Member, Change], list[Notice]]] = {
    availability.WHAT: availability.take_back,
    profile.WHAT: profile.take_back,
    follows.WHAT: follows.take_back,
    pauses.WHAT: pauses.take_back,
    leads.WHAT: leads.take_back,
    offers.WHAT: offers.take_back,
    introductions.WHAT: introductions.take_back,
    policy.WHAT: policy.take_back,
    roles.WHAT: roles.take_back,
    volume.WHAT: volume.take_back,
    vocabulary.WHAT: vocabulary.take_back,
    room.WHAT: room.take_back,
    deals.WHAT: deals.take_back,
}


def perform(
    desk: Desk, member: Member, account: Account, command: Command, talk: Conversation
) -> list[Notice]:
    """Do what was asked and say what there is to tell. Raises RefusedError with the notice that says why not."""
    if member.state == "guest" and not isinstance(command, do.GUESTS_MAY):
        raise RefusedError(Stale(member.id))
    if isinstance(command, TalkCommand):
        return _talk(desk, member, command, talk)
    if isinstance(command, do.JoinCommand):
        return _join(desk, member, account, command)
    if not member.is_told:
        raise RefusedError(NotActiveYet(member.id))
    return _work(desk, member, command)


def _talk(desk: Desk, member: Member, command: TalkCommand, talk: Conversation) -> list[Notice]:
    """What belongs to the talk itself: nothing is stored."""
    me = member.id
    match command:
        case do.Ask(draft=draft, again=again) if talk.draft is not None and talk.draft.idea:
            return [IdeaAsked(me, draft, talk.draft.idea, again)]
        case do.ShowLead(draft, lead) if talk.draft is not None and talk.draft.idea:
            return [IdeaReadBack(me, draft, talk.draft.idea, (*lead.roles, *lead.skills))]
        case do.Remind(draft) if talk.draft is not None and talk.draft.idea:
            return [
                IdeaReadBack(me, draft, talk.draft.idea, (*talk.draft.lead.roles, *talk.draft.lead.skills))
            ]
        case do.Ask(form, field, draft, again, problem, back, nth, of):
            about = titles.title(talk.draft.lead, member.language) if talk.draft and (back or nth) else None
            return [Question(me, form, field, draft, again, problem, about, nth, of)]
        case do.ShowLead(draft, lead, tips, problems, ruled_out, nth, of):
            return [LeadReadBack(me, draft, lead, tips, problems, ruled_out, nth, of)]
        case do.ShowProfile(draft, said, known, problems, also):
            return [ProfileReadBack(me, draft, said, known, problems, also)]
        case do.AskWhatIsWrong(form):
            return [WhatIsWrong(me, form)]
        case do.Remind(draft, form):
            title = titles.title(talk.draft.lead, member.language) if talk.draft and form == "lead" else ""
            return [DraftWaiting(me, draft, form, title)]
        case do.Cancelled(form, question):
            return [Cancelled(me, form, question)]
        case do.Speak():
            return [Speaking(me)]
        case do.StillAsked(kind):
            return [StillAsked(me, kind)]
        case do.Unclear(readings):
            return [Unclear(me, readings)]
        case do.Pleasantry(kind):
            return [Pleasantry(me, kind, first_name(member.name))]
        case do.Unreadable(media):
            return [Unreadable(me, media)]
        case do.TooLong(limit):
            return [TooLong(me, limit)]
        case do.Impossible(problems):
            return [Impossible(me, problems)]
        case do.EditIgnored():
            return [EditIgnored(me)]
        case do.KeepPrivate(kind):
            return [KeptPrivate(me, kind)]
        case do.UnknownShortcut():
            return [UnknownShortcut(me)]
        case do.IntroduceFirst():
            return [NotActiveYet(me)]
        case do.Help():
            return [Help(me, desk.collective.name, member.is_coordinator)]
        case do.AskStop(why):
            return [AskStop(me, desk.collective.name, why)]
        case do.AskVouch(name):
            return [AskVouch(me, name)]
        case do.AskAvailability():
            return [AskAvailability(me)]
        case do.AskProfile():
            return [AskProfile(me)]
        case do.AskFollow():
            return [AskFollow(me)]
        case (
            do.Stale() | do.ConfirmDraft() | do.EditDraft() | do.CancelDraft() | do.SkipField() | do.ReadAs()
        ):
            return [Stale(me)]
        case _:
            raise TypeError(type(command).__name__)


def _join(desk: Desk, member: Member, account: Account, command: do.JoinCommand) -> list[Notice]:
    """What a newcomer can do before being a member, and what anybody can do about being one."""
    match command:
        case do.Agree(known):
            return membership.agree(desk, member, known=known)
        case do.AskConsent():
            return [ConsentAsked(member.id, first_name(member.name))]
        case do.Disagree():
            return membership.disagree(desk, member, account)
        case do.ExplainJoining():
            return membership.explain(desk, member)
        case do.SaveProfile():
            saved = profile.save(desk, member, command)
            vocabulary.learn_profile(desk, member, command.profile)
            leads.look_again(desk, member)
            earned = coins.welcome(desk, member)
            return [*saved, *outside.arrived(desk, member), *dues.begin(desk, member), *earned]
        case do.Leave(why):
            return _leave(desk, member, why)
        case do.ShowMyData():
            return my_data.show(desk, member)
        case do.TakeAlong():
            return take_along(desk, member)
        case do.AskDelete():
            return delete_me.ask(desk, member)
        case do.DeleteMe():
            told = [each for each in _leave(desk, member, None) if not isinstance(each, Left)]
            return [*delete_me.erase(desk, member), *told]
        case do.SwitchCollective(collective_id):
            return membership.switch(desk, member, account, collective_id)
        case do.LinkAccount():
            return linking.ask(desk, member, account)
        case do.PreferHere():
            return linking.prefer(desk, member, account)
        case do.AskCollective(words):
            return membership.ask_collective(desk, member, account, words)
        case do.AskHumanWords():
            return humans.ask_words(desk, member)
        case do.TalkToHuman():
            return humans.pass_on(desk, member, command)
        case do.NotYet(intent):
            return humans.remember_wish(desk, member, intent)
        case _:
            raise TypeError(type(command).__name__)


def take_along(desk: Desk, member: Member) -> list[Notice]:
    """All that is kept, as files: also for who left, as long as it is kept (mission row A18)."""
    return [*my_data.take_along(desk, member), *statements.take_along(desk, member)]


def _leave(desk: Desk, member: Member, why: str | None) -> list[Notice]:
    """What comes with the end of a membership, in every room."""
    left = membership.leave(desk, member, why)
    room.erase(desk, member)
    corrections.erase(desk, member)
    duty.leave(desk, member)
    told = [*leads.close_all(desk, member), *offers.withdraw_all(desk, member)]
    return [
        *left,
        *told,
        *introductions.leave(desk, member),
        *inquiries.leave(desk, member),
        *allies.leave(desk, member),
    ]


def _standing_leads(desk: Desk, member: Member) -> list[Notice]:
    """How the leads of this member are doing; of who shared none, how what lies with them is."""
    mine, work = leads.show_mine(desk, member), offers.show_work(desk, member)
    has_none = all(each.variant == "none" for each in mine)
    return work if has_none and any(each.variant != "none" for each in work) else mine


def _work(desk: Desk, member: Member, command: Command) -> list[Notice]:  # as long as the product
    """What a member can do."""
    match command:
        case do.Invite():
            return membership.invite(desk, member, command)
        case do.SetAvailability():
            said = availability.say(desk, member, command)
            checks.follow_up(desk, member)
            leads.look_again(desk, member)
            return said
        case do.ShowAvailability():
            return availability.show(desk, member)
        case do.KeepAvailability():
            kept = checks.keep(desk, member)
            checks.follow_up(desk, member)
            return kept
        case do.AskEvery():
            return checks.ask_every(desk, member, command)
        case do.StopAsking():
            return checks.stop(desk, member)
        case do.UpdateProfile():
            updated = profile.update(desk, member, command)
            vocabulary.learn_profile(desk, member, command.profile)
            leads.look_again(desk, member)
            return updated
        case do.CheckTitle():
            checked = profile.check_title(desk, member, command)
            leads.look_again(desk, desk.member(command.member_id))
            return checked
        case do.Follow():
            return follows.follow(desk, member, command)
        case do.Unfollow():
            return follows.unfollow(desk, member, command)
        case do.ShowFollows():
            return follows.show(desk, member)
        case do.SetVolume():
            return volume.change(desk, member, command)
        case do.AskVolume():
            return volume.ask(desk, member)
        case do.SetDigest():
            return volume.set_digest(desk, member, command)
        case do.SetZone():
            return volume.set_zone(desk, member, command)
        case do.SetPolicy():
            return policy.change(desk, member, command)
        case do.ShowPolicy():
            return policy.show(desk, member)
        case do.ShowCredit():
            return policy.show_credit(desk, member)
        case do.GiveRole():
            return roles.give(desk, member, command)
        case do.EndRole():
            return roles.end(desk, member, command)
        case do.ShowMembers():
            return everybody.show(desk, member)
        case do.PutOut():
            return everybody.put_out(desk, member, command)
        case do.ShowRoles():
            return roles.show(desk, member)
        case do.ShowStanding():
            return standing.show(desk, member)
        case do.AskDeal():
            return deals.ask(desk, member, command)
        case do.TellDeal():
            return deals.tell(desk, member, command)
        case do.KeepDeal():
            kept = deals.keep(desk, member, command)
            checks.plan_assignments(desk, member)
            return kept
        case do.PickTier():
            return deals.pick_tier(desk, member, command)
        case do.AskTierReason():
            return deals.ask_reason(desk, member, command)
        case do.ExplainTier():
            return deals.explain_tier(desk, member, command)
        case do.ChangeLead():
            return deals.change_lead(desk, member, command)
        case do.ExtendDeal():
            return deals.extend(desk, member, command)
        case do.ShowDeal():
            return deals.show(desk, member, command)
        case do.AskExtend():
            return deals.ask_extend(desk, member, command)
        case do.EndDeal():
            return deals.end(desk, member, command)
        case do.OwnWork():
            return [OwnWorkNoted(member.id)]
        case do.ClaimWork():
            return claims.claim(desk, member, command)
        case do.SettleClaim():
            return claims.settle(desk, member, command)
        case do.ShowCoins():
            return coins.show(desk, member)
        case do.TellPublicity():
            return coins.tell_publicity(desk, member, command)
        case do.SettleCoins():
            return coins.settle(desk, member, command)
        case do.RecordPayment():
            return payments.record(desk, member, command)
        case do.ConfirmPayment():
            return payments.confirm(desk, member, command)
        case do.PayOut():
            return payouts.pay_out(desk, member, command)
        case do.ListOpen():
            return payments.list_open(desk, member)
        case do.AskTurnover():
            return turnover.ask(desk, member, command)
        case do.TellTurnover():
            return turnover.tell(desk, member, command)
        case do.SameTurnover():
            return turnover.same(desk, member, command)
        case do.PreviewYear():
            preview = years.preview(desk, member)
            lookups.report(desk, member, "pot")
            return preview
        case do.CloseYear():
            closed = years.close(desk, member, command)
            statements.plan(desk, command.year)
            return closed
        case do.MarkOrigin():
            return origin.mark(desk, member, command)
        case do.SetDoor():
            return inquiries.set_door(desk, member, command)
        case do.SetDuty():
            return duty.set_rotation(desk, member, command)
        case do.ShowDuty():
            return duty.show(desk, member)
        case do.AskSwap():
            return duty.ask_swap(desk, member)
        case do.GiveWeekBack():
            return duty.give_back(desk, member, command)
        case do.TakeWeek():
            return duty.take_week(desk, member, command)
        case do.TakeInquiry():
            return inquiries.take(desk, member, command)
        case do.PassInquiry() | do.ReleaseInquiry():
            return inquiries.give_way(desk, member, command)
        case do.DeclineInquiry():
            return inquiries.decline(desk, member, command)
        case do.ClientCommand():  # who was a client once has become a member since
            return [Stale(member.id)]
        case do.LeadTeam():
            return teams.lead(desk, member, command)
        case do.AppointContractor():
            return teams.appoint(desk, member, command)
        case do.ShowTeam():
            return teams.show(desk, member, command)
        case do.AskDrive():
            return drive.ask(desk, member)
        case do.AskDriveWords():
            return drive.ask_words(desk, member)
        case do.SetDrive():
            return drive.tell(desk, member, command)
        case do.ShareDrive():
            return drive.share(desk, member, command)
        case do.ProposeAlly():
            return allies.propose(desk, member, command)
        case do.AnswerAlly():
            return allies.answer(desk, member, command)
        case do.EndAlly():
            return allies.end(desk, member, command)
        case do.ShowAllies():
            return allies.show(desk, member)
        case do.AskAllies():
            return allies.ask(desk, member, command)
        case do.CrossLead():
            return allies.cross(desk, member, command)
        case do.MakePool():
            return pools.make(desk, member, command)
        case do.JoinPool():
            return pools.join(desk, member, command)
        case do.RemovePool():
            return pools.remove(desk, member, command)
        case do.RenamePool():
            return pools.rename(desk, member, command)
        case do.SetPoolRate():
            return pools.set_rate(desk, member, command)
        case do.SetPoolContract():
            return pools.set_contract(desk, member, command)
        case do.ShowPools():
            return pools.show(desk, member)
        case do.Evaluate():
            return evaluations.answer(desk, member, command)
        case do.ShowEvaluations():
            return evaluations.show(desk, member, command)
        case do.CheckWork():
            return rotation.check(desk, member, command)
        case do.ShowShares():
            return rotation.show_shares(desk, member, command)
        case do.ShowTotals():
            return totals.show(desk, member)
        case do.ShowGiving():
            return totals.show_giving(desk, member)
        case do.ShowStatement():
            return statements.show(desk, member, command)
        case do.ShowOverview():
            overview = statements.show_overview(desk, member, command)
            lookups.report(desk, member, "books")
            return overview
        case do.ShowDues():
            return dues.show(desk, member)
        case do.ClaimDues():
            return dues.claim(desk, member)
        case do.ListDues():
            open_dues = dues.list_open(desk, member)
            lookups.report(desk, member, "dues")
            return open_dues
        case do.MarkDues():
            return dues.mark(desk, member, command)
        case do.ConfirmDues():
            return dues.confirm(desk, member, command)
        case do.Pause():
            paused = pauses.pause(desk, member, command)
            leads.look_again(desk, member)
            return paused
        case do.Resume():
            resumed = pauses.resume(desk, member)
            leads.look_again(desk, member)
            return resumed
        case do.SetRoom():
            return room.say(desk, member, command)
        case do.StopRoom():
            return room.stop(desk, member)
        case do.ShareLead():
            inquiries.check(desk, member, command)
            shared = leads.share(desk, member, command)
            vocabulary.learn_lead(desk, member, command.lead)
            inquiries.share(desk, command, shared)
            return shared
        case do.AmendLead():
            amended = leads.amend(desk, member, command)
            vocabulary.learn_lead(desk, member, command.lead)
            return amended
        case do.RuleOut(names):
            return leads.rule_out(desk, member, names)
        case do.SearchOutside(lead_id):
            return outside.search(desk, member, lead_id)
        case do.ForwardLead(lead_id):
            return outside.forward(desk, member, lead_id)
        case do.ShowFairness():
            report = fairness.show(desk, member)
            lookups.report(desk, member, "fairness")
            return report
        case do.ShowMissing():
            missing = outside.show_missing(desk, member)
            lookups.report(desk, member, "missing")
            return missing
        case do.WithdrawLead(lead_id):
            return leads.withdraw(desk, member, lead_id)
        case do.CloseLead(lead_id):
            return leads.close(desk, member, lead_id)
        case do.ShowMyLeads():
            return _standing_leads(desk, member)
        case do.ShowWork():
            return offers.show_work(desk, member)
        case do.ShowInterest():
            return offers.say_yes(desk, member, command)
        case do.ThinkOver():
            return offers.think_over(desk, member)
        case do.Decline():
            return offers.say_no(desk, member, command)
        case do.DeclineAll(offer_ids):
            return offers.say_no_to_all(desk, member, offer_ids)
        case do.AskTip(offer_id):
            return offers.ask_tip(desk, member, offer_id)
        case do.Tip():
            return offers.tip(desk, member, command)
        case do.ExplainWhyNot():
            return offers.explain_passed(desk, member) or why.why_not(desk, member)
        case do.ExplainOther(name):
            return why.why_other(desk, member, name)
        case do.WriteReply():
            return replies.write(desk, member, command)
        case do.AskTerms():
            return terms.tell(desk, member)
        case do.ExplainOffer():
            return offers.explain(desk, member, command)
        case do.ShowCandidates():
            shown = offers.show_candidates(desk, member) or _standing_leads(desk, member)
            lookups.candidates(desk, member, shown)
            return shown
        case do.ChooseNobodyYet(lead_id):
            return offers.ask_next(desk, member, lead_id)
        case do.TakeOver(lead_id):
            return offers.take_over(desk, member, lead_id)
        case do.ReportStart(number):
            return introductions.report_start(desk, member, number)
        case do.Choose():
            return introductions.choose(desk, member, command)
        case do.ReportOutcome():
            if command.outcome == "nothing" and not introductions.has_any(desk, member):
                mine = leads.show_mine(desk, member)  # "gaat niet door" is then of a lead that is still out
                if any(each.variant != "none" for each in mine):
                    return mine
            reported = introductions.report(desk, member, command)
            checks.plan_assignments(desk, member)
            return reported
        case do.OutcomeUnknown():
            return introductions.ask_later(desk, member, command)
        case do.KeepCorrection():
            return corrections.keep(desk, member, command)
        case do.AllowCorrections(allowed):
            return corrections.answer(desk, member, allowed=allowed)
        case do.ShowVocabulary():
            return vocabulary.show(desk, member)
        case do.TeachWord():
            return vocabulary.teach(desk, member, command)
        case do.ForgetWord(word):
            return vocabulary.forget(desk, member, word)
        case do.Undo(change_id):
            return _undo(desk, member, change_id)
        case do.Answered():
            return humans.take_up(desk, member, command)
        case _:
            raise TypeError(type(command).__name__)


def _undo(desk: Desk, member: Member, change_id: int | None) -> list[Notice]:
    """Take back the last change, or the one that was pointed at unless something newer stands in its place."""
    change = (
        changes.latest(desk.session, member.id)
        if change_id is None
        else questions.get(desk.session, Change, change_id)
    )
    if change is None or change.member_id != member.id or changes.newest_like(desk.session, change) != change:
        raise RefusedError(NothingToUndo(member.id))
    change.undone_at = desk.now
    undone = TAKE_BACK[change.what](desk, member, change)
    if change.what in (availability.WHAT, pauses.WHAT, profile.WHAT):
        leads.look_again(desk, member)
    return undone
