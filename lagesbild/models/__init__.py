from lagesbild.models.block import Block, FigurePart, Image
from lagesbild.models.change import Change, Comment, Presence
from lagesbild.models.decision import (
    Approval,
    Confirmation,
    Decision,
    Dispatch,
    RegistryNumber,
    SentDraft,
)
from lagesbild.models.importing import Upload, UploadedImage
from lagesbild.models.report import Behind, Extra, Report, Source
from lagesbild.models.section import Aim, Deviation, Priority, Result, Section

__all__ = [
    "Aim",
    "Approval",
    "Behind",
    "Block",
    "Change",
    "Comment",
    "Confirmation",
    "Decision",
    "Deviation",
    "Dispatch",
    "Extra",
    "FigurePart",
    "Image",
    "Presence",
    "Priority",
    "RegistryNumber",
    "Report",
    "Result",
    "Section",
    "SentDraft",
    "Source",
    "Upload",
    "UploadedImage",
]
