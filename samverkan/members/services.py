"""Every change of who is a member of a district: by its samordnare, and journaled."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from samverkan.access.ask import demand, demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.members.rules import check, in_words
from samverkan.members.tasks import send_invitation
from samverkan.organisation.models import District, Membership, Party, User
from samverkan.organisation.vocabulary import Role


def get_membership(*, actor: Any, district: District, pk: int) -> Membership:
    """One of the district's memberships; that of another district is not there."""
    demand(actor, Right.MANAGE_MEMBERS, district)
    memberships = Membership.objects.select_related("user", "party", "district__municipality")
    membership = memberships.filter(district=district, pk=pk).first()
    if membership is None:
        raise Http404(f"Det finns ingen sådan medlem i {district}.")
    return membership


@transaction.atomic
def invite(
    *,
    actor: Any,
    district: District,
    email: str,
    name: str,
    role: str,
    party: Party | None,
    site: str,
) -> Membership:
    """Give a person the role. Who has never logged in is sent a link to choose a password by.

    `site` is the address of this installation, for the link.
    """
    _demand_and_lock(actor, district)
    check(role, party, district)
    user = _user(email, name)
    membership = Membership.objects.filter(
        user=user, district=district, role=role, party=party
    ).first()
    if membership is not None and membership.is_active:
        raise ValidationError(f"{user} är redan {in_words(membership)} i {district}.")
    if membership is not None:  # was here before, in the same role: she gets it back
        Membership.objects.filter(pk=membership.pk).update(is_active=True)
        membership.is_active = True
    else:
        membership = Membership.objects.create(
            user=user,
            role=role,
            party=party,
            district=district,
            municipality_id=district.municipality_id,
        )
    _record(Kind.MEMBER_INVITED, actor, membership)
    if user.last_login is None:
        _send(membership, actor, site)
    return membership


@transaction.atomic
def change(
    *, actor: Any, membership: Membership, name: str, role: str, party: Party | None
) -> Membership:
    """Another role or party, or the name spelled right."""
    district = _demand_for(actor, membership)
    check(role, party, district)
    _rename(actor, membership, name)
    before = in_words(membership)
    if membership.role == role and membership.party == party:
        return membership
    if role != Role.COORDINATOR:
        _keep_a_coordinator(membership)
    membership.role, membership.party = role, party
    try:
        with transaction.atomic():
            membership.save(update_fields=["role", "party"])
    except IntegrityError:
        raise ValidationError(
            f"{membership.user} är redan {in_words(membership)} i {district}, "
            "eller har varit det tidigare. Ändra eller återuppta den rollen i stället."
        ) from None
    _record(Kind.MEMBER_CHANGED, actor, membership, before=before)
    return membership


@transaction.atomic
def end(*, actor: Any, membership: Membership) -> None:
    """The person loses the role at once, also where she is logged in right now."""
    _demand_for(actor, membership)
    _keep_a_coordinator(membership)
    if Membership.objects.filter(pk=membership.pk, is_active=True).update(is_active=False):
        _record(Kind.MEMBER_ENDED, actor, membership)


@transaction.atomic
def resume(*, actor: Any, membership: Membership) -> None:
    district = _demand_for(actor, membership)
    check(membership.role, membership.party, district)
    if not membership.user.is_active:
        raise ValidationError(_closed(membership.user))
    if Membership.objects.filter(pk=membership.pk, is_active=False).update(is_active=True):
        _record(Kind.MEMBER_RESUMED, actor, membership)


@transaction.atomic
def remind(*, actor: Any, membership: Membership, site: str) -> None:
    """Send the invitation again to somebody who has not come in yet."""
    _demand_for(actor, membership)
    if membership.user.last_login is not None:
        raise ValidationError(
            f"{membership.user} har redan loggat in. "
            "Den som har glömt sitt lösenord väljer ett nytt på inloggningssidan."
        )
    if not membership.is_active:
        raise ValidationError("Medlemskapet är avslutat. Återuppta det först.")
    if not membership.user.is_active:
        raise ValidationError(_closed(membership.user))
    _record(Kind.MEMBER_REMINDED, actor, membership)
    _send(membership, actor, site)


def may_be_renamed(membership: Membership) -> bool:
    """A name is the person's wherever she is; here it is changed only while she is nowhere else."""
    elsewhere = membership.user.memberships.exclude(district=membership.district_id)
    return not membership.user.is_superuser and not elsewhere.exists()


def _rename(actor: Any, membership: Membership, name: str) -> None:
    user, before = membership.user, membership.user.name
    if name == before:
        return
    if not may_be_renamed(membership):
        raise ValidationError(
            {"name": f"{user} är med även på andra håll. Namnet ändras av systemförvaltaren."}
        )
    user.name = name
    user.save(update_fields=["name"])
    record(
        Kind.MEMBER_RENAMED,
        actor=actor,
        district=membership.district,
        before=before,
        member=name,
    )


def _user(email: str, name: str) -> User:
    """The person with the address, whatever its case; a new one, without a password, if nobody has it."""
    email = User.objects.normalize_email(email)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        try:
            with transaction.atomic():
                return User.objects.create_user(email=email, name=name)
        except IntegrityError:  # somebody else invited the same person this very moment
            user = User.objects.get_by_natural_key(email)
    if not user.is_active:
        raise ValidationError({"email": _closed(user)})
    return user


def _closed(user: User) -> str:
    return f"Kontot för {user} är avstängt. Systemförvaltaren kan öppna det igen."


def _keep_a_coordinator(membership: Membership) -> None:
    if membership.role != Role.COORDINATOR or not membership.is_active:
        return
    others = Membership.objects.filter(
        district=membership.district_id,
        role=Role.COORDINATOR,
        is_active=True,
        user__is_active=True,
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise ValidationError(
            f"{membership.district} behöver en samordnare. Bjud in en till först."
        )


def _demand_for(actor: Any, membership: Membership) -> District:
    district = membership.district
    assert district is not None
    _demand_and_lock(actor, district)
    membership.refresh_from_db(fields=["role", "party", "is_active"])
    return district


def _lock(district: District) -> None:
    """One at a time changes who is in a district: two who end each other must not leave it empty."""
    District.objects.select_for_update().get(pk=district.pk)


def _demand_and_lock(actor: Any, district: District) -> None:
    """Asked once more with the lock: who was ended while she waited for it changes nothing."""
    demand(actor, Right.MANAGE_MEMBERS, district)
    _lock(district)
    demand_now(actor, Right.MANAGE_MEMBERS, district)


def _send(membership: Membership, actor: Any, site: str) -> None:
    transaction.on_commit(
        partial(
            send_invitation.enqueue,
            user_id=membership.user_id,
            district=str(membership.district),
            role=in_words(membership),
            inviter=actor.name,
            site=site,
        )
    )


def _record(kind: Kind, actor: Any, membership: Membership, **data: str) -> None:
    record(
        kind,
        actor=actor,
        district=membership.district,
        member=membership.user.name,
        role=in_words(membership),
        **data,
    )
