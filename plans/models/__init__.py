from plans.models.action import Action, Cause, Commitment, Goal, Problem
from plans.models.agreement import (
    Agreement,
    AgreementGroup,
    AgreementParty,
    AgreementSection,
    ReviewReminder,
)
from plans.models.area import AreaAlias, Catalogue, PriorityArea
from plans.models.change import Change, Comment, Presence
from plans.models.decision import (
    Approval,
    Confirmation,
    Decision,
    Dispatch,
    RegistryNumber,
    SentDraft,
)
from plans.models.exchange import ExchangeFile
from plans.models.follow_up import (
    AnswerChange,
    AnswerLink,
    CityRound,
    FollowUp,
    FollowUpRound,
    LateAnswer,
    Minutes,
    Outcome,
    RoundSnapshot,
)
from plans.models.importing import RememberedAnswer, Upload
from plans.models.plan import Extra, Period, Plan, PlanArea, Section
from plans.models.remembered import Remembered
from plans.models.reminding import CalendarAddress, Reminder, ReminderChoice
from plans.models.rollover import Carried, Rollover
from plans.models.understanding import Understanding
from plans.models.year import YearDate

__all__ = [
    "Action",
    "Agreement",
    "AgreementGroup",
    "AgreementParty",
    "AgreementSection",
    "AnswerChange",
    "AnswerLink",
    "Approval",
    "AreaAlias",
    "CalendarAddress",
    "Carried",
    "Catalogue",
    "Cause",
    "Change",
    "CityRound",
    "Comment",
    "Commitment",
    "Confirmation",
    "Decision",
    "Dispatch",
    "ExchangeFile",
    "Extra",
    "FollowUp",
    "FollowUpRound",
    "Goal",
    "LateAnswer",
    "Minutes",
    "Outcome",
    "Period",
    "Plan",
    "PlanArea",
    "Presence",
    "PriorityArea",
    "Problem",
    "RegistryNumber",
    "Remembered",
    "RememberedAnswer",
    "Reminder",
    "ReminderChoice",
    "ReviewReminder",
    "Rollover",
    "RoundSnapshot",
    "Section",
    "SentDraft",
    "Understanding",
    "Upload",
    "YearDate",
]
