"""Places of streams come back, also where nobody gives them back."""

from schnittstellen.web.pages.views.own.places import Places


def test_places_are_given_back_when_left_and_when_their_time_is_over() -> None:
    now = [0.0]
    places = Places(2, 30.0, lambda: now[0])
    first, second = places.take(), places.take()
    assert first is not None
    assert second is not None
    assert places.take() is None
    places.leave(first)
    third = places.take()
    assert third is not None
    now[0] = 29.9
    assert places.take() is None
    now[0] = 30.0
    again = places.take()
    assert again is not None
    places.leave(second)
    assert places.take() is not None
    assert places.take() is None, "leaving twice gives nothing back that another has"
