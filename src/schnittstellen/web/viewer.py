"""Who asks through the browser."""

from django.http import HttpRequest

from schnittstellen.catalogue.models import Member
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """For whom the logged-in person acts; nobody in particular where nobody is logged in."""
    user = request.user
    if not user.is_authenticated:
        return PUBLIC
    if user.is_superuser:
        return OPERATOR
    memberships = Member.objects.filter(user_id=user.pk).select_related("vendor", "municipality")
    return _of(list(memberships))


def _of(memberships: list[Member]) -> Viewer:
    vendors = [one.vendor.key for one in memberships if one.vendor]
    return Viewer(
        vendor=vendors[0] if vendors else None,
        municipalities=frozenset(one.municipality.key for one in memberships if one.municipality),
        board=any(one.role == Member.Role.BOARD for one in memberships),
        operator=any(one.role == Member.Role.OPERATOR for one in memberships),
    )
