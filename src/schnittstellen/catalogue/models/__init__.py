"""The tables of the catalogue."""

from schnittstellen.catalogue.models.access import Member, Token
from schnittstellen.catalogue.models.accounts import Change, Invitation, Preference
from schnittstellen.catalogue.models.board import Application, ApplicationDuty, ApplicationVote, Question, QuestionPost
from schnittstellen.catalogue.models.certificates import Confirmed, SignedCertificate, SignedWithdrawals
from schnittstellen.catalogue.models.disputes import Case, Contest
from schnittstellen.catalogue.models.evidence import AppendOnly, Current, Evidence, Standing, StoredReport
from schnittstellen.catalogue.models.handins import (
    HandedInput,
    HandIn,
    IssuedOrder,
    OrderLetter,
    QueuedHandIn,
    QueuedInput,
)
from schnittstellen.catalogue.models.keys import SigningKey
from schnittstellen.catalogue.models.ledger import Entry
from schnittstellen.catalogue.models.motions import Motion, MotionVote
from schnittstellen.catalogue.models.notices import CaseLetter, Letter, Notice, Outgoing, Subscription
from schnittstellen.catalogue.models.outlines import Look, Outline
from schnittstellen.catalogue.models.places import Coupling, Deployment, Municipality, Provider
from schnittstellen.catalogue.models.previews import KeptPreview
from schnittstellen.catalogue.models.products import Declaration, OldKey, Product, Release, Training, Vendor
from schnittstellen.catalogue.models.runs import Endpoint, Run, RunEvent
from schnittstellen.catalogue.models.search import SearchEntry, SearchWord
from schnittstellen.catalogue.models.services import Leistung, OzgService
from schnittstellen.catalogue.models.standards import Meeting, Role, Standard, StandardVersion
from schnittstellen.catalogue.models.trials import KeptReport
from schnittstellen.catalogue.models.upkeep import Upkeep
from schnittstellen.catalogue.models.usages import Usage

__all__ = [
    "AppendOnly",
    "Application",
    "ApplicationDuty",
    "ApplicationVote",
    "Case",
    "CaseLetter",
    "Change",
    "Confirmed",
    "Contest",
    "Coupling",
    "Current",
    "Declaration",
    "Deployment",
    "Endpoint",
    "Entry",
    "Evidence",
    "HandIn",
    "HandedInput",
    "Invitation",
    "IssuedOrder",
    "KeptPreview",
    "KeptReport",
    "Leistung",
    "Letter",
    "Look",
    "Meeting",
    "Member",
    "Motion",
    "MotionVote",
    "Municipality",
    "Notice",
    "OldKey",
    "OrderLetter",
    "Outgoing",
    "Outline",
    "OzgService",
    "Preference",
    "Product",
    "Provider",
    "Question",
    "QuestionPost",
    "QueuedHandIn",
    "QueuedInput",
    "Release",
    "Role",
    "Run",
    "RunEvent",
    "SearchEntry",
    "SearchWord",
    "SignedCertificate",
    "SignedWithdrawals",
    "SigningKey",
    "Standard",
    "StandardVersion",
    "Standing",
    "StoredReport",
    "Subscription",
    "Token",
    "Training",
    "Upkeep",
    "Usage",
    "Vendor",
]
