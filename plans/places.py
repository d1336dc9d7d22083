"""A plan taken forward or back through its changes."""

from plans.document import decode
from samverkan.collaboration.places import Course

COURSE = Course(
    {
        "section": ("sections", None),
        "area": ("areas", None),
        "problem": ("problems", "area"),
        "cause": ("causes", "problem"),
        "action": ("actions", "area"),
        "goal": ("goals", "action"),
        "commitment": ("commitments", "action"),
        "signatory": ("parties", "agreement"),
        "extra": ("extras", None),
    },
    decode,
    whole="plan",
    one_or_none=["handled_in"],
    single=["handled_as", "timing_kind"],
)
LISTS, rewound, replayed = COURSE.lists, COURSE.rewound, COURSE.replayed
