from plans.models.action import Action, Cause, Commitment, Goal, Problem
from plans.models.agreement import Agreement, AgreementParty
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
from plans.models.follow_up import FollowUp, FollowUpRound, Outcome
from plans.models.importing import RememberedAnswer, Upload
from plans.models.plan import Extra, Period, Plan, PlanArea, Section
from plans.models.remembered import Remembered
from plans.models.rollover import Carried, Rollover

__all__ = [
    "Action",
    "Agreement",
    "AgreementParty",
    "Approval",
    "AreaAlias",
    "Carried",
    "Catalogue",
    "Cause",
    "Change",
    "Comment",
    "Commitment",
    "Confirmation",
    "Decision",
    "Dispatch",
    "Extra",
    "FollowUp",
    "FollowUpRound",
    "Goal",
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
    "Rollover",
    "Section",
    "SentDraft",
    "Upload",
]
