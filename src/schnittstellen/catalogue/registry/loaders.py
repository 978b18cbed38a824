"""The loader of each kind of file, in the order in which they run; standards come before all of them."""

from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.registry.forms import Form
from schnittstellen.catalogue.registry.load_landscapes import load_deployments
from schnittstellen.catalogue.registry.load_places import load_municipalities, load_providers, load_services
from schnittstellen.catalogue.registry.load_products import load_products, load_vendors
from schnittstellen.catalogue.registry.loading import Load

LOADERS: dict[Form, Load] = {
    forms.SERVICES: load_services,
    forms.MUNICIPALITIES: load_municipalities,
    forms.PROVIDER: load_providers,
    forms.VENDOR: load_vendors,
    forms.PRODUCT: load_products,
    forms.DEPLOYMENTS: load_deployments,
}
