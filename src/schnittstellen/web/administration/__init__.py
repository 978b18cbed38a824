"""Django's admin in our look, for administrators with a second factor; what is proven or derived is read only."""
