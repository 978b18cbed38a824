"""Who manages the catalogue: made by whoever runs commands on its machine."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from schnittstellen.catalogue.services import audit
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NO_ACCOUNT = Fault(
    "F336",
    N_("{email} kann kein Konto bekommen: {reason}"),
    N_("Nehmen Sie eine Mailadresse und ein langes Passwort, das nicht leicht zu erraten ist."),
)
FAULTS = (NO_ACCOUNT,)


def exist() -> bool:
    """Whether anybody can manage the catalogue."""
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def create(email: str, password: str) -> bool:
    """Make an account that manages the catalogue, or let the one of that address do so with this password.

    Gives whether it is new. Its address counts as proven. Raises `SchnittstellenError` (F336).
    """
    user = User.objects.filter(email__iexact=email).first()
    made = user is None
    user = user or User(username=email, email=email)
    _demand_good(user, password)
    with transaction.atomic():
        before = None if made else {"is_active": user.is_active, "is_superuser": user.is_superuser}
        user.is_active = user.is_staff = user.is_superuser = True
        user.set_password(password)
        user.save()
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        audit.note("users", user.get_username(), before, {"is_active": True, "is_superuser": True})
    return made


def _demand_good(user: User, password: str) -> None:
    try:
        validate_email(user.email)
        validate_password(password, user)
    except ValidationError as error:
        raise SchnittstellenError(NO_ACCOUNT, email=user.email, reason=" ".join(error.messages)) from error
