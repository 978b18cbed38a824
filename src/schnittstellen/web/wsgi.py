"""What a WSGI server calls: granian in `schnittstellen serve`, any other in somebody's own set-up."""

from schnittstellen.catalogue.start import set_up

set_up()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

application = WSGIHandler()
