"""Every table, imported in one place for migrations and for creating a test database."""

from db.accounts import Account, Person
from db.agendas import Agenda
from db.allies import Ally, Crossing
from db.availability import Period
from db.base import Base
from db.changes import Change
from db.choices import ChoiceLink
from db.closings import Closing
from db.collectives import Collective
from db.conversations import OpenTalk
from db.corrections import Correction
from db.deals import Deal, DealChange, Turnover
from db.decisions import Decision
from db.duty import Duty, Swap
from db.evaluations import Evaluation
from db.inbox import Heard
from db.inquiries import Client, Door, Inquiry
from db.introductions import Introduction
from db.invitations import Invitation
from db.leads import Lead, LeadContact
from db.ledger import Entry, Snapshot
from db.letters import Letter
from db.links import Link
from db.lookups import Lookup
from db.members import Member, Term
from db.offers import Offer
from db.opt_ins import OptIn
from db.outbox import Button, Message
from db.paces import Pace
from db.pools import Pool, PoolMember
from db.postings import MemberChange
from db.prompts import Prompt
from db.pushes import Push
from db.room import Room
from db.rounds import Round
from db.vocabulary import Word
from db.wishes import Wish

__all__ = [
    "Account",
    "Agenda",
    "Ally",
    "Base",
    "Button",
    "Change",
    "ChoiceLink",
    "Client",
    "Closing",
    "Collective",
    "Correction",
    "Crossing",
    "Deal",
    "DealChange",
    "Decision",
    "Door",
    "Duty",
    "Entry",
    "Evaluation",
    "Heard",
    "Inquiry",
    "Introduction",
    "Invitation",
    "Lead",
    "LeadContact",
    "Letter",
    "Link",
    "Lookup",
    "Member",
    "MemberChange",
    "Message",
    "Offer",
    "OpenTalk",
    "OptIn",
    "Pace",
    "Period",
    "Person",
    "Pool",
    "PoolMember",
    "Prompt",
    "Push",
    "Room",
    "Round",
    "Snapshot",
    "Swap",
    "Term",
    "Turnover",
    "Wish",
    "Word",
]
