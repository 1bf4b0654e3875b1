"""Everything we can tell somebody, one frozen class each. `assistant/words` has a text for each, in every language.

A notice is for exactly one member: that is what makes a push private. `member_id` 0 is whoever this turn is
with, also a stranger. `choices` are the buttons: the key names the label in the words, the command is what a
press means. `variant` picks one of several texts of the same notice.

A file a feature; they are all imported from here.
"""

from assistant.notices.allies import *
from assistant.notices.always import *
from assistant.notices.availability import *
from assistant.notices.base import *
from assistant.notices.books import *
from assistant.notices.check_ins import *
from assistant.notices.checks import *
from assistant.notices.choosing import *
from assistant.notices.coins import *
from assistant.notices.deals import *
from assistant.notices.delete_me import *
from assistant.notices.drive import *
from assistant.notices.dues import *
from assistant.notices.duty import *
from assistant.notices.evaluations import *
from assistant.notices.everybody import *
from assistant.notices.fairness import *
from assistant.notices.follows import *
from assistant.notices.humans import *
from assistant.notices.ideas import *
from assistant.notices.inquiries import *
from assistant.notices.joining import *
from assistant.notices.leads import *
from assistant.notices.my_data import *
from assistant.notices.offers import *
from assistant.notices.origin import *
from assistant.notices.outcomes import *
from assistant.notices.outside import *
from assistant.notices.overviews import *
from assistant.notices.payments import *
from assistant.notices.payouts import *
from assistant.notices.policy import *
from assistant.notices.pools import *
from assistant.notices.profile import *
from assistant.notices.reaching import *
from assistant.notices.roles import *
from assistant.notices.room import *
from assistant.notices.rotation import *
from assistant.notices.spotting import *
from assistant.notices.statements import *
from assistant.notices.teams import *
from assistant.notices.tips import *
from assistant.notices.totals import *
from assistant.notices.turnover import *
from assistant.notices.vocabulary import *
from assistant.notices.volume import *
from assistant.notices.why import *
